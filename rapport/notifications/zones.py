"""Time zones as every calendar program understands them: a VTIMEZONE with one yearly rule for each change.

Outlook reads TZID, DTSTART, RRULE and the two offsets only, one rule a STANDARD and a DAYLIGHT, with BYDAY of a
single occurrence (MS-STANOICAL 2.2.47, MS-OXCICAL 2.1.3.1.1.19); the lists of dates (RDATE) that libraries write are
nothing to it.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_YEARS = 9
"""Over how many years a change must keep to a rule: enough to tell "the fourth Sunday" from "the last"."""

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class _Change(NamedTuple):
    """The clock is put from one offset to another; `onset` is what it showed then (naive)."""

    onset: datetime
    before: timedelta
    after: timedelta


@lru_cache(maxsize=64)
def component_of(name: str, year: int) -> Timezone:
    """Give the VTIMEZONE of an IANA zone, good from the beginning of the year before `year` on.

    A change that keeps to no rule Outlook knows is named for each of nine years.
    """
    zone = ZoneInfo(name)
    begins = datetime(year - 1, 1, 1, tzinfo=UTC)
    changes = list(_changes(zone, begins, datetime(year - 1 + _YEARS, 1, 1, tzinfo=UTC)))
    component = Timezone()
    component.add("tzid", name)
    alike: dict[tuple[timedelta, timedelta], list[_Change]] = defaultdict(list)
    for change in changes:
        alike[change.before, change.after].append(change)
    rules = {key: rule for key, found in alike.items() if (rule := _rule(found))}
    if len(rules) < len(alike) or not alike:
        offset = _offset(zone, begins)
        component.add_component(_observance(_Change(begins.replace(tzinfo=None), offset, offset), zone))
    for key, found in alike.items():
        for change in found[:1] if key in rules else found:
            component.add_component(_observance(change, zone, rules.get(key)))
    return component


def _changes(zone: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[_Change]:
    day = begins
    while day < ends:
        before, after = _offset(zone, day), _offset(zone, day + _DAY)
        if before != after:
            yield _Change(_onset(zone, day) + before, before, after)
        day += _DAY


def _onset(zone: ZoneInfo, day: datetime) -> datetime:
    """Find the second, within a day from `day`, from which the offset is another; naive, in UTC."""
    low, high = day, day + _DAY
    before = _offset(zone, low)
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high.replace(tzinfo=None)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _rule(found: Sequence[_Change]) -> dict[str, object] | None:
    """Give the yearly rule that all these changes keep to, or nothing."""
    onsets = [change.onset for change in found]
    same = {(onset.month, onset.weekday(), onset.time()) for onset in onsets}
    if len(onsets) < _YEARS or len({onset.year for onset in onsets}) < _YEARS or len(same) > 1:
        return None
    places = {(onset.day - 1) // 7 + 1 for onset in onsets}
    if all(onset.day + 7 > monthrange(onset.year, onset.month)[1] for onset in onsets):
        places = {-1}
    if len(places) > 1:
        return None
    return {
        "freq": "yearly",
        "bymonth": onsets[0].month,
        "byday": f"{places.pop()}{_WEEKDAYS[onsets[0].weekday()]}",
    }


def _observance(
    change: _Change, zone: ZoneInfo, rule: dict[str, object] | None = None
) -> TimezoneStandard | TimezoneDaylight:
    observed = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    observed.add("dtstart", change.onset)
    observed.add("tzoffsetfrom", change.before)
    observed.add("tzoffsetto", change.after)
    name = (change.onset - change.before).replace(tzinfo=UTC).astimezone(zone).tzname()
    if name:
        observed.add("tzname", name)
    if rule:
        observed.add("rrule", rule)
    return observed
