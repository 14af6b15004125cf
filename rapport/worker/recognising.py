"""Cards that are new or say something else are compared with the others of their book."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from rapport.accounts.models import Member
from rapport.people.duplicates import compare
from rapport.people.models import Person, Recognised


def due(_at: datetime) -> Iterable[int]:
    """Give the members in whose books somebody is not compared."""
    waiting = Person.objects.filter(merged_into=None, recognised__lt=Recognised.COMPARED)
    return waiting.values_list("member", flat=True).distinct()


def work(member: Member, _clock: Callable[[], datetime], is_over: Callable[[], bool]) -> None:
    """Compare them."""
    compare(member, is_over)
