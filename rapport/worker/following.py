"""Plans hear of the mails that left, and of those that came."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from rapport.accounts.models import Member
from rapport.correspondence.models import Delivery, Received
from rapport.followups.answers import hear
from rapport.followups.sending import follow


def due(_at: datetime) -> Iterable[int]:
    """Give the members with mails that left or came and that their plans have not heard of."""
    left = Delivery.objects.to_follow().order_by().values_list("member", flat=True).distinct()
    came = Received.objects.to_follow().order_by().values_list("member", flat=True).distinct()
    return {*left, *came}


def work(member: Member, clock: Callable[[], datetime], is_over: Callable[[], bool]) -> None:
    """Let the plans follow, one mail after the other: what left first, since answers are to that."""
    left = Delivery.objects.to_follow().filter(member=member).defer("message")
    for delivery in left.order_by("sent_at", "pk").iterator(chunk_size=100):
        if is_over():
            return
        delivery.member = member
        follow(delivery, at=clock())
    came = Received.objects.to_follow().with_delivery().filter(member=member).select_related("person")
    for received in came.order_by("received_at", "pk").iterator(chunk_size=100):
        if is_over():
            return
        received.member = member
        hear(received, at=clock())
