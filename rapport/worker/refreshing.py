"""Plans whose advice time alone has changed are brought into step before anybody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from rapport.accounts.models import Member
from rapport.followups.happenings import refresh_due
from rapport.followups.models import Plan


def due(at: datetime) -> Iterable[int]:
    """Give the members with plans to refresh."""
    return Plan.objects.open().filter(refresh_due_at__lte=at).values_list("member", flat=True).distinct()


def work(member: Member, clock: Callable[[], datetime], _is_over: Callable[[], bool]) -> None:
    """Bring them into step."""
    refresh_due(member, clock())
