"""Working days, holidays, waking hours and the post, as the recipient lives them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.rules.calendar import AT_WORK, AWAKE, Hours, WorkingCalendar

CALENDAR = WorkingCalendar("PT")
LISBON = ZoneInfo("Europe/Lisbon")
NEW_YORK = ZoneInfo("America/New_York")
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
COUNTRIES = st.sampled_from(["", "PT", "US", "SA", "IL", "JP", "XX"])


@pytest.mark.parametrize(
    ("day", "country", "works"),
    [
        (date(2026, 12, 1), "PT", False),
        (date(2026, 12, 1), "", True),
        (date(2026, 12, 1), "ES", True),
        (date(2026, 11, 26), "US", False),
        (date(2026, 11, 27), "SA", False),
        (date(2026, 11, 29), "SA", True),
        (date(2026, 11, 29), "PT", False),
        (date(2026, 11, 28), "nowhere", False),
        (date(2026, 11, 27), "nowhere", True),
    ],
)
def test_people_work_on_the_days_of_their_country(day: date, country: str, works: bool):
    assert CALENDAR.is_working(day, country) is works


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 30), 1, date(2026, 12, 2)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 12, 4), 2, date(2026, 12, 9)),
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(day: date, count: int, expected: date):
    assert CALENDAR.working_day(day, count, "PT") == expected


@given(DAYS, st.integers(1, 30), COUNTRIES)
def test_counting_on_and_counting_between_agree(day: date, count: int, country: str):
    there = CALENDAR.working_day(day, count, country)
    assert CALENDAR.is_working(there, country)
    assert CALENDAR.working_days_between(day, there, country) == count


def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert CALENDAR.working_days_between(date(2026, 11, 24), date(2026, 11, 20), "PT") == 0


@pytest.mark.parametrize(
    ("moment", "zone", "hours", "opens"),
    [
        (datetime(2026, 11, 24, 10, tzinfo=UTC), LISBON, AWAKE, datetime(2026, 11, 24, 10, tzinfo=UTC)),
        (datetime(2026, 11, 24, 20, tzinfo=UTC), LISBON, AWAKE, datetime(2026, 11, 24, 20, tzinfo=UTC)),
        (datetime(2026, 11, 24, 20, 1, tzinfo=UTC), LISBON, AWAKE, datetime(2026, 11, 25, 8, tzinfo=UTC)),
        (datetime(2026, 11, 24, 10, tzinfo=UTC), NEW_YORK, AWAKE, datetime(2026, 11, 24, 13, tzinfo=UTC)),
        (datetime(2026, 11, 28, 10, tzinfo=UTC), LISBON, AWAKE, datetime(2026, 11, 28, 10, tzinfo=UTC)),
        (datetime(2026, 11, 28, 10, tzinfo=UTC), LISBON, AT_WORK, datetime(2026, 11, 30, 9, tzinfo=UTC)),
        (datetime(2026, 11, 30, 17, 31, tzinfo=UTC), LISBON, AT_WORK, datetime(2026, 12, 2, 9, tzinfo=UTC)),
        (datetime(2026, 11, 30, 7, tzinfo=UTC), LISBON, AT_WORK, datetime(2026, 11, 30, 9, tzinfo=UTC)),
    ],
)
def test_nothing_reaches_anybody_at_night_nor_a_call_on_a_day_off(
    moment: datetime, zone: ZoneInfo, hours: Hours, opens: datetime
):
    assert CALENDAR.next_open(moment, zone, hours, "PT") == opens


@given(st.integers(0, 12 * 366 * 24 * 60), st.sampled_from([AWAKE, AT_WORK]), COUNTRIES)
def test_the_next_opening_is_open_and_never_earlier(minutes: int, hours: Hours, country: str):
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    opens = CALENDAR.next_open(moment, NEW_YORK, hours, country)
    assert opens >= moment
    assert CALENDAR.next_open(opens, NEW_YORK, hours, country) == opens


def test_a_clock_on_the_wall_is_the_one_of_that_day():
    assert CALENDAR.local(date(2026, 10, 30), time(12), NEW_YORK) == datetime(2026, 10, 30, 16, tzinfo=UTC)
    assert CALENDAR.local(date(2026, 11, 2), time(12), NEW_YORK) == datetime(2026, 11, 2, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("home", "posted", "country", "arrives"),
    [
        ("PT", datetime(2026, 11, 23, 12, tzinfo=UTC), "PT", date(2026, 11, 25)),
        ("PT", datetime(2026, 11, 30, 12, tzinfo=UTC), "PT", date(2026, 12, 3)),
        ("PT", datetime(2026, 11, 28, 12, tzinfo=UTC), "PT", date(2026, 12, 3)),
        ("PT", datetime(2026, 11, 23, 12, tzinfo=UTC), "DE", date(2026, 11, 27)),
        ("PT", datetime(2026, 11, 23, 12, tzinfo=UTC), "US", date(2026, 12, 3)),
        ("", datetime(2026, 11, 23, 12, tzinfo=UTC), "US", date(2026, 11, 25)),
        ("PT", datetime(2026, 11, 23, 12, tzinfo=UTC), "", date(2026, 11, 25)),
    ],
)
def test_a_letter_takes_the_working_days_of_the_way_it_goes(
    home: str, posted: datetime, country: str, arrives: date
):
    calendar = WorkingCalendar(home)
    assert calendar.arrival(posted, LISBON, country).date() == arrives


def test_a_member_may_say_how_long_their_post_takes():
    calendar = WorkingCalendar("PT", {("PT", "DE"): 6})
    posted = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert calendar.arrival(posted, ZoneInfo("Europe/Berlin"), "DE") == datetime(2026, 12, 1, 11, tzinfo=UTC)


def test_with_no_country_known_the_clocks_tell_how_far_a_letter_goes():
    calendar = WorkingCalendar(home_zone="Europe/Berlin")
    posted = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert calendar.arrival(posted, ZoneInfo("Europe/Berlin")).date() == date(2026, 11, 25)
    assert calendar.arrival(posted, LISBON).date() == date(2026, 11, 27)
    assert calendar.arrival(posted, NEW_YORK).date() == date(2026, 12, 2)
    assert calendar.arrival(posted, ZoneInfo("UTC")).date() == date(2026, 11, 25)
