"""Days and moments in every shape that archives, and spreadsheets that saved them again, write them in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from rapport.rules.card import PartialDate, partial_date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"(\d{1,2})[\s.-]+([A-Za-z]{3})[A-Za-z]*\.?[\s,-]+(\d{2}|\d{4})\b")
_NAMED_FIRST = re.compile(r"([A-Za-z]{3})[A-Za-z]*\.?\s+(\d{1,2}),?\s+(\d{4})\b")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\b")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})\b")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})\b")
_MONTH = re.compile(r"([A-Za-z]{3})[A-Za-z]*\.?[\s-]+(\d{2}|\d{4})$")
_BORN = re.compile(r"([A-Za-z]{3})[A-Za-z]*\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?$")
_BORN_DAY_FIRST = re.compile(r"(\d{1,2})[\s.-]+([A-Za-z]{3})[A-Za-z]*\.?(?:[\s,-]+(\d{4}))?$")
_CLOCK = re.compile(r"[\s,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])?\.?(?:[Mm]\.?)?")
_CENTURY = 100
_LAST_CENTURY, _NEXT_CENTURY, _YOUNG = 1900, 2000, 50
_NOON = 12
_FIRST_YEAR = 2003  # the site's own


def day(text: str) -> date | None:
    """Read a day: `08 Feb 2026`, `4-Apr-21`, `1/29/26`, `29/01/2026`, `04.04.2021`, `2021-04-04`; None otherwise.

    Of two numbers between slashes the month comes first, as the site writes it, unless only the other can be one.
    """
    return _day(text)[0]


def moment(text: str, zone: str) -> datetime | None:
    """Read a moment: `1/29/26, 2:37 PM`, `2025-06-01 14:03:22 UTC`, or a day alone, which is taken as its noon.

    In UTC; without a zone of its own it is read in `zone`.
    """
    found, rest = _day(text)
    if found is None:
        return None
    clock = _CLOCK.match(rest)
    hour, minute, second = (int(part or 0) for part in clock.groups()[:3]) if clock else (_NOON, 0, 0)
    half = (clock[4] or "").lower() if clock else ""
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    is_utc = rest.rstrip().endswith(("UTC", "Z"))
    try:
        read = datetime(found.year, found.month, found.day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return read if is_utc else read.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def month(text: str) -> PartialDate | None:
    """Read a month, a year or a day: `Jan 2021`, `Jan-21`, `2021`, `2021-01`; None otherwise."""
    text = text.strip()
    if found := _MONTH.match(text):
        year, number = int(found[2]), _month(found[1])
        century = _NEXT_CENTURY if year < _YOUNG else _LAST_CENTURY
        return PartialDate(year if year >= _CENTURY else year + century, number) if number else None
    known = day(text)
    return PartialDate(known.year, known.month, known.day) if known else partial_date(text)


def birthday(text: str) -> PartialDate | None:
    """Read a birthday, also without its year: `Feb 8`, `Feb 8, 1980`, `8 Feb 1980`, `1980-02-08`; None otherwise."""
    text = text.strip()
    parts: tuple[str, str, str] | None = None
    if found := _BORN.match(text):
        parts = found[3] or "0", found[1], found[2]
    elif found := _BORN_DAY_FIRST.match(text):
        parts = found[3] or "0", found[2], found[1]
    if parts is None:
        return partial_date(text)
    year, number, of_month = int(parts[0]), _month(parts[1]), int(parts[2])
    said = f"{year:04}-{number:02}-{of_month:02}" if year else f"--{number:02}-{of_month:02}"
    return partial_date(said)


def _day(text: str) -> tuple[date | None, str]:
    """Give the day at a text's beginning, and what follows it."""
    text = text.strip().strip("\ufeff\u200e'")
    for pattern, parts in (
        (_ISO, lambda found: (found[1], found[2], found[3])),
        (_NAMED, lambda found: (found[3], _month(found[2]), found[1])),
        (_NAMED_FIRST, lambda found: (found[3], _month(found[1]), found[2])),
        (_SLASHED, lambda found: (found[3], *_in_order(found[1], found[2]))),
        (_DOTTED, lambda found: (found[3], found[2], found[1])),
    ):
        if found := pattern.match(text):
            return _date(*map(int, parts(found))), text[found.end() :].replace("\u202f", " ")
    return None, ""


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0


def _in_order(first: str, second: str) -> tuple[str, str]:
    """Give month and day."""
    return (second, first) if int(first) > _NOON else (first, second)


def _date(year: int, month: int, day_of_month: int) -> date | None:
    year += 2000 if year < _CENTURY else 0
    try:
        found = date(year, month, day_of_month)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= year < _FIRST_YEAR + _CENTURY else None
