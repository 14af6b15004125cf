"""Days as address books write them."""

from __future__ import annotations

import re
from datetime import date

from rapport.rules.card.dates import PartialDate, partial_date

_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?: .*)?$")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?(?: .*)?$")
_LAST_MONTH = 12
_CENTURY, _THIS_CENTURY = 100, 30
_LEAP = 2000
NONE = frozenset({"0/0/00", "0/0/0000", "00/00/00", "00.00.00", "0.0.00"})
"""What Outlook writes for no day."""


def day(text: str) -> PartialDate | None:
    """Read `1980-05-21`, `--05-21`, `5/21/1980`, `21/05/1980`, `21.05.1980`, with years of two digits and without.

    Of two numbers between slashes the month comes first, unless only the other can be one. A year of two digits is
    of this century below 30.
    """
    text = text.strip()
    if found := _SLASHED.match(text):
        first, second, year = int(found[1]), int(found[2]), found[3]
        month, day_of_month = (second, first) if first > _LAST_MONTH else (first, second)
    elif found := _DOTTED.match(text):
        day_of_month, month, year = int(found[1]), int(found[2]), found[3]
    else:
        return partial_date(text)
    return _existing(_whole(int(year or 0)) if year else 0, month, day_of_month)


def _whole(year: int) -> int:
    if year >= _CENTURY:
        return year
    return year + (2000 if year < _THIS_CENTURY else 1900)


def _existing(year: int, month: int, day_of_month: int) -> PartialDate | None:
    try:
        date(year or _LEAP, month, day_of_month)
    except ValueError:
        return None
    return PartialDate(year, month, day_of_month)
