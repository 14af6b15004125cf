"""Calendar arithmetic in the recipient's zone: working days, holidays, nights, and how long a letter takes.

All moments are aware datetimes in UTC; all days are local dates of the recipient.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rapport.rules.countries import country_of_zone

_ONE_DAY = timedelta(days=1)
_WEEKEND = frozenset({5, 6})


class Hours(NamedTuple):
    """From when until when something may reach somebody, on their clock; on working days only if so said."""

    opens: time
    closes: time
    working_days_only: bool = False


AWAKE = Hours(time(8), time(20))
"""Outside the recipient's night: when a mail, a note or an invitation may arrive."""

AT_WORK = Hours(time(9), time(17, 30), working_days_only=True)
"""When one may ring or call on somebody."""

DOMESTIC_POST, CONTINENTAL_POST, OVERSEAS_POST = 2, 4, 7
"""Working days a letter takes: within a country, between neighbours of one region, and across the sea; a member may
set others (`accounts.PostalTime`).

National posts state next or second working day at home; the Universal Postal Union's end-to-end targets for
priority letters are about four working days within Europe and seven beyond.
"""

_EUROPE = frozenset((
    "AD", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
))  # fmt: skip


@lru_cache(maxsize=512)
def _days_off(country: str, year: int) -> tuple[frozenset[date], frozenset[int]]:
    """Public holidays and weekend days of a country; Saturday and Sunday alone for a country not known."""
    if not country:
        return frozenset(), _WEEKEND
    # Loaded for a country only: a twentieth of a cold start. The library's own list of supported countries would
    # load each of them.
    import holidays  # noqa: PLC0415  see above
    from holidays.registry import EntityLoader  # noqa: PLC0415  see above

    if country not in EntityLoader.get_country_codes(include_aliases=False):
        return frozenset(), _WEEKEND
    off = holidays.country_holidays(country, years=year)
    return frozenset(off), frozenset(off.weekend)


@lru_cache(maxsize=4096)
def _is_working(day: date, country: str) -> bool:
    off, weekend = _days_off(country, day.year)
    return day.weekday() not in weekend and day not in off


@lru_cache(maxsize=4096)
def _working_day(day: date, count: int, country: str) -> date:
    day -= _ONE_DAY if count == 0 else timedelta(0)
    for _ in range(max(count, 1)):
        day += _ONE_DAY
        while not _is_working(day, country):
            day += _ONE_DAY
    return day


@lru_cache(maxsize=4096)
def _working_days_between(start: date, end: date, country: str) -> int:
    return sum(_is_working(start + timedelta(days=n), country) for n in range(1, (end - start).days + 1))


@lru_cache(maxsize=4096)
def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Working time as others live it.

    `home_country` is where the member posts letters (ISO 3166 code, or "" when not known); `post_days` overrides
    the working days that a letter takes, by (from, to). `home_zone` (IANA) tells how far a letter goes where no
    country is known; whose holidays count, it does not tell.
    """

    home_country: str = ""
    post_days: Mapping[tuple[str, str], int] = field(default_factory=dict)
    home_zone: str = ""

    def is_working(self, day: date, country: str = "") -> bool:
        """Whether people in `country` work on `day`; with a country not known, Monday to Friday."""
        return _is_working(day, country)

    def working_day(self, day: date, count: int, country: str = "") -> date:
        """Give the `count`-th working day after `day`; with 0, `day` itself or the next working day."""
        return _working_day(day, count, country)

    def working_days_between(self, start: date, end: date, country: str = "") -> int:
        """Count the working days after `start` up to and with `end`; 0 when `end` is not later."""
        return _working_days_between(start, end, country)

    def local(self, day: date, clock: time, zone: ZoneInfo) -> datetime:
        """Give the moment (UTC) when a clock in `zone` shows `clock` on `day`."""
        return _moment(day, clock, zone)

    def next_open(self, moment: datetime, zone: ZoneInfo, hours: Hours, country: str = "") -> datetime:
        """Give `moment` itself when it falls in `hours` there, else the next opening."""
        there = moment.astimezone(zone)
        day, clock = there.date(), there.time()
        shut_today = hours.working_days_only and not _is_working(day, country)
        if not shut_today and hours.opens <= clock <= hours.closes:
            return moment
        if shut_today or clock > hours.closes:
            day += _ONE_DAY
        if hours.working_days_only:
            day = self.working_day(day, 0, country)
        return self.local(day, hours.opens, zone)

    def arrival(self, posted: datetime, zone: ZoneInfo, country: str = "") -> datetime:
        """Give noon of the working day at the destination on which a letter posted at `posted` is expected.

        It sets out on the first working day at home, and its days are counted where it goes.
        """
        sender = self.home_country or country_of_zone(self.home_zone)
        receiver = country or country_of_zone(zone.key)
        days = self.post_days.get((sender, receiver))
        if days is None:
            days = usual_post_days(sender, receiver)
        sets_out = self.working_day(posted.astimezone(zone).date(), 0, self.home_country or country)
        return self.local(self.working_day(sets_out, days, country), time(12), zone)


def usual_post_days(sender: str, country: str) -> int:
    """Give the working days a letter usually takes between two countries; as within one when either is not known."""
    if not country or not sender or country == sender:
        return DOMESTIC_POST
    return CONTINENTAL_POST if {country, sender} <= _EUROPE else OVERSEAS_POST
