"""Files that were taken off a note are forgotten once nobody puts them back any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from rapport.accounts.models import Member
from rapport.correspondence.models import Attachment


def due(at: datetime) -> Iterable[int]:
    """Give the members with something to forget."""
    return Attachment.objects.forgotten(at).order_by().values_list("note__member", flat=True).distinct()


def work(member: Member, clock: Callable[[], datetime], is_over: Callable[[], bool]) -> None:  # noqa: ARG001  (over at once)
    """Forget a member's."""
    Attachment.objects.seen_by(member).forgotten(clock()).delete()
