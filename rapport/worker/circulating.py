"""Members' own cards go round to the books of those they are shown to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from rapport.accounts.models import Member
from rapport.followups.hearing import go_round
from rapport.people.models import CardRound


def due(at: datetime) -> Iterable[int]:
    """Give the members whose cards have a round to go."""
    return CardRound.objects.due(at).values_list("member", flat=True)


def work(member: Member, clock: Callable[[], datetime], _is_over: Callable[[], bool]) -> None:
    """Go the round; one that is cut off is gone again with the next, and says nothing twice."""
    at = clock()
    for found in CardRound.objects.due(at).filter(member=member):
        if found.claim(at):
            go_round(member, at=at)
