"""A source is heard: what it says anew of a person applies by itself or waits, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rapport.journal.models import record
from rapport.people.models.card_revision import CardRevision
from rapport.people.models.person import Person
from rapport.people.models.source import Kind, Source
from rapport.people.models.suggestion import OPEN, Suggestion
from rapport.rules.card import Card
from rapport.rules.card.hearing import FIELDS, Key, Lines, heard, lines_of, values_of

_MOST = 3
"""Fields that an entry tells in full, those that are news first."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of it."""

    applied: Sequence[Suggestion] = ()
    waiting: Sequence[Suggestion] = ()


def hear(source: Source, card: Card, *, at: datetime) -> Heard:
    """Keep what a source says now of its person, and let what is new apply, or wait for the member.

    It applies by itself where the source is trusted and contradicts nobody; both values are kept otherwise, one on
    the card and one waiting. Hearing the same twice changes nothing. One journal entry tells what was applied, and
    one what waits.
    """
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=source.pk)
        if source.card == card.text():
            return Heard()
        person = (
            Person.objects.select_for_update(of=("self",)).select_related("member").get(pk=source.person_id)
        )
        source.person = person
        standing = person.current_card
        waiting = {found.field: found for found in source.suggestions.filter(state=OPEN)}
        sayings = heard(
            card,
            _before(source, waiting, standing.version),
            standing,
            others=_said_by_others(person, f"{source}"),
            struck=person.revisions.struck(),
        )
        source.says(card, at=at)
        Suggestion.objects.filter(pk__in=[found.pk for found in waiting.values()]).delete()
        made = [Suggestion.of(source, field, saying, at=at) for field, saying in sayings.items()]
        applied = [one for one in made if source.applies_by_itself and not one.is_conflict]
        proposed = [one for one in made if one not in applied]
        for one in applied:
            one.put_on(person, at=at)
        for one in proposed:
            old = waiting.get(one.field)
            one.made_at = old.made_at if old is not None and old.edit == one.edit else at
            one.save()
        if applied:
            person.tell(
                standing, by=person.member, at=at, verb="person.absorbed", tail=f" ({source})", also=applied
            )
        _tell_of([one for one in proposed if one.made_at == at], source, at)
    return Heard(applied, proposed)


def _before(source: Source, waiting: dict[str, Suggestion], version: str) -> dict[str, Lines]:
    """Give what it said before of each field: what the member last looked at, where something still waits."""
    last = source.last_card
    before: dict[str, Lines] = {}
    if last is not None:
        before = {field: lines for field in FIELDS if (lines := lines_of(last, field, version=version))}
    if source.kind == Kind.ANSWER:
        # Whoever says something of themselves is heard, whatever was taken out before.
        before = dict.fromkeys(FIELDS, ()) | before
    return before | {field: tuple(found.base) for field, found in waiting.items()}


def _said_by_others(person: Person, source: str) -> frozenset[Key]:
    """Give what the sources of a person's card, other than this one, said."""
    said = CardRevision.objects.of(person).standing()
    cards = said.exclude(source=source).values_list("given", flat=True)
    return frozenset().union(*(values_of(Card.parse(given)) for given in cards if given))


def _tell_of(made: Sequence[Suggestion], source: Source, at: datetime) -> None:
    """Journal what waits: news when it is of somebody's work, else quietly."""
    if not made:
        return
    person = source.person
    is_news = any(one.is_of_work for one in made)
    told = [one for one in made if one.is_of_work or not is_news][:_MOST]
    more = f" and {len(made) - len(told)} more" if len(made) > len(told) else ""
    says = (
        f"{person}: {'; '.join(one.in_words for one in told)}{more}, says {source}. It waits for your word."
    )
    verb = "suggestion.made_of_work" if is_news else "suggestion.made"
    changes = {one.field: [one.before, one.after] for one in made}
    record(person.member, verb, says, person, *made, at=at, changes=changes)
