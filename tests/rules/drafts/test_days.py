"""Days are named as people name them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from rapport.rules.drafts.days import interview_day, promised_day
from tests.rules.drafts.people import DANA


def day(**changes: object) -> str:
    return interview_day(replace(DANA, **changes), by_post=False)  # type: ignore[arg-type]


def test_within_a_week_it_is_a_weekday_and_then_a_date() -> None:
    assert day() == "Friday"
    assert day(now=datetime(2026, 11, 28, tzinfo=UTC)) == "20 November"
    assert day(now=datetime(2026, 11, 28, tzinfo=UTC), country="US") == "November 20"
    assert day(now=datetime(2028, 1, 1, tzinfo=UTC)) == "20 November 2026"


def test_on_the_day_itself_and_before_it_none_is_named() -> None:
    assert day(now=datetime(2026, 11, 20, 18, tzinfo=UTC)) == ""
    assert day(now=datetime(2026, 11, 1, tzinfo=UTC)) == ""


def test_it_is_the_day_where_the_recipient_is() -> None:
    late = datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert (
        day(interviewed_at=late, time_zone="Asia/Tokyo", now=datetime(2026, 11, 23, tzinfo=UTC)) == "Saturday"
    )


def test_by_post_it_is_always_the_date() -> None:
    assert interview_day(DANA, by_post=True) == "20 November"


def test_a_promised_day_is_named_once_it_has_passed() -> None:
    promised = replace(DANA, reply_by=date(2026, 11, 24))
    assert promised_day(replace(promised, now=datetime(2026, 11, 24, 12, tzinfo=UTC))) == ""
    assert promised_day(replace(promised, now=datetime(2026, 11, 26, tzinfo=UTC))) == "Tuesday 24 November"
    assert promised_day(replace(promised, now=datetime(2027, 1, 26, tzinfo=UTC))) == "24 November"
