"""How often one keeps in touch with somebody: every so many weeks or months, as calendars count them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import NamedTuple

UNITS = ("weeks", "months")
MOST = {"weeks": 520, "months": 120}
_WORDS = {
    (1, "weeks"): "about every week",
    (1, "months"): "about monthly",
    (3, "months"): "about quarterly",
    (6, "months"): "about twice a year",
    (12, "months"): "about once a year",
}
_LEAP_DAY = (2, 29)


class Rhythm(NamedTuple):
    """Every `every` weeks or months; ten years at the most."""

    every: int
    unit: str

    @property
    def is_meant(self) -> bool:
        """Whether one can keep it."""
        return self.unit in UNITS and 1 <= self.every <= MOST[self.unit]

    def __str__(self) -> str:
        """The rhythm as one says it."""
        return _WORDS.get((self.every, self.unit)) or f"about every {self.every} {self.unit}"

    def after(self, moment: datetime) -> datetime:
        """When it is time again after a moment; a month later than the 31st is the month's last day."""
        if self.unit == "weeks":
            return moment + timedelta(weeks=self.every)
        months = moment.year * 12 + moment.month - 1 + self.every
        year, month = months // 12, months % 12 + 1
        return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def days_ahead(today: date, days: int) -> dict[int, date]:
    """Give the next days, today first, by month times 100 and day; who was born on 29 February has the 28th mostly."""
    found: dict[int, date] = {}
    for number in range(days + 1):
        day = today + timedelta(days=number)
        found.setdefault(day.month * 100 + day.day, day)
        if (day.month, day.day) == (2, 28) and monthrange(day.year, 2)[1] < _LEAP_DAY[1]:
            found.setdefault(_LEAP_DAY[0] * 100 + _LEAP_DAY[1], day)
    return found
