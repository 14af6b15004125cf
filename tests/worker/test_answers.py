"""The plan hears of each mail once: what it answers is answered, what came back is open, and each can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rapport.correspondence.models import Delivery, Received
from rapport.followups import happenings
from rapport.followups.answers import (
    answer_after_all,
    arrived_after_all,
    came_back_after_all,
    hear,
    no_answer,
)
from rapport.followups.models import Happening, Plan, Step
from rapport.followups.sending import dispatch
from rapport.interviews.models import Application
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.people.models import EmailAddress, Person
from rapport.worker import following
from tests import world
from tests.servers.smtp import KEPT, HangUp
from tests.worker.conftest import DANA, mail


def received(desk, kind="reply", delivery=None, name="Dana Lee", at=None, **said):
    """Give a mail that was noticed, and that the plans hear of next."""
    person = Person.objects.get(member=world.alex(), name=name)
    number = Received.objects.count()
    stated = {
        "member": world.alex(), "person": person, "delivery": delivery, "kind": kind, "sender": DANA,
        "message_id": f"<{number}@initech.example>", "subject": "Re: Thank you", "text": "Thank you, too.",
        "received_at": at or desk.now, "noticed_at": desk.now,
    }  # fmt: skip
    return Received.objects.create(**(stated | said))


def heard(desk, *arguments, **said):
    kept = received(desk, *arguments, **said)
    hear(kept, at=desk.now)
    return kept


def thanked(step_of=None):
    return Step.objects.get(act="thank", channel="email", person__name=step_of or "Dana Lee")


def test_an_answer_that_comes_in_is_real_contact_and_the_outcome_of_the_step(post, desk):
    sent = desk.sent()
    post.brings(mail("Thank you, too.", to=sent, at=desk.now))
    (kept,) = desk.read()
    step = thanked()
    assert (step.answer, step.answered_at) == ("thanked_back", kept.received_at)
    assert kept.person.last_contact_at == kept.received_at
    entry = Entry.objects.get(verb="person.wrote")
    assert (entry.says, entry.at) == (f"Dana Lee answered: Re: {sent.note.subject}", kept.received_at)


def test_each_mail_is_heard_once(desk):
    kept = heard(desk, delivery=desk.sent())
    assert hear(kept, at=desk.now) == []
    following.work(world.alex(), desk.clock, lambda: False)
    assert Happening.objects.count() == 1


def test_what_waited_for_an_answer_is_released(desk):
    asked = Step.objects.with_all().get(act="check_in", channel="email", person__name="Dana Lee")
    asked.complete(by=world.alex(), at=desk.now, confirmed=True)
    assert set(Step.objects.filter(act="check_in", until="reply").values_list("verdict", flat=True)) == {
        "hold"
    }
    desk.now += timedelta(days=1)
    changed = hear(received(desk, "mail"), at=desk.now)
    assert {(one.step.act, one.before) for one in changed} >= {("check_in", "hold")}
    assert not Step.objects.filter(state="open", until="reply").exists()


def test_an_enquiry_is_answered_and_stands_again_when_it_was_no_answer(desk):
    application = world.application()
    step = Step.objects.with_all().get(act="check_in", channel="email", person__name="Dana Lee")
    step.complete(by=world.alex(), at=desk.now, confirmed=True)
    desk.now += timedelta(days=1)
    kept = heard(desk, "mail")
    assert Application.objects.get(pk=application.pk).check_ins == 0
    step.refresh_from_db()
    assert step.answer == "replied"
    no_answer(kept, by=world.alex(), at=desk.now)
    assert Application.objects.get(pk=application.pk).check_ins == 1
    step.refresh_from_db()
    assert (step.answer, step.answered_at, step.answered_by) == ("", None, None)
    answer_after_all(kept, by=world.alex(), at=desk.now)
    assert Application.objects.get(pk=application.pk).check_ins == 0


def test_an_enquiry_is_answered_by_another_word_when_the_first_was_none(desk):
    step = Step.objects.with_all().get(act="check_in", channel="email", person__name="Dana Lee")
    step.complete(by=world.alex(), at=desk.now, confirmed=True)
    desk.now += timedelta(days=1)
    first, second = heard(desk, "mail"), heard(desk, "mail", at=desk.now + timedelta(hours=1))
    no_answer(first, by=world.alex(), at=desk.now)
    step.refresh_from_db()
    assert (Application.objects.get().check_ins, step.answered_by.received) == (0, second)
    no_answer(second, by=world.alex(), at=desk.now)
    assert Application.objects.get().check_ins == 1


def test_an_enquiry_that_was_none_does_not_stand_again_when_its_answer_was_none(desk):
    dana = Person.objects.get(name="Dana Lee")
    step = Step.objects.with_all().get(act="check_in", channel="email", person=dana)
    step.complete(by=world.alex(), at=desk.now, confirmed=True)
    desk.now += timedelta(days=1)
    happenings.they_wrote(dana, by=world.alex(), at=desk.now)
    Step.objects.with_all().get(pk=step.pk).reopen(by=world.alex(), at=desk.now)
    happenings.they_did_not_write(dana, by=world.alex(), at=desk.now)
    assert Application.objects.get().check_ins == 0


def test_a_mail_from_before_the_enquiry_does_not_answer_it(desk):
    step = Step.objects.with_all().get(act="check_in", channel="email", person__name="Dana Lee")
    step.complete(by=world.alex(), at=desk.now, confirmed=True)
    heard(desk, "mail", at=desk.now - timedelta(hours=1))
    assert Application.objects.get().check_ins == 1
    step.refresh_from_db()
    assert step.answer == ""


def test_a_mail_from_before_the_interview_arranged_it_and_is_no_contact_apart_from_it(desk):
    verdicts = set(Step.objects.values_list("pk", "verdict"))
    kept = heard(desk, "mail", at=world.INTERVIEW_STARTS - timedelta(days=3))
    assert set(Step.objects.values_list("pk", "verdict")) == verdicts
    assert kept.person.happenings.count() == 1


def test_an_older_mail_does_not_make_the_last_contact_older(desk):
    heard(desk, "mail", at=desk.now)
    heard(desk, "mail", at=desk.now - timedelta(hours=2))
    assert Person.objects.get(name="Dana Lee").last_contact_at == desk.now


def test_it_was_no_answer_and_it_was_one_after_all(desk):
    kept = heard(desk, delivery=desk.sent())
    no_answer(kept, by=world.alex(), at=desk.now)
    assert thanked().answer == ""
    assert Person.objects.get(name="Dana Lee").last_contact_at is None
    with pytest.raises(NotAllowed, match="does not count"):
        no_answer(kept, by=world.alex(), at=desk.now)
    answer_after_all(kept, by=world.alex(), at=desk.now)
    assert thanked().answer == "thanked_back"
    with pytest.raises(NotAllowed, match="already"):
        answer_after_all(kept, by=world.alex(), at=desk.now)


def test_a_stranger_takes_nothing_back(desk):
    kept = heard(desk, delivery=desk.sent())
    with pytest.raises(NotAllowed, match="another member"):
        no_answer(kept, by=world.robin(), at=desk.now)
    assert thanked().answer == "thanked_back"
    assert Received.objects.get().dismissed_at is None


def test_what_the_member_tells_by_hand_is_an_outcome_too(desk):
    desk.sent()
    dana = Person.objects.get(name="Dana Lee")
    happenings.they_wrote(dana, by=world.alex(), at=desk.now, channel="phone")
    assert thanked().answer == "thanked_back"
    happenings.they_did_not_write(dana, by=world.alex(), at=desk.now)
    assert thanked().answer == ""


def test_an_automatic_answer_is_kept_and_counts_as_none(post, desk):
    sent = desk.sent()
    post.brings(mail("I am away.", to=sent, Auto_Submitted="auto-replied", Subject="Out of office"))
    (kept,) = desk.read()
    assert (kept.kind, kept.text, kept.is_answer) == ("automatic", "I am away.", False)
    assert thanked().answer == ""
    assert not Happening.objects.exists()
    assert "It counts as no answer" in Entry.objects.get(verb="received.automatic").says


def test_what_looked_automatic_counts_once_the_member_says_that_a_person_wrote_it(desk):
    kept = received(desk, "automatic", desk.sent())
    answer_after_all(kept, by=world.alex(), at=desk.now)
    following.work(world.alex(), desk.clock, lambda: False)
    assert (kept.kind, thanked().answer, Happening.objects.count()) == ("reply", "thanked_back", 1)
    no_answer(kept, by=world.alex(), at=desk.now)
    assert thanked().answer == ""


def test_a_mail_nobody_knew_of_did_leave_when_even_a_machine_answers_it(desk, smtp_server):
    smtp_server.when(KEPT, HangUp())
    heard(desk, "automatic", desk.sent(), sender="away@initech.example")
    assert (Delivery.objects.get().state, Delivery.objects.get().said) == (
        "sent", "away@initech.example answered it by itself.",
    )  # fmt: skip


REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mail.example>
To: alex.morgan@mail.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@mail.example>
Auto-Submitted: auto-replied
Return-Path: <>
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Original-Recipient: rfc822;dana.lee@initech.example
Final-Recipient: rfc822; dana.lee@initech.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--x
Content-Type: message/rfc822

From: alex.morgan@mail.example
Message-ID: {message_id}
Subject: Thank you

Thank you.
--x--
"""


def bounced(post, desk, delivery, action="failed", status="5.1.1", said="550 5.1.1 No such user"):
    told = REPORT.format(action=action, status=status, said=said, message_id=delivery.message_id)
    post.brings(told.replace("\n", "\r\n").encode())
    return desk.read()


def test_a_bounce_gives_the_note_back_and_marks_the_address(post, desk):
    sent = desk.sent()
    (kept,) = bounced(post, desk, sent)
    assert (kept.kind, kept.status, kept.person.name) == ("bounce", "5.1.1", "Dana Lee")
    returned = Delivery.objects.get()
    assert (returned.state, returned.said) == ("returned", "550 5.1.1 No such user")
    step = thanked()
    assert (step.state, step.answer) == ("open", "bounced")
    assert EmailAddress.objects.get(email=DANA).bounced_at == desk.now
    step.note.edit("To another address.", "Thanks", by=world.alex(), at=desk.now)
    with pytest.raises(NotAllowed, match="comes back"):
        dispatch(step, by=world.alex(), at=desk.now, confirmed=True)
    again = dispatch(step, by=world.alex(), at=desk.now, confirmed=True, recipient=DANA)
    assert again.state == "waiting"


def test_a_mail_did_arrive_when_the_member_says_so_and_did_not_after_all(post, desk):
    sent = desk.sent()
    (kept,) = bounced(post, desk, sent)
    arrived_after_all(kept, by=world.alex(), at=desk.now)
    step = thanked()
    assert (step.state, step.answer, step.settled_at) == ("done", "", sent.sent_at)
    assert EmailAddress.objects.get(email=DANA).bounced_at is None
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.sent_at, delivery.note.sent_at) == ("sent", sent.sent_at, sent.sent_at)
    with pytest.raises(NotAllowed, match="no mail of yours"):
        arrived_after_all(kept, by=world.alex(), at=desk.now)
    came_back_after_all(kept, by=world.alex(), at=desk.now)
    assert (thanked().state, thanked().answer, Delivery.objects.get().state) == (
        "open",
        "bounced",
        "returned",
    )
    assert EmailAddress.objects.get(email=DANA).bounced_at == desk.now


def test_what_came_back_and_has_other_words_since_or_is_sent_anew_does_not_arrive(post, desk):
    (kept,) = bounced(post, desk, desk.sent())
    note = thanked().note
    note.edit("Other words.", "Thanks", by=world.alex(), at=desk.now)
    with pytest.raises(NotAllowed, match="changed the words"):
        arrived_after_all(kept, by=world.alex(), at=desk.now)
    edited = Entry.objects.about(note).get(verb="note.edited")
    note.put_back(edited, by=world.alex(), at=desk.now)
    desk.queued(recipient=DANA)
    with pytest.raises(NotAllowed, match="On its way"):
        arrived_after_all(Received.objects.get(), by=world.alex(), at=desk.now)
    assert Received.objects.get().dismissed_at is None


def test_another_address_is_chosen_after_a_bounce(post, desk):
    EmailAddress.objects.create(person=world.person(), email="dana@home.example", sphere="social")
    bounced(post, desk, desk.sent())
    with pytest.raises(NotAllowed, match="comes back"):  # nothing social by itself
        dispatch(thanked(), by=world.alex(), at=desk.now, confirmed=True)
    EmailAddress.objects.create(person=world.person(), email="lee@initech.example")
    assert world.person().work_email == "lee@initech.example"


def test_what_is_sent_again_after_a_bounce_and_answered_is_answered(post, desk):
    bounced(post, desk, desk.sent())
    queued = desk.queued(recipient=DANA)
    desk.work()
    following.work(world.alex(), desk.clock, lambda: False)
    assert (thanked().state, thanked().answer) == ("done", "")
    heard(desk, delivery=Delivery.objects.get(pk=queued.pk))
    assert thanked().answer == "thanked_back"
    assert EmailAddress.objects.get(email=DANA).bounced_at is None


def test_a_full_mailbox_does_not_mark_the_address(post, desk):
    bounced(post, desk, desk.sent(), status="5.2.2", said="552 5.2.2 Mailbox full")
    assert Delivery.objects.get().state == "returned"
    assert EmailAddress.objects.get(email=DANA).bounced_at is None


def test_a_delay_brings_nothing_back(post, desk):
    (kept,) = bounced(post, desk, desk.sent(), action="delayed", status="4.4.1", said="451 Later")
    assert kept.kind == "automatic"
    assert Delivery.objects.get().state == "sent"


def test_a_bounce_before_the_plan_heard_that_it_left(post, desk):
    queued = desk.queued()
    desk.work()
    bounced(post, desk, queued)
    assert Delivery.objects.get().state == "returned"
    assert (thanked().state, thanked().answer) == ("open", "bounced")


def test_a_mail_nobody_knew_of_is_found_by_its_answer(post, desk, smtp_server):
    smtp_server.when(KEPT, HangUp())
    sent = desk.sent()
    assert sent.state == "unknown"
    post.brings(mail("Thank you, too.", to=sent))
    desk.read()
    found = Delivery.objects.get()
    assert (found.state, found.said) == ("sent", "Dana Lee answered it.")
    assert (thanked().state, thanked().answer) == ("done", "thanked_back")


def met_dana_alone(desk):
    """Whoever was met alone is asked how things stand."""
    for name in ("Sam Ortiz", "Priya Nair"):
        happenings.dismiss_interviewer(world.interviewer(name), by=world.alex(), at=desk.now)


def test_the_next_mail_goes_on_in_the_thread(post, desk, smtp_server):
    met_dana_alone(desk)
    sent = desk.sent()
    post.brings(mail("Thank you, too.", to=sent, Message_ID="<dana@initech.example>"))
    desk.read()
    desk.sent("check_in")
    last = smtp_server.received[-1].message
    assert last["In-Reply-To"] == "<dana@initech.example>"
    assert last["References"] == f"{sent.message_id} <dana@initech.example>"


def test_a_first_mail_does_not_go_on_in_the_thread_that_arranged_the_interview(desk):
    heard(desk, "mail", at=world.INTERVIEW_STARTS - timedelta(days=3))
    assert desk.sent().in_reply_to == ""


def test_a_mail_that_was_no_answer_is_not_gone_on_with(desk):
    met_dana_alone(desk)
    kept = heard(desk, delivery=desk.sent())
    no_answer(kept, by=world.alex(), at=desk.now)
    assert desk.queued("check_in").in_reply_to == ""


def test_three_weeks_without_an_answer_are_silence_until_one_comes(desk):
    sent = desk.sent()
    desk.now += timedelta(days=20)
    happenings.refresh_due(world.alex(), desk.now)
    assert thanked().answer == ""
    desk.now += timedelta(days=2)
    happenings.refresh_due(world.alex(), desk.now)
    step = thanked()
    assert (step.answer, step.answered_at) == ("silence", sent.sent_at + timedelta(days=21))
    assert Entry.objects.filter(verb="step.unanswered").count() == 1
    heard(desk, delivery=sent)
    assert thanked().answer == "thanked_back"


def test_a_promised_day_that_goes_by_is_silence(desk):
    happenings.expect(
        world.application(), by=world.alex(), at=desk.now, reply_by=datetime(2026, 11, 27, tzinfo=UTC).date()
    )
    desk.sent()
    desk.now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    happenings.refresh_due(world.alex(), desk.now)
    assert thanked().answer == ""
    desk.now += timedelta(days=1)
    happenings.refresh_due(world.alex(), desk.now)
    assert thanked().answer == "silence"


def test_a_step_that_is_open_again_has_no_outcome(desk):
    heard(desk, delivery=desk.sent())
    thanked().reopen(by=world.alex(), at=desk.now)
    assert (thanked().answer, thanked().answered_at) == ("", None)


def test_nobody_answers_an_invitation_or_a_call_by_silence(desk):
    for step in Step.objects.with_all().filter(
        person__name="Dana Lee", act__in=("invite", "talk_first"), state="open"
    ):
        step.complete(by=world.alex(), at=desk.now, confirmed=True)
    Plan.objects.all().recompute(desk.now + timedelta(days=60))
    assert not Step.objects.filter(answer="silence").exclude(channel="email").exists()
