"""A mail leaves while its recipient is at work, and not before it could be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rapport.rules.calendar import WorkingCalendar
from rapport.rules.delivery import RETRIES, leaves_at, next_try, opens_at

LISBON, TOKYO = ZoneInfo("Europe/Lisbon"), ZoneInfo("Asia/Tokyo")


def on(day: int, hour: int, minute: int = 0, month: int = 11, zone: ZoneInfo = LISBON) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("asked", "leaves"),
    [
        (on(20, 13), on(20, 13, 10)),  # a Friday, at work
        (on(20, 17, 25), on(23, 9)),  # ten minutes later they have gone
        (on(21, 11), on(23, 9)),  # a Saturday
        (on(23, 6), on(23, 9)),
        (on(30, 18), on(2, 9, month=12)),  # the first of December is a holiday there
    ],
)
def test_it_leaves_in_the_recipients_working_hours(asked, leaves):
    assert leaves_at(asked, None, WorkingCalendar("DE"), LISBON, "PT") == leaves


def test_it_leaves_when_they_are_at_work_and_not_when_one_is_oneself():
    assert leaves_at(on(23, 13), None, WorkingCalendar("PT"), TOKYO, "JP") == on(24, 9, zone=TOKYO)


def test_it_waits_for_its_window():
    assert leaves_at(on(23, 10), on(25, 11), WorkingCalendar("PT"), LISBON, "PT") == on(25, 11)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (on(23, 10), on(23, 10)),
        (on(23, 17, 40), on(23, 17, 40)),
        (on(23, 17, 46), on(24, 9)),
        (on(23, 8, 50), on(23, 9)),
        (on(21, 10), on(23, 9)),
    ],
)
def test_what_is_late_waits_for_the_next_working_day(now, leaves):
    assert opens_at(now, WorkingCalendar("PT"), LISBON, "PT") == leaves


def test_tries_are_made_ever_more_rarely_for_two_days():
    at = datetime(2026, 11, 20, tzinfo=UTC)
    pauses = [next_try(number + 1, at) - at for number in range(len(RETRIES))]
    assert pauses == sorted(pauses)
    assert timedelta(days=2) < sum(pauses, timedelta()) < timedelta(days=3)
    assert next_try(len(RETRIES) + 1, at) is None
