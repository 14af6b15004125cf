"""Days of a card, whole or in part: birthdays without a year, Apple's year 1604 for none, days without a month."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_OMITTED = 1604  # what Apple writes for no year, with X-APPLE-OMIT-YEAR and without
_LEAP = 2000  # a year that has every day
_WHOLE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_NO_YEAR = re.compile(r"--(\d{2})-?(\d{2})(?!\d)")
_MONTH = re.compile(r"(\d{4})-(\d{2})(?![\d-])|--(\d{2})(?![\d-])")
_YEAR = re.compile(r"(\d{4})(?:$|[-T])")


class PartialDate(NamedTuple):
    """A day, or what is known of it; 0 stands for what is not."""

    year: int = 0
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """The day as ISO 8601 and RFC 6350 (section 4.3.1) write it: 1980-05-21, --05-21, 1980-05, 1980."""
        if self.month and self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}" if self.year else self.without_year
        if self.month:
            return f"{self.year:04}-{self.month:02}" if self.year else f"--{self.month:02}"
        return f"{self.year:04}"

    @property
    def basic(self) -> str:
        """The day as a vCard 4.0 writes it: 19800521, --0521, 1980-05, 1980."""
        if not self.day:
            return str(self)
        return (
            f"{self.year:04}{self.month:02}{self.day:02}" if self.year else f"--{self.month:02}{self.day:02}"
        )

    @property
    def without_year(self) -> str:
        """The day as it comes back each year."""
        return f"--{self.month:02}-{self.day:02}"


def partial_date(text: str) -> PartialDate | None:
    """Read a day as cards write it, in any version; None when it is not one."""
    text = text.strip()
    found: tuple[str | int | None, ...]
    if match := _WHOLE.match(text):
        found = match.groups()
    elif match := _NO_YEAR.match(text):
        found = (0, *match.groups())
    elif match := _MONTH.match(text):
        found = (match[1], match[2] or match[3], 0)
    elif match := _YEAR.match(text):
        found = (match[1], 0, 0)
    else:
        return None
    year, month, day = (int(part or 0) for part in found)
    year = 0 if year == _OMITTED else year
    return PartialDate(year, month, day) if _exists(year, month, day) else None


def _exists(year: int, month: int, day: int) -> bool:
    if not (year or month):
        return False
    try:
        date(year or _LEAP, month or 1, day or 1)
    except ValueError:
        return False
    return True
