"""The yearly rules by which a file spells out a time zone of its own: "the last Sunday of March" (RFC 5545, 3.6.5)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


# Each event of a file asks about the same few parts of its zone in the same year or two.
@lru_cache(maxsize=16)
def onsets(rule: str, begins: datetime, year: int) -> tuple[datetime, ...]:
    """Give when a zone's rule takes effect in a year, in local time and in order, never before it `begins`.

    Of the rule its months (BYMONTH), days of the month (BYMONTHDAY) and weekdays (BYDAY, also the last or second of
    a month) count; where it says nothing, `begins` does. Raises ValueError for what is no yearly rule. However
    senseless it is, a year has so many days and no more.
    """
    parts = {
        name.strip().upper(): value.strip().upper()
        for name, _, value in (part.partition("=") for part in rule.split(";"))
    }
    if parts.get("FREQ") != "YEARLY":
        raise ValueError(f"not yearly: {rule}")
    months = _numbers(parts, "BYMONTH") or [begins.month]
    found = (
        begins.replace(year=year, month=month, day=day)
        for month in sorted(set(months))
        if 1 <= month <= 12  # noqa: PLR2004  December
        for day in _days(parts, begins.day, year, month)
    )
    return tuple(onset for onset in found if onset >= begins)


def _days(parts: Mapping[str, str], usual: int, year: int, month: int) -> Iterator[int]:
    last = monthrange(year, month)[1]
    in_month = [day if day > 0 else last + 1 + day for day in _numbers(parts, "BYMONTHDAY")]
    weekdays = {(int(place or 0), name) for place, name in _BY_DAY.findall(parts.get("BYDAY", ""))}
    if not in_month and not weekdays:
        in_month = [usual]
    for day in range(1, last + 1):
        if in_month and day not in in_month:
            continue
        name = _WEEKDAYS[date(year, month, day).weekday()]
        places = (0, (day - 1) // 7 + 1, (day - 1 - last) // 7)  # any, counted from the first, from the last
        if not weekdays or any((place, name) in weekdays for place in places):
            yield day


def _numbers(parts: Mapping[str, str], name: str) -> list[int]:
    return [int(number) for number in parts.get(name, "").split(",") if number]
