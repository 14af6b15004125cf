"""A queued note leaves once, in order, with what the server says about it."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from rapport.correspondence.models import Attachment, Delivery, Mailbox
from rapport.correspondence.models.attachment import LARGEST
from rapport.correspondence.models.delivery import BROKE_OFF, LEASE
from rapport.followups.models import Step
from rapport.followups.sending import follow
from rapport.rules.delivery import RETRIES, UNDO
from rapport.worker import following, sending
from tests import world
from tests.servers.smtp import CONTENT, GREETING, KEPT, HangUp, SmtpServer
from tests.worker.conftest import Desk, mailbox_at

DANA = "dana.lee@initech.example"


def test_a_queued_note_leaves_when_it_is_due(desk, smtp_server):
    queued = desk.queued()
    desk.work()
    (kept,) = smtp_server.received
    assert (kept.sender, kept.recipients) == ("alex.morgan@mail.example", [DANA])
    assert kept.message["Message-ID"] == queued.message_id
    assert kept.message["To"].addresses[0].display_name == "Dana Lee"
    assert kept.message.get_content().replace("\r\n", "\n").strip() == queued.note.text.strip()
    sent = Delivery.objects.get()
    assert (sent.state, sent.sent_at, sent.said) == ("sent", desk.now, "250 OK")


def test_nothing_leaves_before_ten_minutes_have_passed(desk, smtp_server):
    queued = desk.queued()
    assert queued.due_at == world.NOW + timedelta(minutes=10)
    desk.now -= timedelta(minutes=6)
    desk.work()
    assert smtp_server.received == []


def test_a_laptop_that_slept_or_a_server_that_asks_to_wait_lets_nothing_leave_at_night(desk, smtp_server):
    queued = desk.queued(soon=False)
    assert queued.due_at == world.NOW + timedelta(minutes=10)
    night = datetime(2026, 11, 20, 23, tzinfo=UTC)
    desk.work(night - desk.now)
    assert smtp_server.received == []
    assert Delivery.objects.get().due_at == datetime(2026, 11, 23, 9, tzinfo=UTC)
    smtp_server.when("RCPT", *["451 4.3.0 Later"] * 7)
    for _ in range(7):
        desk.work(Delivery.objects.get().due_at - desk.now)
    assert Delivery.objects.get().due_at > datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    desk.work(Delivery.objects.get().due_at - desk.now)
    assert smtp_server.received == []
    desk.work(Delivery.objects.get().due_at - desk.now)
    assert len(smtp_server.received) == 1
    assert desk.now == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_what_is_hurried_leaves_at_any_hour(desk, smtp_server):
    queued, night = desk.queued(soon=False), datetime(2026, 11, 20, 23, tzinfo=UTC)
    queued.hurry(by=world.alex(), at=night)
    assert queued.due_at == night + UNDO
    queued.hurry(by=world.alex(), at=night + UNDO / 2)
    assert queued.due_at == night + UNDO
    desk.work(night + UNDO / 2 - desk.now)
    assert smtp_server.received == []
    desk.work(UNDO / 2)
    assert len(smtp_server.received) == 1


def test_a_note_that_is_taken_back_does_not_leave_and_can_be_changed(desk, smtp_server):
    queued = desk.queued()
    queued.take_back(by=world.alex(), at=desk.now)
    desk.work()
    assert smtp_server.received == []
    queued.note.edit("Better words.", "Thanks", by=world.alex(), at=desk.now)


def test_the_plan_hears_of_a_mail_that_left(desk):
    queued = desk.queued()
    desk.work()
    assert list(following.due(desk.now)) == [world.alex().pk]
    following.work(world.alex(), desk.clock, lambda: False)
    step = Step.objects.get(note=queued.note)
    assert (step.state, step.settled_at) == ("done", desk.now)
    assert list(following.due(desk.now)) == []
    assert follow(Delivery.objects.get(), at=desk.now) == []


def test_a_refusal_for_now_is_tried_again_with_the_same_message(desk, smtp_server):
    smtp_server.when("RCPT", "451 4.7.1 Greylisted", "450 4.2.1 Busy")
    desk.queued()
    desk.work()
    put_off = Delivery.objects.get()
    assert (put_off.state, put_off.due_at) == ("waiting", desk.now + RETRIES[0])
    assert "451 4.7.1 Greylisted" in put_off.said
    fixed = bytes(put_off.message)
    desk.work()
    desk.work()
    (kept,) = smtp_server.received
    assert Delivery.objects.get().attempts == 3
    assert kept.content == fixed


def test_a_refusal_for_good_comes_back_with_the_servers_words(desk, smtp_server):
    smtp_server.when("RCPT", "550 5.1.1 No such user here")
    desk.queued()
    desk.work()
    returned = Delivery.objects.get()
    assert returned.state == "returned"
    assert "550 5.1.1 No such user here" in returned.said
    returned.note.edit("To another address.", "Thanks", by=world.alex(), at=desk.now)
    assert smtp_server.received == []


def test_what_has_no_account_to_leave_by_any_more_comes_back_with_what_to_do(desk, smtp_server):
    desk.queued()
    Mailbox.objects.get().forget(by=world.alex(), at=desk.now)
    desk.work()
    returned = Delivery.objects.get()
    assert (returned.state, smtp_server.received) == ("returned", [])
    assert "Name one in Settings, under Mail" in returned.said


def test_what_fails_for_days_comes_back(desk, smtp_server):
    smtp_server.when("MAIL", *["451 4.3.0 Later"] * 20)
    desk.queued()
    for _ in range(len(RETRIES)):
        desk.work()
        desk.now = Delivery.objects.get().due_at
    desk.work()
    assert Delivery.objects.get().state == "returned"
    assert desk.now - world.NOW > timedelta(days=1)


@pytest.mark.parametrize("moment", [GREETING, "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("fault", [HangUp(), b"\xff\xfe?"])
def test_a_fault_before_the_final_dot_leaves_it_waiting(desk, smtp_server, moment, fault):
    smtp_server.when(moment, fault)
    smtp_server.when("HELO", fault)
    desk.queued()
    desk.work()
    assert Delivery.objects.get().state == "waiting"
    assert Mailbox.objects.get().trouble
    smtp_server.scripts.clear()
    desk.work()
    assert len(smtp_server.received) == 1
    assert Mailbox.objects.get().trouble == ""


@pytest.mark.parametrize("moment", [CONTENT, KEPT])
@pytest.mark.parametrize("fault", [HangUp(), b"\xff\xfe?"])
def test_a_fault_after_the_final_dot_is_not_known_and_never_sent_again_by_itself(
    desk, smtp_server, moment, fault
):
    smtp_server.when(moment, fault)
    desk.queued()
    for _ in range(5):
        desk.work()
    assert Delivery.objects.get().state == "unknown"
    assert len(smtp_server.received) == (moment == KEPT)


def test_the_server_refuses_the_words_themselves(desk, smtp_server):
    smtp_server.when(CONTENT, "554 5.7.1 This looks like spam", "451 4.3.0 Later")
    desk.queued()
    desk.queued(name="Priya Nair")
    desk.work()
    states = dict(Delivery.objects.values_list("note__person__name", "state"))
    assert states == {"Dana Lee": "returned", "Priya Nair": "waiting"}


def test_a_file_of_twenty_five_megabytes_leaves_whole(desk, smtp_server):
    smtp_server.largest = 1 << 26
    note, film = desk.queued().note, bytes(LARGEST)
    Attachment.objects.create(
        note=note, name="film.mov", media_type="video/quicktime", size=LARGEST, content=film
    )
    desk.work()
    (kept,) = smtp_server.received
    attached = kept.content.partition(b'filename="film.mov"')[2].partition(b"\r\n\r\n")[2]
    arrived = b64decode(attached.partition(b"--")[0])
    assert (len(arrived), arrived == film) == (LARGEST, True)


def test_several_mails_go_through_one_connection(desk, smtp_server):
    desk.queued()
    desk.queued(name="Priya Nair")
    smtp_server.when(GREETING, None, "421 4.3.2 One connection is enough")
    assert list(sending.due(desk.now + UNDO)) == [world.alex().pk]
    desk.work()
    assert len(smtp_server.received) == 2


def test_trouble_with_the_server_lets_all_wait_and_asks_it_once(desk, smtp_server):
    smtp_server.when(GREETING, "421 4.3.2 Shutting down")
    desk.queued()
    desk.queued(name="Priya Nair")
    desk.work()
    assert set(Delivery.objects.values_list("state", "attempts")) == {("waiting", 1)}
    assert smtp_server.scripts[GREETING] == type(smtp_server.scripts[GREETING])()


def test_what_a_dead_worker_had_waits_again_but_what_it_handed_over_is_unknown(desk):
    claimed, handed = desk.queued(), desk.queued(name="Priya Nair")
    desk.now += timedelta(minutes=15)
    for _ in range(2):
        Delivery.claim_next(world.alex(), at=desk.now)
    Delivery.objects.get(pk=handed.pk).hand_over()
    assert Delivery.release_abandoned(desk.now + timedelta(minutes=9)) == 0
    assert Delivery.release_abandoned(desk.now + timedelta(minutes=10)) == 2
    assert Delivery.objects.get(pk=claimed.pk).state == "waiting"
    assert Delivery.objects.get(pk=handed.pk).state == "unknown"


def test_a_mail_at_which_one_worker_after_the_other_dies_comes_back(desk):
    queued = desk.queued()
    for tries in range(len(RETRIES) + 1):
        assert Delivery.objects.get().state == "waiting", tries
        desk.now += timedelta(minutes=15)
        Delivery.claim_next(world.alex(), at=desk.now)
        Delivery.release_abandoned(desk.now + LEASE)
    returned = Delivery.objects.get()
    assert (returned.state, returned.said) == ("returned", BROKE_OFF)
    queued.note.refresh_from_db()
    assert queued.note.queued_at is None


def test_what_another_worker_takes_back_at_the_same_moment_stops_nobody(desk):
    desk.queued(), desk.queued(name="Priya Nair")
    desk.now += timedelta(minutes=15)
    for _ in range(2):
        Delivery.claim_next(world.alex(), at=desk.now)
    others = []

    def another_is_faster(execute, sql, *how):
        if sql.startswith("UPDATE") and not others:
            others.append(0)
            others.append(Delivery.release_abandoned(desk.now + LEASE))
        return execute(sql, *how)

    with connection.execute_wrapper(another_is_faster):
        assert Delivery.release_abandoned(desk.now + LEASE) == 0
    assert others == [0, 2]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}


def test_a_worker_that_lost_its_lease_sends_nothing(desk, smtp_server):
    desk.queued()
    desk.now += timedelta(minutes=15)
    slow = Delivery.claim_next(world.alex(), at=desk.now)
    desk.work(timedelta(minutes=9))
    assert smtp_server.received == []
    desk.work(timedelta(minutes=1))
    assert len(smtp_server.received) == 1
    with pytest.raises(Exception, match="not where it was"):
        slow.hand_over()


def test_a_mail_goes_over_tls_with_a_password(db, certificate, trusting):
    with SmtpServer(certificate, tls_at_once=True) as server:
        server.users["alex.morgan@mail.example"] = "a secret"
        mailbox_at(server, smtp_security="tls", password="a secret")
        world.interview()
        desk = Desk()
        desk.queued()
        desk.work()
        assert [(kept.over_tls, kept.signed_in_as) for kept in server.received] == [
            (True, "alex.morgan@mail.example")
        ]
