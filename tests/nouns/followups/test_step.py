"""What the member does about a step stays."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from rapport.correspondence.models import Note
from rapport.followups import happenings
from rapport.followups.models import Step
from rapport.journal.errors import NeedsConfirmation, NotAllowed
from rapport.journal.models import Entry
from rapport.web.steps.windows import window_of
from tests import world

pytestmark = pytest.mark.django_db

MORNING = world.NOW + timedelta(days=3)


def test_a_step_is_done_once_and_reopened() -> None:
    thanks = world.step()
    thanks.complete(by=world.alex(), at=world.NOW)
    with pytest.raises(NotAllowed, match="not open any more"):
        thanks.complete(by=world.alex(), at=world.NOW)
    assert thanks not in Step.objects.to_do_now(MORNING)
    lisbon = ZoneInfo("Europe/Lisbon")
    assert list(Step.objects.settled_on(world.NOW.date(), lisbon)) == [thanks]
    thanks.reopen(by=world.alex(), at=world.NOW)
    assert not Step.objects.settled_on(world.NOW.date(), lisbon).exists()
    assert thanks in Step.objects.to_do_now(MORNING)


def test_two_clicks_at_the_same_time_count_once() -> None:
    thanks, again = world.step(), world.step()
    thanks.complete(by=world.alex(), at=world.NOW)
    with pytest.raises(NotAllowed):
        again.skip(by=world.alex(), at=world.NOW)
    assert world.alex().journal.filter(verb__in=["step.done", "step.skipped"]).count() == 1


def test_a_done_step_keeps_the_advice_it_was_done_under() -> None:
    thanks = world.step()
    thanks.complete(by=world.alex(), at=world.NOW)
    due = thanks.due
    world.taken_in(world.later(world.meeting(), hours=72))
    thanks.refresh_from_db()
    assert (thanks.state, thanks.due) == ("done", due)


def test_a_snoozed_step_sleeps_until_its_hour_whatever_happens() -> None:
    thanks = world.step()
    thanks.snooze(MORNING, by=world.alex(), at=world.NOW)
    thanks.plan.recompute(world.NOW)
    assert thanks not in Step.objects.to_do_now(MORNING - timedelta(hours=1))
    assert thanks in Step.objects.waiting(MORNING - timedelta(hours=1))
    assert thanks in Step.objects.to_do_now(MORNING)


def test_a_choice_counts_in_place_of_the_advice_which_stays_recorded() -> None:
    invited = world.step("invite", "professional")
    assert invited.verdict != "do"
    advice = invited.verdict
    invited.overrule("do", by=world.alex(), at=world.NOW)
    invited.plan.recompute(MORNING)
    invited.refresh_from_db()
    assert (invited.choice, invited.verdict, invited.in_force) == ("do", advice, "do")
    assert invited in Step.objects.to_do_now(MORNING)
    invited.follow_advice(by=world.alex(), at=MORNING)
    assert invited not in Step.objects.to_do_now(MORNING)
    with pytest.raises(NotAllowed, match="followed already"):
        invited.follow_advice(by=world.alex(), at=MORNING)


def test_a_hard_norm_asks_for_confirmation_and_keeps_its_reason_in_view() -> None:
    social = world.step("invite", "social")
    assert (social.verdict, social.is_hard) == ("never", True)
    with pytest.raises(NeedsConfirmation) as asked:
        social.overrule("do", by=world.alex(), at=world.NOW)
    assert asked.value.reasons == tuple(reason["says"] for reason in social.because)
    social.refresh_from_db()
    assert social.choice == ""
    social.overrule("do", by=world.alex(), at=world.NOW, confirmed=True)
    assert social in Step.objects.to_do_now(MORNING)


def test_doing_what_a_hard_norm_forbids_asks_for_confirmation_as_well() -> None:
    social = world.step("invite", "social")
    with pytest.raises(NeedsConfirmation):
        happenings.sent(social, by=world.alex(), at=world.NOW)
    social.complete(by=world.alex(), at=world.NOW, confirmed=True)
    assert social.state == "done"


def test_an_invitation_in_place_of_a_thank_you_asks_for_confirmation() -> None:
    world.interview().plan.follow("next-day", by=world.alex(), at=MORNING)
    invitation = world.step("invite", "professional")
    assert invitation.verdict == "do"
    with pytest.raises(NeedsConfirmation, match="knows of no thank-you to Dana Lee"):
        happenings.sent(invitation, by=world.alex(), at=MORNING)
    happenings.sent(world.step("thank", "email"), by=world.alex(), at=MORNING)
    happenings.sent(world.step("invite", "professional"), by=world.alex(), at=MORNING)
    assert world.step("invite", "professional").state == "done"


def test_the_same_words_twice_are_asked_about_whoever_wrote_them_and_however_they_go() -> None:
    dana, sam = world.step(), world.step(name="Sam Ortiz")
    assert dana.note
    assert sam.note
    assert dana.person.organisation == sam.person.organisation
    Note.objects.filter(pk=sam.note.pk).update(text=dana.note.text, composed=dana.note.text)
    world.step(name="Sam Ortiz").ask_before_done()  # a draft that nobody got is not the same words twice
    happenings.sent(world.step(), by=world.alex(), at=world.NOW)
    for used in (happenings.sent, Step.complete, lambda one, **_: one.ask_before_done()):
        with pytest.raises(NeedsConfirmation) as asked:
            used(world.step(name="Sam Ortiz"), by=world.alex(), at=world.NOW)
        (reason,) = asked.value.reasons
        assert "this looks like your thank-you by e-mail to Dana Lee, 100 % the same words." in reason
    sam.note.refresh_from_db()
    assert (world.step(name="Sam Ortiz").state, sam.note.sent_at) == ("open", None)
    happenings.sent(world.step(name="Sam Ortiz"), by=world.alex(), at=world.NOW, confirmed=True)
    assert world.step(name="Sam Ortiz").state == "done"


def test_words_of_their_own_and_the_same_words_to_another_organisation_are_not_asked_about() -> None:
    dana, priya = world.step(), world.step(name="Priya Nair")
    assert dana.note
    assert priya.note
    priya.note.edit(dana.note.text, "Thanks", by=world.alex(), at=world.NOW)
    for name in ("Priya Nair", "Sam Ortiz", "Dana Lee"):
        happenings.sent(world.step(name=name), by=world.alex(), at=world.NOW)
    happenings.sent(world.step("thank", "letter"), by=world.alex(), at=world.NOW)


def test_words_are_compared_with_everything_before_in_one_query(django_assert_num_queries: object) -> None:
    world.interview()
    sam = Step.objects.with_all().get(person__name="Sam Ortiz", act="thank", channel="email")
    with django_assert_num_queries(1):  # type: ignore[operator]
        sam.ask_before_done()


def test_skipping_the_thank_you_holds_the_invitation_back() -> None:
    world.interview().plan.follow("next-day", by=world.alex(), at=MORNING)
    world.step("thank", "email").skip(by=world.alex(), at=MORNING)
    invitation = world.step("invite", "professional")
    assert (invitation.verdict, invitation.until, invitation.is_hard) == ("hold", "thank_you_sent", True)
    told = Entry.objects.about(invitation).filter(verb="step.verdict_changed")[0]
    assert "because of what you did: thank Dana Lee by e-mail." in told.says


def test_being_more_cautious_than_a_hard_norm_needs_no_confirmation() -> None:
    world.step("invite", "social").overrule("never", by=world.alex(), at=world.NOW)
    assert world.step("invite", "social").choice == "never"


def test_what_is_no_verdict_cannot_be_chosen() -> None:
    with pytest.raises(NotAllowed, match="no verdict"):
        world.step().overrule("perhaps", by=world.alex(), at=world.NOW)


def test_recording_is_done_by_intake_itself_and_is_not_on_today() -> None:
    recorded = world.step("record", "")
    assert (recorded.state, recorded.was_touched) == ("done", False)
    assert not Step.objects.settled_on(world.NOW.date(), ZoneInfo("UTC")).exists()


def test_an_enquiry_is_counted_and_their_answer_ends_it() -> None:
    enquiry = world.step("check_in", "email")
    enquiry.complete(by=world.alex(), at=MORNING)
    application = world.application()
    assert application.check_ins == 1
    happenings.they_wrote(world.person(), by=world.alex(), at=MORNING)
    assert world.application().check_ins == 0


def test_a_stranger_does_nothing_with_a_step() -> None:
    thanks = world.step()
    for verb in (thanks.complete, thanks.skip):
        with pytest.raises(NotAllowed, match="another member's book"):
            verb(by=world.robin(), at=world.NOW)
        thanks = Step.objects.get(pk=thanks.pk)
    with pytest.raises(NotAllowed, match="another member's book"):
        thanks.snooze(MORNING, by=world.robin(), at=world.NOW)
    with pytest.raises(NotAllowed, match="another member's book"):
        thanks.overrule("avoid", by=world.robin(), at=world.NOW)
    thanks.refresh_from_db()
    assert (thanks.state, thanks.snoozed_until, thanks.choice) == ("open", None, "")


def test_only_what_one_knowingly_waits_for_is_in_the_list_of_what_waits() -> None:
    world.interview()
    waiting = Step.objects.seen_by(world.alex()).waiting(MORNING)
    held = waiting.filter(verdict="hold")
    assert {(one.act, one.until) for one in held} == {("invite", "decision")}
    assert held.filter(person__name="Dana Lee").exists()
    assert not waiting.filter(until="their_invitation").exists(), "nobody invited anybody"
    called = world.step("talk_first", "phone")
    assert called.verdict == "hold"
    called.overrule("hold", by=world.alex(), at=MORNING)
    assert called in waiting.all(), "what the member holds on purpose is waited for"


def test_after_an_offer_the_calls_and_what_is_held_until_the_first_day_are_waited_for() -> None:
    happenings.decide(world.application(), "offer", by=world.alex(), at=MORNING)
    mine = Step.objects.seen_by(world.alex())
    listed = {*mine.to_do_now(MORNING), *mine.waiting(MORNING)}
    calls = Step.objects.filter(act="talk_first", channel="phone", verdict="do")
    assert calls.exists()
    assert set(calls) <= listed
    assert {one.person.name for one in listed if one.until == "joining"} >= {"Dana Lee", "Sam Ortiz"}
    assert not any(one.act == "keep_in_touch" for one in listed)


def test_what_was_put_off_stands_where_it_comes_back() -> None:
    world.interview()
    thanks = world.step()
    thanks.snooze(MORNING + timedelta(days=60), by=world.alex(), at=world.NOW)
    order = [one for one in Step.objects.seen_by(world.alex()).waiting(world.NOW) if one.verdict == "do"]
    assert thanks in order
    assert order[-1] == thanks


def test_a_list_of_steps_takes_one_query_however_long(django_assert_num_queries: object) -> None:
    world.interview()
    alex = world.alex()
    steps = Step.objects.seen_by(alex)
    with django_assert_num_queries(2):  # type: ignore[operator]
        for one in (*steps.to_do_now(MORNING).in_lists(), *steps.waiting(MORNING).in_lists()):
            window_of(one, MORNING, alex)
            str((one, one.note and one.note.is_on_its_way, one.plan.interview.application.organisation))
