"""Plans hear of the mails that left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from rapport.accounts.models import Member
from rapport.correspondence.models import Delivery
from rapport.followups.sending import follow


def due(_at: datetime) -> Iterable[int]:
    """Give the members with mails that left and that their plans have not heard of."""
    return Delivery.objects.to_follow().values_list("member", flat=True).distinct()


def work(member: Member, clock: Callable[[], datetime], is_over: Callable[[], bool]) -> None:
    """Let the plans follow, one mail after the other."""
    left = (
        Delivery.objects.to_follow().filter(member=member).select_related("member").order_by("sent_at", "pk")
    )
    for delivery in left.iterator(chunk_size=100):
        if is_over():
            return
        follow(delivery, at=clock())
