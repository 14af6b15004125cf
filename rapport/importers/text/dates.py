"""A date, a time and a zone as a sentence states them; nothing is guessed that would move an interview."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from rapport.importers.text.clocks import NOON, clocks, end_of
from rapport.importers.text.words import table
from rapport.importers.text.zones import (
    ambiguous_letters,
    offset_named,
    zone_by_letters,
    zone_named,
    zone_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapport.importers.text.clocks import Clock

_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d./])(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)",
)
_SHORT = re.compile(
    r"(?<![\d./])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{2})?(?![\d.])",
)
YEARS = range(1970, 2100)  # others cannot be meant
_NEAR = 90  # characters between a date and its time
_FAR = re.compile(r"\b(?:next|nächsten?|übernächsten?|prochain|próxim[oa]|prossimo)\s*$", re.IGNORECASE)
_CENTURY = 2000
_AFTER_A_CLOCK = 60  # characters in which its own zone stands


@dataclass(frozen=True, slots=True)
class Stated:
    """From when to when a text says something takes place, in UTC, with the zone it names and what was assumed."""

    starts: datetime
    ends: datetime
    zone: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unstated:
    """What a text does not say about its time, in a sentence."""

    missing: str
    names_no_day: bool = False


@dataclass(frozen=True, slots=True)
class _Day:
    on: date | None
    begins: int
    ends: int
    problem: str = ""
    remark: str = ""


@cache
def _month_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    months = "|".join(sorted(map(re.escape, table()["months"]), key=len, reverse=True))
    weekdays = "|".join(sorted(map(re.escape, table()["weekdays"]), key=len, reverse=True))
    year = r"(?:,?\s+(?:de\s+|del\s+)?(?P<year>\d{4}))?"
    day = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er|º)?"
    day_first = rf"{day}\s+(?:of\s+|de\s+)?(?P<month>{months})\.?(?!\w){year}"
    month_first = rf"\b(?P<month>{months})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]){year}"
    return (
        re.compile(day_first, re.IGNORECASE),
        re.compile(month_first, re.IGNORECASE),
        re.compile(rf"\b({weekdays})\b", re.IGNORECASE),
    )


def stated(
    text: str,
    home: str,
    written: datetime | None = None,
    read_at: datetime | None = None,
) -> Stated | Unstated:
    """Read when a text says it takes place.

    A year left out is the next one after `written` (when the mail was sent), else the one nearest to `read_at`.
    """
    day = next(_days(text, written, read_at), None) or _relative_day(text, written)
    if day is None:
        return Unstated("It names no date.", names_no_day=True)
    if day.on is None:
        return Unstated(day.problem)
    nearby = (
        text[max(0, day.begins - _NEAR) : day.begins]
        + " " * (day.ends - day.begins)
        + text[day.ends : day.ends + _NEAR]
    )
    clock = _clock(nearby, min(_NEAR, day.begins))
    if clock is None:
        return Unstated(f"It names the day ({day.on:%d %B %Y}) but no time.")
    local = datetime.combine(day.on, clock.begins)
    starts, zone, remark = _in_zone(local, home, _own_words(nearby, clock), nearby, text)
    ends, remarks = end_of(starts, clock, text[day.ends : day.ends + 400])
    return Stated(starts, ends, zone, (*remarks, *filter(None, (day.remark, remark))))


def named_day(text: str, since: datetime) -> date | None:
    """Give the first day that a text names; a lone weekday, or a day without its year, is the next after `since`."""
    day = next(_days(text, since, None), None) or _relative_day(text, since)
    return day.on if day else None


def _days(text: str, written: datetime | None, read_at: datetime | None) -> Iterator[_Day]:
    day_first, month_first, weekdays = _month_patterns()
    matches = [
        *day_first.finditer(text),
        *month_first.finditer(text),
        *_ISO.finditer(text),
        *_NUMERIC.finditer(text),
        *_SHORT.finditer(text),
    ]
    for match in sorted(matches, key=lambda found: found.start()):
        before = text[max(0, match.start() - 16) : match.start()]
        weekday = [table()["weekdays"][word.lower()] for word in weekdays.findall(before)]
        yield _day(match, weekday[-1] if weekday else None, written, read_at)


def _relative_day(text: str, written: datetime | None) -> _Day | None:
    """Give the day that "tomorrow" or a lone weekday means in a mail of a known day."""
    if written is None:
        return None
    for word, days in table()["relative"].items():
        if match := re.search(rf"\b{word}\b", text, re.IGNORECASE):
            return _Day(written.date() + timedelta(days=days), match.start(), match.end())
    match = _month_patterns()[2].search(text)
    if match is None or _FAR.search(text[: match.start()]):
        return None
    ahead = (table()["weekdays"][match[1].lower()] - written.weekday() - 1) % 7 + 1
    day = written.date() + timedelta(days=ahead)
    remark = f"The text names only the weekday; {day:%d %B %Y} is assumed, the next one after it was written."
    return _Day(day, match.start(), match.end(), remark=remark)


def _day(
    match: re.Match[str],
    weekday: int | None,
    written: datetime | None,
    read_at: datetime | None,
) -> _Day:
    named = match.groupdict()
    where = (match.start(), match.end())
    if "mark" in named:
        first, second = int(named["first"]), int(named["second"])
        if named["mark"] == "/" and first <= NOON and second <= NOON and first != second:
            return _Day(None, *where, f"“{match[0]}” may be read as two different days.")
        month, on = (second, first) if named["mark"] == "." or first > NOON else (first, second)
    else:
        name, on = named["month"], int(named["day"])
        month = int(name) if name.isdigit() else table()["months"][name.lower()]
    remark = ""
    if named.get("year"):
        year = int(named["year"])
        day = _existing(year + _CENTURY if year < _CENTURY else year, month, on)
    elif written is not None:
        days = [_existing(written.year, month, on), _existing(written.year + 1, month, on)]
        day = next((day for day in days if day and day >= written.date()), None)
    elif read_at is not None:
        day = _nearest(read_at.date(), month, on)
        remark = f"The text names no year; {day.year} is assumed." if day else ""
    else:
        return _Day(None, *where, f"“{match[0]}” has no year.")
    if day is None:
        return _Day(None, *where, f"“{match[0]}” is a day that does not exist.")
    if weekday is not None and day.weekday() != weekday:
        return _Day(None, *where, f"“{match[0]}” is not the weekday that stands beside it.")
    return _Day(day, *where, remark=remark)


def _nearest(to: date, month: int, on: int) -> date | None:
    """Give the day of a month in the year that brings it nearest."""
    days = [day for year in (-1, 0, 1) if (day := _existing(to.year + year, month, on))]
    return min(days, key=lambda day: abs(day - to), default=None)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _clock(nearby: str, centre: int) -> Clock | None:
    """Give the time of day that stands nearest after the date, else before it."""
    return min(clocks(nearby), key=lambda clock: (clock.at < centre, abs(clock.at - centre)), default=None)


def _own_words(nearby: str, clock: Clock) -> str:
    """Give what stands beside a time up to the next one: there its own zone is named."""
    rest = nearby[clock.ends : clock.ends + _AFTER_A_CLOCK]
    following = next(clocks(rest), None)
    return nearby[clock.at : clock.ends] + rest[: following.at if following else None]


def _in_zone(local: datetime, home: str, *where: str) -> tuple[datetime, str | None, str]:
    """Give the moment in UTC of a local time, its zone, and what had to be assumed.

    `where` are the texts that may name the zone, the nearest to the time first; a short name counts in the nearest
    only, and one of several meanings is that of the zone which goes by it on that day.
    """
    letters = ""
    for number, text in enumerate(where):
        is_near = number < len(where) - 1
        zone = zone_named(text)
        if zone and (not letters or _goes_by(letters, local, zone)):
            return _utc(local, zone), zone, ""
        if not letters and (offset := offset_named(text)) is not None:
            return local.replace(tzinfo=UTC) - offset, None, ""
        if is_near and not letters and (zone := zone_by_letters(text)):
            return _utc(local, zone), zone, ""
        letters = letters or (ambiguous_letters(text) if is_near else "")
    if letters and _goes_by(letters, local, home):
        return _utc(local, home), home, ""
    said = f"“{letters}” may mean more than one time zone" if letters else "The text names no time zone"
    return _utc(local, home), None, f"{said}; yours ({home}) is assumed."


def _goes_by(letters: str, local: datetime, zone: str) -> bool:
    return local.replace(tzinfo=zone_of(zone)).tzname() == letters


def _utc(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=zone_of(zone) or UTC).astimezone(UTC)
