"""Subscribed cards that are due are fetched, heard, and left alone again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from rapport.accounts.models import Member
from rapport.followups.hearing import hear
from rapport.gateways.cards import NotFetched, Seen, Way, fetch
from rapport.intake.subscribed import NotTheirs, their_card
from rapport.people.models import Subscription

Clock = Callable[[], datetime]


def due(at: datetime) -> Iterable[int]:
    """Give the members with cards to be looked at."""
    return Subscription.objects.due(at).order_by().values_list("source__person__member", flat=True).distinct()


def work(member: Member, clock: Clock, is_over: Callable[[], bool], way: Way | None = None) -> None:
    """Look at every card that is due, one after the other; `way` is how they are fetched."""
    while not is_over() and (found := Subscription.claim_next(member, at=clock())) is not None:
        _look_at(found, clock, way or Way())


def _look_at(found: Subscription, clock: Clock, way: Way) -> None:
    source, seen = found.source, Seen(found.etag, found.modified)
    try:
        came = fetch(source.address, seen, way, at=clock())
        if came.octets is not None:
            card = their_card(came.octets, source.host, source.person.current_card, source.last_card)
            hear(source, card, at=clock())
    except NotFetched as refusal:
        found.failed(refusal.sentence, is_gone=refusal.is_gone, wait=refusal.wait, at=clock())
    except NotTheirs as refusal:
        found.failed(refusal.sentence, at=clock())
    else:
        found.brought(etag=came.seen.etag, modified=came.seen.modified, at=clock())
