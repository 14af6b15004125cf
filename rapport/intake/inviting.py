"""Invitations of an archive beside those that stand: the same one once, and what became of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rapport.intake.recognising import CHANNEL
from rapport.network.models import Invitation
from rapport.rules.invitation import BEGINS, LOOK_AGAIN

if TYPE_CHECKING:
    from rapport.importers.findings import Invited
    from rapport.intake.reconciling import Reconciling, Tie

_SAME = timedelta(hours=26)
"""Moments of an archive have no zone: two readings of one are less than a day and two hours apart."""

_NOON = time(12)
_CLOSED = {"sent": "withdrawn", "received": "ignored"}
"""What became of an invitation that another of the same direction followed: the site lets nobody send a second."""

_CLOSES = {"sent": "withdraw", "received": "let_rest"}


def may_have_led_to(sent_at: datetime, since: date | None) -> bool:
    """Whether a connection may come from an invitation: it was made on its day or later, in any zone."""
    return since is None or sent_at.date() <= since + timedelta(days=1)


def answered(sent_at: datetime, since: date | None, at: datetime, zone: ZoneInfo) -> datetime:
    """Give when an invitation was accepted: noon of the day of connecting, not before it was sent."""
    day = datetime.combine(since, _NOON, zone).astimezone(UTC) if since else at
    return max(day, sent_at)


class Inviting:
    """All invitations of an archive, person by person."""

    def __init__(
        self,
        reconciling: Reconciling,
        connections: Mapping[int, Tie],
        standing: Mapping[int, Sequence[Invitation]],
    ) -> None:
        self._reconciling = reconciling
        self._connections = connections
        self._standing = standing

    def settled(self, pairs: Sequence[tuple[Invited, int]]) -> Iterator[Invitation]:
        """Bring what stands up to date, and give what is new, to be made; `pairs` are in the order of time."""
        groups: dict[tuple[int, str], list[Invited]] = defaultdict(list)
        for one, key in pairs:
            groups[key, one.direction].append(one)
        for (key, direction), found in groups.items():
            theirs = [known for known in self._standing.get(key, ()) if known.direction == direction]
            left = [one for one in _once(found) if not _stands(one, theirs)]
            for noted in (known for known in theirs if known.source == "hand"):
                if meant := [one for one in left if one.sent <= noted.sent_at + _SAME]:
                    left.remove(meant[-1])
                    self._confirm(noted, meant[-1])
            moments = sorted(known.sent_at for known in theirs)
            for place, one in enumerate(left):
                later = [other.sent for other in left[place + 1 :]]
                later += [moment for moment in moments if moment > one.sent]
                yield self._new(one, key, theirs, min(later, default=None))

    def _confirm(self, noted: Invitation, one: Invited) -> None:
        self._reconciling.ledger.changes(noted)
        noted.confirm(one.sent, one.words, one.profile, by=self._reconciling.member, at=self._reconciling.at)
        self._reconciling.touched(noted.person_id)

    def _new(
        self, one: Invited, key: int, theirs: Sequence[Invitation], next_sent: datetime | None
    ) -> Invitation:
        self._reconciling.touched(key)
        self._reconciling.ledger.came_from(Invitation, (key, one.direction, one.sent), one.place)
        connection = self._connections.get(key)
        state, moment = BEGINS[one.direction], None
        if connection and (next_sent is None or _led_to(connection, one.sent, next_sent)):
            state = "accepted"
            moment = answered(one.sent, connection.since, self._reconciling.at, self._reconciling.member.zone)
        elif next_sent is not None:
            state, moment = _CLOSED[one.direction], next_sent
        else:
            self._close(one, theirs)
        waits = state == "sent"
        return Invitation(
            member=self._reconciling.member,
            person_id=key,
            channel=CHANNEL,
            direction=one.direction,
            state=state,
            sent_at=one.sent,
            answered_at=moment,
            look_again_at=max(self._reconciling.at, one.sent) + LOOK_AGAIN if waits else None,
            words=one.words,
            source="archive",
            profile=one.profile,
        )

    def _close(self, one: Invited, theirs: Sequence[Invitation]) -> None:
        """An earlier one that still waits here was gone from the site, or this one could not have been sent."""
        for known in theirs:
            if known.is_waiting:
                self._reconciling.ledger.changes(known)
                before = known.state
                getattr(known, _CLOSES[known.direction])(by=self._reconciling.member, at=one.sent)
                self._reconciling.moved(known, before, one.place)


def _once(found: Sequence[Invited]) -> list[Invited]:
    """Leave out what two files of one batch both tell."""
    kept: list[Invited] = []
    for one in found:
        if not kept or one.sent - kept[-1].sent > _SAME:
            kept.append(one)
    return kept


def _stands(one: Invited, theirs: Sequence[Invitation]) -> bool:
    return any(known.source != "hand" and abs(known.sent_at - one.sent) <= _SAME for known in theirs)


def _led_to(connection: Tie, sent: datetime, next_sent: datetime) -> bool:
    """Whether one was accepted before the next was sent; the last of all cannot wait among the connected."""
    is_before_the_next = connection.since is None or connection.since <= next_sent.date()
    return may_have_led_to(sent, connection.since) and is_before_the_next
