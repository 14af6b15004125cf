"""Bringing somebody of the book up to date by a file: at once, or as suggestions, as the member has set."""

from __future__ import annotations

from datetime import datetime

from rapport.followups.hearing import hear
from rapport.importers.findings import Place
from rapport.intake.ledger import Ledger
from rapport.people.models import CardRevision, Kind, Person, Source, Suggestion
from rapport.people.models.suggestion import OPEN
from rapport.rules.card import Card, merged

_LONGEST = 500


def bring_up(
    person: Person, card: Card, place: Place, *, at: datetime, ledger: Ledger
) -> CardRevision | None:
    """Give what a card of a file changed of somebody; None when it changed nothing, or waits for the member's word.

    What a later file of the same name leaves out is not taken back: it is seldom the whole of what somebody knows.
    """
    if Kind.IMPORT in person.member.applied_kinds:
        revision = person.absorb(card, source=place.file, row=place.line, at=at)
        if revision is not None:
            ledger.made(revision)
        return revision
    source = Source.of(person, Kind.IMPORT, place.file[:_LONGEST])
    last = source.last_card
    said = merged(last, card) if last else card
    if said.text() != source.card:
        ledger.changes(source, ["card", "heard_at"])
    for one in hear(source, said, at=at).waiting:
        ledger.made(one)
        ledger.came_from(Suggestion, one.pk, place)
    return None


def forget(keys: set[int]) -> list[str]:
    """Let suggestions of an import go that wait still; give a sentence for each that the member has answered."""
    Suggestion.objects.filter(pk__in=keys, state=OPEN).delete()
    answered = Suggestion.objects.filter(pk__in=keys, state="applied").select_related("person")
    return [f"{one.person} stays as they are: you applied {one.in_words} since." for one in answered]
