"""When a mailbox is looked into, how far back the first time, and how silence is told from patience."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY = timedelta(minutes=5)
"""How long a folder is left alone after a look; providers ask for no more than one in a few minutes."""

RARELY = timedelta(hours=6)
"""How long at most, while a server cannot be reached."""

BACK = timedelta(days=30)
FARTHEST_BACK = timedelta(days=365)
"""How far back the first look goes: a month, or to the first mail that left by Rapport, but never over a year."""

PATIENCE = timedelta(days=21)
"""How long a word may wait for an answer when nobody promised a day.

The schools take three weeks and an enquiry without an answer for an answer (`norms/considerate.toml`,
invite-long-silence), and the default says so by the same number.
"""


UNTIL_FAIR = 7
"""After how many working days without a word asking how things stand is fair (`norms/considerate.toml`, check-in-time).

Until then nobody is silent: they are at work.
"""

LONG_SILENCE = timedelta(days=180)
"""After how long without a decision silence is taken for one, whatever else is known.

Two months without a word are an answer already for whoever would ask (`norms/considerate.toml`, check-long-gone);
after half a year nothing waits for a decision any more.
"""


def next_look(attempts: int, at: datetime) -> datetime:
    """Give when to look again after `attempts` looks in a row that failed; none: after the usual while."""
    return at + min(EVERY * (1 << min(attempts, 10)), RARELY)


def looks_back_to(at: datetime, first_left_at: datetime | None) -> date:
    """Give the day (UTC) from which on mails are looked at when a folder is new."""
    begins = min(at - BACK, first_left_at or at)
    return (max(begins, at - FARTHEST_BACK) - timedelta(days=1)).date()  # a server's days are of its own zone


def silent_since(left_at: datetime, reply_by: date | None, zone: ZoneInfo) -> datetime:
    """Give from when on no answer counts as silence: the end of the promised day, else after `PATIENCE`.

    A day that had passed before the word left was promised for another.
    """
    if reply_by is not None and reply_by >= left_at.astimezone(zone).date():
        return datetime.combine(reply_by + timedelta(days=1), time(0), zone)
    return left_at + PATIENCE


def decided_by_silence(last_met: datetime, reply_by: date | None, at: datetime) -> datetime | None:
    """Give when silence since the last interview became a no; None before, and while a promised day is ahead."""
    since = last_met + LONG_SILENCE
    return since if since <= at and not (reply_by and reply_by >= at.date()) else None
