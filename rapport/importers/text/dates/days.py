"""Days as sentences name them: a date in many shapes, "tomorrow", a lone weekday."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from rapport.importers.text.dates.clocks import NOON
from rapport.importers.text.sentences import leading_to
from rapport.importers.text.words import pattern, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)"
    r"(?P<year>\d{4}|(?<=/)\d{2})(?![\d/])",
)
_SHORT = re.compile(
    r"(?<![\d./])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{2})?(?![\d.])",
)
YEARS = range(1970, 2100)  # others cannot be meant
# "next Tuesday" is the coming one to some and that of next week to others
_NEXT = re.compile(
    r"\b(?:next|nächste[nrms]?|prochain|próxim[oa]|prossimo|prossima|volgende|aanstaande)\s+$", re.IGNORECASE
)
_NEXT_BEHIND = re.compile(r"\s+(?:prochaine?|próxim[oa]|prossim[oa])\b", re.IGNORECASE)
_FAR = re.compile(r"\b(?:übernächste[nrms]?|(?:after|but)\s+next)\s*$", re.IGNORECASE)
_WEEK_NEXT = (
    r"(?:(?:the\s+)?next\s+week|(?:der\s+)?nächste[nr]?\s+woche|(?:der\s+)?kommende[nr]?\s+woche|"
    r"la\s+semaine\s+prochaine|[ld]a\s+próxima\s+semana|(?:della\s+)?prossima\s+settimana|volgende\s+week)"
)
_NEXT_WEEK = re.compile(rf"\b{_WEEK_NEXT}\W+(?:on\s+|am\s+|el\s+|op\s+)?$", re.IGNORECASE)
_NEXT_WEEK_BEHIND = re.compile(rf"\W+(?:of\s+|in\s+|de\s+)?{_WEEK_NEXT}\b", re.IGNORECASE)
_PAST = timedelta(days=60)  # a day that thanks lead to
_LONG_PAST = timedelta(days=183)  # a day whose weekday fits
_FAR_AHEAD = timedelta(days=300)  # nobody is invited so early
_WEEKDAY = 20  # characters before a date in which its weekday stands: "segunda-feira, dia 23"
_SAYS_WHICH = 40  # characters before a weekday that say which one is meant
_WEEK = 7
_CENTURY = 2000
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text names and where, its weekday included; `on` is None where it cannot be told, and why."""

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
    ordinal = r"(?:st|nd|rd|th|\.|er|º)?"
    last = (
        rf"(?:\s*(?:[–-]|bis|to|au|al|tot)\s*\d{{1,2}}{ordinal})?"  # of several days: "20. bis 22. November"
    )
    day = rf"(?<![\d:.])(?P<day>\d{{1,2}}){ordinal}{last}"
    day_first = rf"{day}\s+(?:of\s+|de\s+)?(?P<month>{months})\.?(?!\w){year}"
    to_last = r"(?:[–-]\d{1,2}(?=,?\s\d{4}))?"
    month_first = rf"\b(?P<month>{months})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]){to_last}{year}"
    return (
        re.compile(day_first, re.IGNORECASE),
        re.compile(month_first, re.IGNORECASE),
        re.compile(rf"\b({weekdays})\b", re.IGNORECASE),
    )


def named_day(text: str, since: datetime) -> date | None:
    """Give the first day that a text names; a lone weekday, or a day without its year, is the next after `since`."""
    day = next(days(text, since, None), None) or next(relative_days(text, since), None)
    return day.on if day and day.on and day.on >= since.date() else None


def days(text: str, written: datetime | None, read_at: datetime | None) -> Iterator[Day]:
    """Give the days of a text that are named by their date, in its order."""
    day_first, month_first, weekdays = _month_patterns()
    matches = [
        *day_first.finditer(text),
        *month_first.finditer(text),
        *_ISO.finditer(text),
        *_NUMERIC.finditer(text),
        *_SHORT.finditer(text),
    ]
    end = 0
    whole: dict[tuple[int, int], date] = {}
    for match in sorted(matches, key=lambda found: found.start()):
        if match.start() < end or (match.re is _SHORT and not 0 < int(match["month"]) <= _MONTHS):
            continue
        before = text[max(end, match.start() - _WEEKDAY) : match.start()]
        end = match.end()
        weekday = next(reversed(list(weekdays.finditer(before))), None)
        day = _day(match, _number(weekday), written, read_at, whole)
        if day.on and match["year"]:
            whole.setdefault((day.on.month, day.on.day), day.on)
        yield replace(day, begins=match.start() - len(before) + weekday.start()) if weekday else day


def relative_days(text: str, written: datetime | None) -> Iterator[Day]:
    """Give the days that "tomorrow" or a lone weekday mean in a mail of a known day, in the order of the text."""
    if written is None:
        return
    found: list[Day] = []
    for word, ahead in table()["relative"].items():
        found += (
            Day(written.date() + timedelta(days=ahead), match.start(), match.end())
            for match in re.finditer(rf"\b{word}\b", text, re.IGNORECASE)
        )
    for match in _month_patterns()[2].finditer(text):
        if _FAR.search(text[max(0, match.start() - 16) : match.start()]):
            continue
        found.append(_of_weekday(match, text, written.date()))
    yield from sorted(found, key=lambda day: day.begins)


def _of_weekday(match: re.Match[str], text: str, written: date) -> Day:
    """Give the day that a weekday means: of next week where it says so, the last where thanks lead to it.

    Else the next one after the mail was written; "next Tuesday" is a problem where that may be two days.
    """
    weekday: int = table()["weekdays"][match[1].lower()]
    coming = written + timedelta(days=(weekday - written.weekday() - 1) % _WEEK + 1)
    of_next_week = written + timedelta(days=_WEEK - written.weekday() + weekday)
    before = text[max(0, match.start() - _SAYS_WHICH) : match.start()]
    named, behind = _NEXT.search(before), _NEXT_BEHIND.match(text, match.end())
    begins = match.start() - len(named[0]) if named else match.start()
    ends = behind.end() if behind else match.end()
    day, which = coming, "the next one after"
    if _NEXT_WEEK.search(before) or _NEXT_WEEK_BEHIND.match(text, match.end()):
        day, which = of_next_week, "the one in the week after"
    elif (named or behind) and coming != of_next_week:
        problem = f"“{text[begins:ends]}” may be {said(coming)} or {said(of_next_week)}."
        return Day(None, begins, ends, problem)
    elif is_past(leading_to(text, match.start())):
        # on a Monday "thank you for Monday" is a week ago
        days_ago = (written.weekday() - weekday - 1) % _WEEK + 1
        day, which = written - timedelta(days=days_ago), "the last one before"
    remark = f"The text names only the weekday; {said(day)} is assumed, {which} it was written."
    return Day(day, begins, ends, remark=remark)


def _number(weekday: re.Match[str] | None) -> int | None:
    number: int | None = table()["weekdays"][weekday[1].lower()] if weekday else None
    return number


def is_past(lead: str) -> bool:
    """Say whether what leads to a day tells that it is over: "thank you for your interview on"."""
    told = list(pattern("days", "past").finditer(lead))
    return bool(told) and not pattern("days", "ahead").search(lead, told[-1].end())


def _day(
    match: re.Match[str],
    weekday: int | None,
    written: datetime | None,
    read_at: datetime | None,
    whole: dict[tuple[int, int], date],
) -> Day:
    """Read a date; one without its year is that of `whole`, the days before it, where it is one of them."""
    named = match.groupdict()
    where = (match.start(), match.end())
    if "mark" in named:
        first, second = int(named["first"]), int(named["second"])
        if named["mark"] != "." and first <= NOON and second <= NOON and first != second:
            return Day(None, *where, f"“{match[0]}” may be read as two different days.")
        month, on = (second, first) if named["mark"] == "." or first > NOON else (first, second)
    else:
        name, on = named["month"], int(named["day"])
        month = int(name) if name.isdigit() else table()["months"][name.lower()]
    remark = ""
    if named.get("year"):
        year = int(named["year"])
        day = _existing(year + _CENTURY if year < _CENTURY else year, month, on)
    elif (month, on) in whole:
        day = whole[month, on]
    elif written is not None:
        day = _of_no_year(match, month, on, weekday, written.date())
        if day and day - written.date() > _FAR_AHEAD:
            remark = f"The text names no year; {day.year} is assumed."
    elif read_at is not None:
        day = _nearest(read_at.date(), month, on)
        remark = f"The text names no year; {day.year} is assumed." if day else ""
    else:
        return Day(None, *where, f"“{match[0]}” has no year.")
    if day is None:
        return Day(None, *where, f"“{match[0]}” is a day that does not exist.")
    if weekday is not None and day.weekday() != weekday:
        return Day(None, *where, f"“{match[0]}” is not the weekday that stands beside it.")
    return Day(day, *where, remark=remark)


def _of_no_year(match: re.Match[str], month: int, on: int, weekday: int | None, written: date) -> date | None:
    """Give the day that a mail means without its year.

    The nearest whose weekday fits; else a day just past that its sentence tells of as past; else the next.
    """
    days = [day for year in (-1, 0, 1) if (day := _existing(written.year + year, month, on))]
    ahead = next((day for day in days if day >= written), None)
    past = next((day for day in reversed(days) if day < written), None)
    if past is None:
        return ahead
    if weekday is not None:
        fitting = [day for day in (past, ahead) if day and day.weekday() == weekday]
        is_meant = fitting == [past] and written - past <= _LONG_PAST
    else:
        is_meant = written - past <= _PAST and is_past(leading_to(match.string, match.start()))
    return past if is_meant else ahead


def _nearest(to: date, month: int, on: int) -> date | None:
    """Give the day of a month in the year that brings it nearest."""
    days = [day for year in (-1, 0, 1) if (day := _existing(to.year + year, month, on))]
    return min(days, key=lambda day: abs(day - to), default=None)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def said(day: date) -> str:
    """Give a day in the words of a remark."""
    return f"{day:%d %B %Y}"
