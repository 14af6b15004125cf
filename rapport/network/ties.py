"""What ties the member to people on networks outside: the latest invitation either way, and connections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from rapport.network.models.connection import Connection
from rapport.network.models.invitation import Invitation


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties with one person.

    `sent` is the latest invitation sent on the professional network, the one that the facts are about; `received`
    the latest on any network, one that waits before one that was answered.
    """

    sent: Invitation | None = None
    received: Invitation | None = None
    connected_since: datetime | None = None


def ties_with(people: Iterable[int]) -> dict[int, Ties]:
    """Give the ties with each of some people who have any, in two queries."""
    sent: dict[int, Invitation] = {}
    received: dict[int, Invitation] = {}
    since: dict[int, datetime] = {}
    keys = list(people)
    told = ("person", "channel", "direction", "state", "sent_at", "answered_at")
    for one in Invitation.objects.standing().filter(person__in=keys).only(*told):
        if one.direction == "sent" and one.channel == "professional":
            sent[one.person_id] = one
        elif one.direction == "received" and _counts_over(one, received.get(one.person_id)):
            received[one.person_id] = one
        if one.state == "accepted" and one.channel == "professional":
            since[one.person_id] = one.changed_at
    connected = Connection.objects.standing().filter(person__in=keys, channel="professional")
    for person, day in connected.values_list("person", "since"):
        moment = datetime.combine(day, time(0), UTC) if day else datetime(1970, 1, 1, tzinfo=UTC)
        since.setdefault(person, moment)
    return {key: Ties(sent.get(key), received.get(key), since.get(key)) for key in {*sent, *received, *since}}


def _counts_over(one: Invitation, other: Invitation | None) -> bool:
    return other is None or one.is_waiting or not other.is_waiting
