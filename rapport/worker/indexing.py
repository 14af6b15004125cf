"""Cards that changed or came are read for search before anybody looks; deleted people go for good after a month."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from rapport.accounts.models import Member
from rapport.people.models import CardIndex, Person, Sweep
from rapport.rows import count_anew

_AT_ONCE = 500


def due(at: datetime) -> Iterable[int]:
    """Give the members with cards to read, or with something to forget."""
    unread = Person.objects.filter(merged_into=None, is_indexed=False).values_list("member", flat=True)
    return {*unread.distinct(), *Sweep.objects.to_forget(at).values_list("member", flat=True)}


def work(member: Member, clock: Callable[[], datetime], is_over: Callable[[], bool]) -> None:
    """Read some at a time, so that others may write between them; what is cut off is read the next time."""
    are_many = False
    while not is_over() and CardIndex.catch_up(member, at_most=_AT_ONCE):
        are_many = True
    if are_many:
        count_anew()
    for sweep in Sweep.objects.to_forget(clock()).filter(member=member).defer("kept"):
        sweep.forget()
