"""What sources say of people, and what the member makes of it; plans follow in the same transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rapport.accounts.models import Member
from rapport.followups.models import Plan
from rapport.people import going_round, hearing
from rapport.people.hearing import Heard
from rapport.people.models import DetailsRequest, Person, Source, Suggestion
from rapport.rules.card import Card
from rapport.rules.card.hearing import OF_WORK

_SAYS = {
    "addresses": "it is known now where {} is",
    **dict.fromkeys(OF_WORK, "{} has another title or company"),
}
"""What advice depends on: where they are, and what there is to congratulate them on."""


def hear(source: Source, card: Card, *, at: datetime) -> Heard:
    """Hear a source (see `people.hearing.hear`)."""
    with transaction.atomic():
        found = hearing.hear(source, card, at=at)
        _follow(source.person, [one.field for one in found.applied], at)
    return found


def answer(asked: DetailsRequest, card: Card, *, at: datetime) -> Heard:
    """Somebody answered the link that asked for their details: it is heard as their own word."""
    with transaction.atomic():
        return hear(asked.answer(at=at), card, at=at)


def go_round(owner: Member, *, at: datetime) -> None:
    """Bring a member's own card to the books of those it is shown to (see `people.going_round`)."""
    for person in going_round.go_round(owner, at=at):
        _follow(person, list(OF_WORK), at)


def apply(suggestion: Suggestion, *, by: Member, at: datetime, keeping_both: bool = False) -> None:
    """Let a person's card say what a source says (see `Suggestion.apply`)."""
    with transaction.atomic():
        suggestion.apply(by=by, at=at, keeping_both=keeping_both)
        _follow(suggestion.person, [suggestion.field], at)


def undo(suggestion: Suggestion, *, by: Member, at: datetime) -> None:
    """Let a suggestion wait again (see `Suggestion.undo`)."""
    with transaction.atomic():
        suggestion.undo(by=by, at=at)
        _follow(suggestion.person, [suggestion.field], at)


def trust(source: Source, *, by: Member, at: datetime) -> list[Suggestion]:
    """Let what a source says apply from now on, and what waits from it where it contradicts nobody; give that."""
    with transaction.atomic():
        source.trust(by=by, at=at)
        waiting = list(source.suggestions.open().filter(is_conflict=False).select_related("person", "source"))
        for one in waiting:
            one.apply(by=by, at=at)
        _follow(source.person, [one.field for one in waiting], at)
    return waiting


def _follow(person: Person, fields: list[str], at: datetime) -> None:
    for because in dict.fromkeys(_SAYS[field] for field in fields if field in _SAYS):
        Plan.objects.around(person).open().recompute(at, because.format(person))
