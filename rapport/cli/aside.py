"""What a plan sets aside, told briefly: a year's calendar holds two thousand things that are no interview."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rapport.cli.arguments import utc
from rapport.importers.text.words import pattern
from rapport.rules.moments import day_in_words

if TYPE_CHECKING:
    from rapport.cli.paper import Paper

_SHOWN = 12
"""Lines, so that the plan above them stays in sight on a terminal; JSON has all of it."""


def tell_set_aside(paper: Paper, set_aside: Sequence[dict[str, Any]], now: datetime, zone: ZoneInfo) -> None:
    """Write what is no interview: one line for each title and reason, its days read in `zone` at `now`.

    What bears the name of an interview stands first: there a reader may see it otherwise.
    """
    if not set_aside:
        return
    times = Counter((one["title"], one["why"]) for one in set_aside)
    days: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for one in set_aside:
        days[one["title"], one["why"]] += _days(one["starts"], zone)
    paper.gap()
    paper.line("Not interviews", strong=True)
    lines = sorted(times, key=lambda said: not pattern("interview", "strong").search(said[0]))
    for title, why in lines[:_SHOWN]:
        paper.line(f"{title}{_when(days[title, why], times[title, why], now, zone)}: {why}", indent=2)
    if hidden := sum(times[said] for said in lines[_SHOWN:]):
        paper.line(f"and {hidden:,} more; --json lists all of them", indent=2, faint=True)


def starts_as_json(starts: str | None) -> str | None:
    """Give the beginning that a batch keeps, as JSON writes all moments: in UTC with Z; a day stays a day."""
    return utc(datetime.fromisoformat(starts)) if starts and _has_time(starts) else starts


def _has_time(starts: str) -> bool:
    return "T" in starts


def _days(starts: str | None, zone: ZoneInfo) -> Iterator[datetime]:
    if starts and _has_time(starts):
        yield datetime.fromisoformat(starts)
    elif starts:
        yield datetime.combine(date.fromisoformat(starts), time(12), zone)


def _when(days: list[datetime], times: int, now: datetime, zone: ZoneInfo) -> str:
    said = " to ".join(dict.fromkeys(day_in_words(day, now, zone) for day in _ends(days)))
    if times == 1:
        return f" ({said})" if said else ""
    return f" ({times:,} times, {said})" if said else f" ({times:,} times)"


def _ends(days: list[datetime]) -> tuple[datetime, ...]:
    return (min(days), max(days)) if days else ()
