"""A date, a time and a zone as a sentence states them; nothing is guessed that would move an interview."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rapport.importers.text.words import table
from rapport.importers.text.zones import zone_of, zone_of_city

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOCK = r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\b\.?)?"
_TIME = re.compile(
    rf"(?<![\d.:/-]){_CLOCK}(?:\s*(?P<word>uhr|h\b|o['’]clock))?"
    r"(?:\s*(?:[–—-]|to|until|till|bis|à|a|alle|às)\s*(?P<until_hour>\d{1,2})(?:[:.h](?P<until_minute>\d{2}))?"
    r"\s*(?P<until_half>[ap]\.?m\b\.?)?)?(?![\d/])",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d./])(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)",
)
_SHORT = re.compile(
    r"(?<![\d./])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{2})?(?![\d.])",
)
_DURATION = re.compile(
    r"(?P<count>\d{1,3}|an?|one|two|half an)[\s-]*"
    r"(?P<unit>minutes?|mins?\b|hours?|stunden?|minuten|heures?|horas?|ore|ora)",
    re.IGNORECASE,
)
_ZONE_NAME = re.compile(
    r"\b(?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic|Etc)/[A-Za-z_]+(?:/[A-Za-z_]+)?",
)
_ZONE_OFFSET = re.compile(r"\b(?:UTC|GMT)\s*(?P<sign>[+\-−])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")
_CITY = re.compile(r"\b(?P<city>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)(?:['’]s)?\s+(?:local\s+)?time\b")
_CITY_AFTER = re.compile(
    r"\b(?:heure|hora|ora|horário)\s+(?:de|di|da|do|d['’])\s*(?P<city>[A-ZÀ-Ü][\w]+(?:\s[A-Z]\w+)?)"
)
_CITY_GERMAN = re.compile(r"\b(?P<city>[A-Z][a-zäöü]+)er Zeit\b")
YEARS = range(1970, 2100)  # others cannot be meant
_NEAR = 90  # characters between a date and its time
_FAR = re.compile(r"\b(?:next|nächsten?|übernächsten?|prochain|próxim[oa]|prossimo)\s*$", re.IGNORECASE)
_CENTURY = 2000
NOON = 12
_LAST_HOUR = 23
_LAST_MINUTE = 59
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2}


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
    begins, until = clock
    zone, offset = _zone(nearby, text)
    if offset is not None:
        starts = datetime.combine(day.on, begins, UTC) - offset
    else:
        starts = datetime.combine(day.on, begins, zone_of(zone or home) or ZoneInfo("UTC")).astimezone(UTC)
    ends, remarks = _end(starts, begins, until, text[day.ends : day.ends + 400])
    if day.remark:
        remarks = (*remarks, day.remark)
    if zone is None and offset is None:
        remarks = (*remarks, f"The text names no time zone; yours ({home}) is assumed.")
    return Stated(starts, ends, zone, remarks)


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


def _clock(nearby: str, centre: int) -> tuple[time, time | None] | None:
    """Give the time of day that stands nearest after the date, else before it, and until when."""
    times = []
    for match in _TIME.finditer(nearby):
        is_clear = match["minute"] or match["half"] or match["word"] or match["until_half"]
        begins = _time(match["hour"], match["minute"], match["half"] or _same_half(match))
        if is_clear and begins:
            until = _time(match["until_hour"], match["until_minute"], match["until_half"] or match["half"])
            times.append((match.start() < centre, abs(match.start() - centre), begins, until))
    if not times:
        return None
    _, _, begins, until = min(times, key=lambda found: found[:2])
    return begins, until


def _same_half(match: re.Match[str]) -> str | None:
    """Give "1–2 pm" its first pm; in "11–12 pm" the first is before noon."""
    half = match["until_half"]
    if half and match["until_hour"] and int(match["hour"]) % NOON > int(match["until_hour"]) % NOON:
        return "am"
    return half


def _time(hour: str | None, minute: str | None, half: str | None) -> time | None:
    if hour is None:
        return None
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= NOON:
            return None
        hours = hours % NOON + (NOON if half.lower().startswith("p") else 0)
    return time(hours, minutes) if hours <= _LAST_HOUR and minutes <= _LAST_MINUTE else None


def _zone(nearby: str, text: str) -> tuple[str | None, timedelta | None]:
    for where in (nearby, text):
        for match in _ZONE_NAME.finditer(where):
            if zone_of(match[0]):
                return match[0], None
        if offset := _ZONE_OFFSET.search(where):
            length = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
            return None, length if offset["sign"] == "+" else -length
        for expression in (_CITY, _CITY_AFTER, _CITY_GERMAN):
            for match in expression.finditer(where):
                if name := zone_of_city(match["city"]):
                    return name, None
        if where is nearby:
            short = re.search(rf"\b({'|'.join(table()['zones'])})\b", where)
            if short:
                return table()["zones"][short[1]], None
    return None, None


def _end(starts: datetime, begins: time, until: time | None, after: str) -> tuple[datetime, tuple[str, ...]]:
    if until and until > begins:
        length = datetime.combine(starts.date(), until) - datetime.combine(starts.date(), begins)
        return starts + length, ()
    match = _DURATION.search(after)
    if match:
        count = match["count"].lower()
        is_minutes = match["unit"].lower().startswith("min")
        number = 0.5 if count == "half an" else float(_WORDS.get(count) or count)
        length = timedelta(minutes=number) if is_minutes else timedelta(hours=number)
        if timedelta(minutes=5) <= length <= timedelta(hours=NOON):
            return starts + length, ()
    return starts + timedelta(hours=1), ("The text does not say when it ends; one hour is assumed.",)
