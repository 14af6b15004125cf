"""Each step has its own words; the member's words are never overwritten."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapport.correspondence.models import Note
from rapport.followups import happenings
from rapport.followups.models import Plan, Step
from rapport.journal.errors import NotAllowed
from tests import world

pytestmark = pytest.mark.django_db

MORNING = world.NOW + timedelta(days=3)


def note(name: str = "Dana Lee", act: str = "thank", channel: str = "email") -> Note:
    step = Step.objects.get(person__name=name, act=act, channel=channel)
    assert step.note is not None
    return step.note


def test_everybody_gets_words_of_their_own() -> None:
    world.interview()
    words = [note(name).text for name in ("Dana Lee", "Sam Ortiz", "Priya Nair")]
    assert len(set(words)) == 3
    assert note().text != note(channel="letter").text
    assert not [found for each in Note.objects.filter(act="thank") for found in each.resembles()]


def test_what_you_talked_about_comes_into_the_draft() -> None:
    dana = world.interviewer()
    happenings.recall(dana, "moving off the monolith", by=world.alex(), at=world.NOW)
    assert "monolith" in note().text


def test_new_words_for_more_people_cost_no_query_for_each_note() -> None:
    gavin = world.sam(name="Gavin Belson", organisation="Hooli")
    world.taken_in(world.meeting(), world.meeting(uid="one", organisation="Hooli", participants=(gavin,)))
    asked = {}
    for name in ("Gavin Belson", "Dana Lee"):
        plan, before = Plan.objects.get(steps__note=note(name)), note(name).text
        with CaptureQueriesContext(connection) as queries:
            plan.recompute(MORNING)
        assert note(name).text != before
        asked[name] = len(queries)
    assert asked["Dana Lee"] <= asked["Gavin Belson"] + 1, "her plan is of three"


def test_edited_words_survive_whatever_happens() -> None:
    dana = world.interviewer()
    note().edit("My own words.", "Thanks", by=world.alex(), at=world.NOW)
    happenings.recall(dana, "moving off the monolith", by=world.alex(), at=world.NOW)
    happenings.decide(dana.interview.application, "offer", by=world.alex(), at=MORNING)
    assert (note().text, note().subject) == ("My own words.", "Thanks")


def test_sending_completes_the_step_and_releases_what_waited_for_the_thank_you() -> None:
    world.interview()
    step = Step.objects.get(person__name="Dana Lee", act="thank", channel="email")
    happenings.sent(step, by=world.alex(), at=world.NOW)
    assert (Step.objects.get(pk=step.pk).state, note().sent_at) == ("done", world.NOW)
    plan = Plan.objects.get()
    assert not plan.steps.filter(person__name="Dana Lee", until="thank_you_sent").exists()
    happenings.unsent(Step.objects.get(pk=step.pk), by=world.alex(), at=world.NOW)
    assert (Step.objects.get(pk=step.pk).state, note().sent_at) == ("open", None)


def test_the_words_of_very_many_plans_are_found_when_each_is_looked_at() -> None:
    people = (world.dana(),)
    batch = world.taken_in(*(world.meeting(uid=str(number), participants=people) for number in range(51)))
    assert not Note.objects.exists()
    plan = batch.interviews()[0].plan
    assert plan.words_due
    plan.with_words(world.NOW)
    assert not Plan.objects.get(pk=plan.pk).words_due
    assert plan.steps.get(act="thank", channel="email").note is not None


def test_a_stranger_sends_nothing() -> None:
    world.interview()
    step = Step.objects.get(person__name="Dana Lee", act="thank", channel="email")
    with pytest.raises(NotAllowed, match="another member's book"):
        happenings.sent(step, by=world.robin(), at=world.NOW)
    assert (Step.objects.get(pk=step.pk).state, note().sent_at) == ("open", None)


def test_words_for_later_are_written_as_of_the_day_they_are_for() -> None:
    """Read on 1 December, "on Friday" would be another Friday than the one of the interview."""
    for name in ("Ann Bell", "Kim Roe", "Jo Lang", "Max Berg"):
        alone = world.priya(name=name, email=f"{name[:2].lower()}@talent.example")
        world.taken_in(world.meeting(uid=name, participants=(alone,)), at=MORNING)
    later = [step.note for step in Step.objects.filter(act="check_in", earliest__gt=MORNING)]
    asked = " ".join(note.text for note in later if note)
    assert "on 20 November" in asked
    assert "Friday" not in asked
    assert "on Friday" in note("Ann Bell").text
