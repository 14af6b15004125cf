"""Which moves a mail on its way may make, when it leaves, and when it is tried again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rapport.rules.calendar import AT_WORK, WorkingCalendar


class Move(NamedTuple):
    """From which states a move may start, and where it leads."""

    origins: frozenset[str]
    to: str


MOVES: Mapping[str, Move] = {
    "claim": Move(frozenset({"waiting"}), "sending"),
    "hand_over": Move(frozenset({"sending"}), "handing_over"),
    "accept": Move(frozenset({"handing_over", "unknown"}), "sent"),
    "release": Move(frozenset({"sending"}), "waiting"),
    "put_off": Move(frozenset({"sending", "handing_over"}), "waiting"),
    "give_back": Move(frozenset({"sending", "handing_over", "unknown"}), "returned"),
    "bounce": Move(frozenset({"sent", "unknown"}), "returned"),
    "arrive": Move(frozenset({"returned"}), "sent"),
    "lose_sight": Move(frozenset({"handing_over"}), "unknown"),
    "doubt": Move(frozenset({"sent"}), "unknown"),
    "take_back": Move(frozenset({"waiting", "returned", "unknown"}), "taken_back"),
    "send_again": Move(frozenset({"unknown"}), "waiting"),
    "leave_unknown": Move(frozenset({"waiting"}), "unknown"),
}
"""`sending`: a worker has it, the server does not have it yet. `handing_over`: the server has the words, and only the
final dot and the server's answer to it are open. A worker that dies in `sending` has sent nothing, so another may try;
one that dies in `handing_over` leaves nobody who knows: `unknown`, which only the member can send again."""

ON_ITS_WAY = frozenset({"waiting", "sending", "handing_over", "unknown"})
"""States in which the words may not change any more: the mail may still leave, or may have left."""

UNDO = timedelta(minutes=10)
"""How long a mail waits at least, so that it can be taken back: after each word that lets it leave."""

LATE = timedelta(minutes=15)
"""How late after the end of work a mail may still leave that was due before it."""

FILING = timedelta(minutes=1)
"""How long a mail that left waits to be filed: some providers file what they send themselves, a moment later."""

RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480, 720, 1440))
"""How long to wait after each try that failed for a while; then it comes back to the member, after two days.

RFC 5321, 4.5.4.1, asks relays for half an hour and four to five days. A greylisting server lets a second try pass
after a minute to five, and a thank-you that is later than two days wants its writer to know."""


def leaves_at(
    asked_at: datetime,
    earliest: datetime | None,
    calendar: WorkingCalendar,
    zone: ZoneInfo,
    country: str = "",
) -> datetime:
    """Give when a mail leaves: inside the recipient's working hours, not before it could be taken back.

    `zone` and `country` are the recipient's; `earliest` is when its window opens.
    """
    soonest = asked_at + UNDO
    return calendar.next_open(max(soonest, earliest or soonest), zone, AT_WORK, country)


def hurried(due_at: datetime, at: datetime) -> datetime:
    """Give when a mail leaves that was to leave at `due_at` and is asked at `at` to leave now.

    Whoever asks by mistake has as long to take it back as whoever queued it; what is to leave sooner still does.
    """
    return due_at if at < due_at <= at + UNDO else at + UNDO


def opens_at(at: datetime, calendar: WorkingCalendar, zone: ZoneInfo, country: str = "") -> datetime:
    """Give `at` itself when the recipient is at work, or was a moment ago, else when they are next.

    A laptop that slept, or a server that asked to wait, would otherwise let a mail leave in the middle of a night.
    """
    opens = calendar.next_open(at - LATE, zone, AT_WORK, country)
    return max(opens, at)


def next_try(attempts: int, at: datetime) -> datetime | None:
    """Give when to try again after `attempts` tries that failed for a while; None when it is time to give up."""
    return at + RETRIES[attempts - 1] if attempts <= len(RETRIES) else None
