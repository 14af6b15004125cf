"""The worker: looks for what is due, and gives each member's work a lane."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from itertools import count
from threading import Event
from typing import NamedTuple

from django.db import Error, close_old_connections, connection

from rapport.accounts.models import Member
from rapport.worker import (
    circulating,
    daily,
    filing,
    following,
    forgetting,
    importing,
    indexing,
    photographs,
    reading,
    recognising,
    refreshing,
    sending,
    subscribing,
)
from rapport.worker.lanes import Lanes

_log = logging.getLogger(__name__)

PAUSE = 3.0
"""Seconds between two looks; a look is one small query a kind of work, a hundredth of a second in all."""

SELDOM = 10
"""Every how many looks the kinds of work are looked for whose time is told in minutes and days."""

_MOMENT = 0.02
"""Seconds between two looks of a worker that ends when all is done: somebody waits for it."""

PATIENCE = 10.0
"""Seconds that work under way is given to end when the worker stops; what is cut off is safe in its row."""


class Kind(NamedTuple):
    """A kind of work: whose is due at a moment, doing it for one member until `is_over`, and whether it has time."""

    due: Callable[[datetime], Iterable[int]]
    work: Callable[[Member, Callable[[], datetime], Callable[[], bool]], None]
    has_time: bool = False


KINDS: Mapping[str, Kind] = {
    "sending": Kind(sending.due, sending.work),
    "following": Kind(following.due, following.work),
    "forgetting": Kind(forgetting.due, forgetting.work, has_time=True),
    "filing": Kind(filing.due, filing.work),
    "reading": Kind(reading.due, reading.work, has_time=True),
    "importing": Kind(importing.due, importing.work),
    "indexing": Kind(indexing.due, indexing.work),
    "photographs": Kind(photographs.due, photographs.work),
    "refreshing": Kind(refreshing.due, refreshing.work, has_time=True),
    "recognising": Kind(recognising.due, recognising.work),
    "daily": Kind(daily.due, daily.work, has_time=True),
    "subscribing": Kind(subscribing.due, subscribing.work, has_time=True),
    "circulating": Kind(circulating.due, circulating.work, has_time=True),
}
_PRESSING = {name: kind for name, kind in KINDS.items() if not kind.has_time}


def work(stop: Event, clock: Callable[[], datetime], *, pause: float = PAUSE, once: bool = False) -> None:
    """Work until `stop` is set; `once`: until nothing is due any more. `clock` gives the moment, aware."""
    survive_a_power_cut()
    lanes = Lanes()
    try:
        for look in count():
            if stop.is_set():
                break
            kinds = KINDS if once or look % SELDOM == 0 else _PRESSING
            under_way = lanes.busy  # asked first: what ends during the look may have left more to do
            started = _look(kinds, lanes, clock, stop)
            if once and not started and not under_way:
                return
            stop.wait(_MOMENT if once else pause)
        _wait(lanes)
    finally:
        lanes.close()


def survive_a_power_cut() -> None:
    """Let SQLite wait for the disk: a mark that power takes away again would let a mail leave twice."""
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        )
        connection.close()


def _look(kinds: Mapping[str, Kind], lanes: Lanes, clock: Callable[[], datetime], stop: Event) -> int:
    """Offer all that is due of some kinds; give how many lanes were started. A database that is away is waited for."""
    started = 0
    try:
        close_old_connections()
        for name, kind in kinds.items():
            members = _due(name, kind, clock())
            for member in Member.objects.filter(pk__in=members) if members else ():
                started += lanes.offer((name, member.pk), partial(kind.work, member, clock, stop.is_set))
    except Error:
        _log.exception("the database does not answer")
        connection.close()
    return started


def _due(name: str, kind: Kind, at: datetime) -> list[int]:
    """Give the members with work of a kind; a kind that breaks off is looked at again, and stops no other."""
    try:
        return list(kind.due(at))
    except Error:
        raise
    except Exception:  # noqa: BLE001  the outermost place, as in a lane
        _log.exception("looking for what is due broke off: %s", name)
        return []


def _wait(lanes: Lanes) -> None:
    """Give work under way a while to end."""
    for _ in range(int(PATIENCE / 0.1)):
        if not lanes.busy:
            return
        Event().wait(0.1)
