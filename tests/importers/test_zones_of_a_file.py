"""A time zone that a file spells out keeps the hours of the zone it describes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rapport.importers.calendar.times import Observance, Zones
from rapport.importers.calendar.yearly import onsets

RULES = {
    "Europe/Lisbon": ((1, "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", 1), (0, "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", 2)),
    "Europe/Berlin": ((2, "BYMONTH=3;BYDAY=-1SU;FREQ=YEARLY", 2), (1, "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", 3)),
    "America/New_York": ((-4, "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", 2), (-5, "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", 2)),
    "America/Santiago": (
        (-3, "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU", 0),
        (-4, "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU", 0),
    ),
    "Australia/Sydney": ((11, "FREQ=YEARLY;BYMONTH=10;BYDAY=+01SU", 2), (10, "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU", 3)),
}  # fmt: skip
"""Hours from UTC, the rule, and the hour of the day it takes effect."""


@pytest.mark.parametrize("name", RULES)
def test_every_week_of_ten_years_is_told_as_the_zone_itself_tells_it(name):
    parts = tuple(
        Observance(datetime(1970, 1, 1, hour), rule, timedelta(hours=offset))  # noqa: DTZ001  (local by definition)
        for offset, rule, hour in RULES[name]
    )
    zones, zone = Zones(own={"Own": parts}), ZoneInfo(name)
    for week in range(520):
        at = datetime(2023, 1, 2, 12, tzinfo=UTC) + timedelta(weeks=week)
        local = at.astimezone(zone).replace(tzinfo=None)
        assert zones.utc(local, "Own", name)[0] == at, local


def test_a_rule_that_ended_holds_its_last_offset():
    summer = Observance(datetime(1990, 3, 25, 2), "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", timedelta(hours=3))  # noqa: DTZ001
    winter = Observance(
        datetime(1990, 9, 30, 3),  # noqa: DTZ001
        "FREQ=YEARLY;BYMONTH=9;BYDAY=-1SU;UNTIL=20110101T000000Z",
        timedelta(hours=2),
    )
    assert summer.last_onset(datetime(2026, 2, 1)) == datetime(2025, 3, 30, 2)  # noqa: DTZ001
    assert winter.last_onset(datetime(2026, 2, 1)) == datetime(2011, 9, 25, 3)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=YEARLY", [(5, 20)]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", []),
        ("FREQ=YEARLY;BYMONTH=13;BYDAY=SU", []),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", [(2, 28)]),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-2SA", [(3, 21)]),
        ("FREQ=YEARLY;BYMONTH=12,6;BYMONTHDAY=1", [(6, 1), (12, 1)]),
    ],
)
def test_a_rule_is_told_by_its_months_days_and_weekdays(rule, days):
    begins = datetime(2000, 5, 20, 2)  # noqa: DTZ001
    assert [(onset.month, onset.day) for onset in onsets(rule, begins, 2026)] == days


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=YEARLY;BYMONTH=X", "", "BYMONTH=3"])
def test_what_is_no_yearly_rule_is_refused(rule):
    with pytest.raises(ValueError, match=r"."):
        onsets(rule, datetime(2000, 5, 20, 2), 2026)  # noqa: DTZ001
