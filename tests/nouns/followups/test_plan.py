"""A plan follows the facts and says what changed."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from rapport.accounts.models import OwnSchool
from rapport.followups import happenings
from rapport.followups.models import Plan, Step
from rapport.journal.errors import NotAllowed
from tests import world

pytestmark = pytest.mark.django_db

MORNING = world.NOW + timedelta(days=3)


def test_an_invitation_held_until_the_decision_is_released_by_it_and_says_so() -> None:
    application = world.application()
    happenings.state_fact(world.person(), "worth_keeping", True, by=world.alex(), at=world.NOW)
    held = world.step("invite", "professional")
    assert (held.verdict, held.until) == ("hold", "decision")
    changed = happenings.decide(application, "rejected", by=world.alex(), at=MORNING)
    invited = world.step("invite", "professional")
    assert invited.verdict == "do"
    assert invited in [one.step for one in changed]
    entry = world.alex().journal.about(invited).filter(verb="step.verdict_changed").first()
    assert entry is not None
    assert entry.says == (
        "Invite Dana Lee on the professional network: now is the time, because the decision came."
    )
    assert invited in Step.objects.seen_by(world.alex()).to_do_now(MORNING + timedelta(days=1))


def test_in_the_evening_after_the_interview_there_are_thanks_to_write() -> None:
    """It was over at nine on Friday: the mail arrives after eight tomorrow, and has time until Monday noon."""
    world.interview()
    world.taken_in(world.later(world.meeting(), hours=9.5))
    evening = world.NOW.replace(hour=22)
    happenings.refresh_due(world.alex(), evening)
    thanks, asking = world.step("thank", "email"), world.step("check_in", "email", name="Priya Nair")
    assert thanks.earliest == world.NOW.replace(day=21, hour=8)
    assert thanks.due == world.NOW.replace(day=23, hour=12)
    mine = Step.objects.seen_by(world.alex())
    assert thanks in mine.to_do_now(evening)
    assert thanks not in mine.waiting(evening)
    assert asking not in mine.to_do_now(evening)
    assert asking in mine.waiting(evening)


def test_the_moment_an_interview_is_over_there_are_thanks_to_write() -> None:
    world.interview()
    world.taken_in(world.later(world.meeting(), hours=5))
    over = world.INTERVIEW_ENDS + timedelta(hours=5)
    assert (world.step().verdict, world.interview().plan.refresh_due_at) == ("hold", over)
    happenings.refresh_due(world.alex(), over - timedelta(seconds=1))
    assert world.step().verdict == "hold"
    happenings.refresh_due(world.alex(), over)
    assert world.step().verdict == "do"
    assert world.step() in Step.objects.seen_by(world.alex()).to_do_now(over)


def test_a_plan_is_looked_at_where_the_others_begin_a_day_and_when_the_first_day_at_work_begins() -> None:
    plan, dana, saturday = world.interview().plan, world.person(), world.NOW.replace(day=21, hour=10)
    dana.time_zone = "Pacific/Auckland"
    dana.save()
    Plan.objects.whole().get(pk=plan.pk).recompute(saturday)
    plan.refresh_from_db()
    assert plan.refresh_due_at == saturday.replace(hour=11)
    application = world.application()
    happenings.decide(
        application,
        "accepted",
        joins_on=saturday.date(),
        by=world.alex(),
        at=saturday.replace(hour=8, minute=30),
    )
    plan.refresh_from_db()
    assert plan.refresh_due_at == saturday.replace(hour=9)


def test_taking_the_decision_back_holds_again() -> None:
    application = world.application()
    world.interview().plan.recompute(MORNING)
    before = {one.pk: one.verdict for one in Step.objects.all()}
    happenings.decide(application, "rejected", by=world.alex(), at=MORNING)
    happenings.decide(application, "none", by=world.alex(), at=MORNING)
    assert {one.pk: one.verdict for one in Step.objects.all()} == before


def test_recomputing_at_the_same_moment_changes_nothing() -> None:
    plan = world.interview().plan
    before = list(Step.objects.values())
    entries = world.alex().journal.count()
    assert plan.recompute(world.NOW) == []
    assert list(Step.objects.values()) == before
    assert world.alex().journal.count() == entries


def test_a_moved_interview_moves_its_windows() -> None:
    before = world.interview().plan.steps.get(person__name="Dana Lee", act="thank", channel="email")
    world.taken_in(world.later(world.meeting(), hours=72))
    moved = world.step("thank", "email")
    assert (moved.pk, moved.verdict, moved.until) == (before.pk, "hold", "interview_end")
    over = world.INTERVIEW_ENDS + timedelta(hours=72)
    happenings.refresh_due(world.alex(), over)
    due = world.step("thank", "email")
    assert due.verdict == "do"
    assert due.earliest is not None
    assert due.earliest >= over


def test_a_cancelled_interview_closes_its_plan_and_says_so() -> None:
    interview = world.interview()
    done = world.step("thank", "email")
    done.complete(by=world.alex(), at=MORNING)
    happenings.cancel(interview, by=world.alex(), at=MORNING)
    plan = Plan.objects.get()
    assert plan.closed_at == MORNING
    assert plan.refresh_due_at is None
    mine = Step.objects.seen_by(world.alex())
    assert not mine.to_do_now(MORNING).exists()
    assert not mine.waiting(MORNING).exists()
    assert world.step("thank", "email").state == "done"
    assert world.alex().journal.filter(says="Interview: Platform team was cancelled.").exists()


def test_an_interview_that_comes_back_opens_its_plan_again() -> None:
    interview = world.interview()
    happenings.cancel(interview, by=world.alex(), at=world.NOW)
    world.taken_in(world.later(world.meeting(), hours=0))
    assert Plan.objects.get().closed_at is None
    assert Step.objects.seen_by(world.alex()).to_do_now(MORNING).exists()


def test_somebody_dismissed_is_due_nothing_until_confirmed() -> None:
    sam = world.interviewer("Sam Ortiz")
    happenings.dismiss_interviewer(sam, by=world.alex(), at=world.NOW)
    assert not Step.objects.standing().filter(person=sam.person).exists()
    happenings.confirm_interviewer(sam, by=world.alex(), at=world.NOW)
    assert Step.objects.standing().filter(person=sam.person).exists()


def test_a_dismissed_interviewer_does_not_count_in_the_panel() -> None:
    sam = world.interviewer("Sam Ortiz")
    happenings.dismiss_interviewer(sam, by=world.alex(), at=world.NOW)
    assert "Sam Ortiz" not in {one.person.name for one in Step.objects.to_do_now(MORNING)}


def test_time_alone_changes_advice_and_the_member_is_told_when_to_look() -> None:
    world.interview()
    plan = Plan.objects.get()
    assert plan.refresh_due_at is not None
    assert world.NOW < plan.refresh_due_at <= world.NOW + timedelta(days=1)
    assert happenings.refresh_due(world.alex(), world.NOW) == []
    assert Plan.objects.get().computed_at == world.NOW
    happenings.refresh_due(world.alex(), MORNING)
    assert Plan.objects.get().computed_at == MORNING
    assert not Plan.objects.filter(refresh_due_at__lte=MORNING).exists()


def test_a_stranger_refreshes_nothing() -> None:
    world.interview()
    happenings.refresh_due(world.robin(), MORNING)
    assert Plan.objects.get().computed_at == world.NOW
    assert not Plan.objects.seen_by(world.robin()).exists()
    assert not Step.objects.seen_by(world.robin()).exists()


def test_a_plan_follows_another_school_and_says_where_it_falls_back() -> None:
    plan = world.interview().plan
    plan.follow("next-day", by=world.alex(), at=world.NOW)
    advised = world.step("invite", "professional")
    assert advised.because[0]["school"] == "next-day" or advised.falls_back
    assert world.step("check_in", "email").falls_back
    with pytest.raises(NotAllowed, match="no school 'next-dya'"):
        plan.follow("next-dya", by=world.alex(), at=world.NOW)


def test_a_school_of_ones_own_advises_too_and_nobody_elses() -> None:
    norm = {
        "id": "wait",
        "act": "thank",
        "channel": "email",
        "verdict": "avoid",
        "strength": "must",
        "because": "I never write.",
        "source": "myself",
    }
    OwnSchool.objects.create(member=world.alex(), identifier="mine", name="Mine", source="me", norms=[norm])
    plan = world.interview().plan
    plan.follow("mine", by=world.alex(), at=world.NOW)
    assert world.step("thank", "email").verdict == "avoid"
    assert world.step("thank", "email").because[0]["says"] == "I never write."
    with pytest.raises(NotAllowed, match="no school"):
        happenings.follow_school(world.robin(), "mine", at=world.NOW)


def test_the_second_interview_with_somebody_is_known_in_the_first_plan() -> None:
    world.interview()
    second = world.meeting(uid="second", starts=MORNING, ends=MORNING + timedelta(hours=1))
    world.taken_in(second)
    open_ones = Step.objects.standing().filter(person__name="Dana Lee")
    assert open_ones.filter(act="invite", channel="professional").count() == 1
    assert open_ones.filter(act="thank", channel="email").count() == 2


def test_what_was_promised_reaches_the_plan() -> None:
    application = world.application()
    happenings.expect(application, reply_by=date(2026, 11, 27), by=world.alex(), at=world.NOW)
    before = world.step("check_in", "email", "Priya Nair").verdict
    happenings.refresh_due(world.alex(), world.NOW + timedelta(days=14))
    assert (before, world.step("check_in", "email", "Priya Nair").verdict) == ("hold", "do")


def test_computing_many_plans_takes_no_more_queries_than_computing_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    world.interview()
    for number in range(4):
        world.taken_in(world.meeting(uid=f"other-{number}", participants=(world.dana(),)))
    with django_assert_max_num_queries(18):
        Plan.objects.all().recompute(world.NOW)
    with django_assert_max_num_queries(18):
        Plan.objects.filter(interview__title="Interview: Platform team").recompute(world.NOW)
