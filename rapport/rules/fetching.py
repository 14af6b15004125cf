"""When a card at an address on the web is asked for again: seldom, and ever more seldom while it fails."""

from __future__ import annotations

from datetime import datetime, timedelta

EVERY = (1, 7, 30)
"""Days between two looks that a member chooses from; nobody is asked more than once a day by itself."""

LONGEST = timedelta(days=60)
"""However often it failed, and however long its server wants to be left alone."""

GIVES_UP_AFTER = 3
"""Looks in a row that found no card there (404, 410), after which it is asked for no more."""

SOONEST = timedelta(minutes=10)
"""How soon a member may let it be looked at again by hand."""


def next_fetch(days: int, failures: int, wait: timedelta | None, at: datetime) -> datetime:
    """Give when to ask again, `failures` in a row behind; `wait` is how long the server said it wants to be left."""
    usual = timedelta(days=days) * (1 << min(failures, 6))
    return at + max(min(usual, LONGEST), min(wait or timedelta(), LONGEST), timedelta(days=1))
