"""Facts as people type them, and what follows from what has happened."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rapport.rules.etiquette import FACTS, Situation, WorkingCalendar
from rapport.rules.etiquette.conditions import OVERDUE
from rapport.rules.etiquette.moment import moment

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("role", " recruiter ", "recruiter"),
        ("worth_keeping", "Yes", True),
        ("worth_keeping", "false", False),
        ("connections", "200", 200),
        ("reply_by", "2026-11-24", date(2026, 11, 24)),
        ("country", "pt", "PT"),
        ("sector", "Medicine", "medicine"),
    ],
)
def test_a_fact_is_read_as_people_type_it(fact: str, text: str, value: Any):
    assert FACTS[fact].parse(text) == value


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("role", "boss"),
        ("worth_keeping", "maybe"),
        ("connections", "many"),
        ("reply_by", "soon"),
        ("country", " "),
    ],
)
def test_what_makes_no_sense_is_answered_with_what_would(fact: str, text: str):
    with pytest.raises(ValueError, match=f"^{fact} takes "):
        FACTS[fact].parse(text)


def known(facts: dict[str, Any], **happened: datetime) -> dict[str, Any]:
    return moment(Situation(NOW, facts, happened, "Europe/Lisbon"), WorkingCalendar("PT"))[1]


@pytest.mark.parametrize(
    ("event", "fact", "value"),
    [
        ("joining", "decision", "accepted"),
        ("rejection", "decision", "rejected"),
        ("offer", "decision", "offer"),
        ("real_contact", "contact_outside", True),
        ("consent", "may_connect", "yes"),
    ],
)
def test_what_has_happened_is_a_fact_and_what_is_to_come_is_none(event: str, fact: str, value: Any):
    assert known({}, **{event: NOW - timedelta(hours=1)})[fact] == value
    assert fact not in known({}, **{event: NOW + timedelta(hours=1)})


def test_a_stated_fact_counts_more_than_what_an_event_seems_to_say():
    assert known({"decision": "accepted"}, offer=NOW)["decision"] == "accepted"


def test_days_are_counted_from_the_moments_that_are_known():
    counted = known({}, interview_end=NOW - timedelta(days=3, hours=1), decision=NOW - timedelta(days=2))
    assert (counted["days_since_interview"], counted["days_since_decision"]) == (3, 2)


def test_a_promised_day_is_overdue_by_working_days_and_at_least_by_one():
    friday = date(2026, 11, 20)
    assert known({"reply_by": friday, "country": "PT"})[OVERDUE] == 2
    assert known({"reply_by": date(2026, 11, 24)})[OVERDUE] == 0
    assert known({"reply_by": date(2026, 11, 26)})[OVERDUE] == -2
    assert known({"reply_by": date(1, 1, 1)})[OVERDUE] > 300
    assert known({"reply_by": date(9999, 12, 31)})[OVERDUE] < 0


def test_a_slip_of_the_pen_is_still_reckoned():
    assert known({"days_since_interview": 10**12})["days_since_interview"] == 10**12
