"""Nobody is silent who was not given time: silence counts from when asking is fair, and in working days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from rapport.followups import happenings
from rapport.followups.silence import reading_ahead
from rapport.interviews.models import Application
from rapport.web.interviews.stages import Standing, standing_of
from tests import world

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def standing(at: datetime) -> Standing:
    world.interview().plan.recompute(at)
    return standing_of(reading_ahead(Application.objects.all()).get(), at)


def test_hours_after_the_interview_nobody_is_silent_and_they_owe_an_answer_all_the_same() -> None:
    found = standing(world.NOW)
    assert (found.says, found.since, found.owes) == ("you met", world.INTERVIEW_ENDS, True)
    assert "silence" not in standing(world.NOW + 6 * DAY).says


def test_once_asking_is_fair_silence_is_told_in_working_days() -> None:
    assert standing(world.NOW + 12 * DAY).says == "8 working days of silence since"
    assert standing(world.NOW + 14 * DAY).says == "10 working days of silence since"


def test_of_those_who_decide_within_days_silence_counts_sooner_and_of_the_slow_later() -> None:
    happenings.expect(world.application(), decision_pace="days", by=world.alex(), at=world.NOW)
    assert standing(world.NOW + 6 * DAY).says == "4 working days of silence since"
    happenings.expect(world.application(), decision_pace="weeks", by=world.alex(), at=world.NOW)
    assert standing(world.NOW + 12 * DAY).says == "you met"


def test_a_promised_day_is_told_until_it_has_gone_by() -> None:
    happenings.expect(world.application(), reply_by=date(2026, 11, 27), by=world.alex(), at=world.NOW)
    ahead = standing(world.NOW + DAY)
    assert (ahead.says, ahead.since, ahead.is_late) == (
        "they promised an answer by Friday 27 November",
        None,
        False,
    )
    late = standing(world.NOW + 10 * DAY)
    assert (late.says, late.is_late) == (
        "they promised an answer by Friday 27 November, 6 working days of silence since",
        True,
    )


def test_whoever_wrote_is_not_silent() -> None:
    at = world.NOW + 12 * DAY
    world.interview()
    happenings.they_wrote(world.person("Priya Nair"), by=world.alex(), at=at)
    found = standing(at + DAY)
    assert (found.says, found.since) == ("you last heard from them", at)
    happenings.they_did_not_write(world.person("Priya Nair"), by=world.alex(), at=at + DAY)
    assert "9 working days of silence" in standing(at + DAY).says


def test_decisions_are_told_as_what_they_did() -> None:
    application = world.application()
    happenings.decide(application, "offer", by=world.alex(), at=world.NOW + DAY)
    assert (standing(world.NOW + DAY).says, standing(world.NOW + DAY).owes) == ("they made an offer", False)
    happenings.decide(application, "rejected", by=world.alex(), at=world.NOW + 2 * DAY)
    found = standing(world.NOW + 2 * DAY)
    assert (found.says, found.since) == ("they said no", world.NOW + 2 * DAY)


def test_of_an_accepted_offer_the_day_of_the_offer_is_not_told_as_that_of_the_yes() -> None:
    application = world.application()
    happenings.decide(application, "offer", by=world.alex(), at=world.NOW + DAY)
    happenings.decide(application, "accepted", by=world.alex(), at=world.NOW + 5 * DAY)
    found = standing(world.NOW + 5 * DAY)
    assert (found.says, found.since) == ("you accepted the offer", None)
