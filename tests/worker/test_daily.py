"""The daily mail leaves once a day, with what there is to say, from the right account, and never in a heap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection

from rapport.correspondence.models import Mailbox
from rapport.followups import happenings
from rapport.followups.models import Step
from rapport.interviews.models import Interview
from rapport.journal.models import record
from rapport.notifications.models import DailyMail, Silence
from rapport.worker import daily
from tests import world
from tests.servers.smtp import CONTENT, GREETING, KEPT, HangUp
from tests.worker.conftest import mailbox_at

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""Eight in Lisbon, on the day that the thank-you notes are due."""


@pytest.fixture
def interview(db: None) -> Interview:
    """The interview, which is copied where nobody is yet."""
    return world.interview()


@pytest.fixture
def mailed(interview: Interview, mailbox: Mailbox) -> DailyMail:
    return DailyMail.switch_on(world.alex(), 8, at=world.NOW)


def worked(at: datetime) -> None:
    for _ in daily.due(at):
        daily.work(world.alex(), lambda: at, lambda: False)


def row() -> DailyMail:
    return DailyMail.objects.get()


def test_what_is_due_today_comes_at_its_hour_in_words_and_in_simple_html(mailed, smtp_server):
    worked(MONDAY - timedelta(minutes=1))
    assert smtp_server.received == []
    worked(MONDAY)
    (kept,) = smtp_server.received
    assert (kept.sender, kept.recipients) == ("alex.morgan@mail.example", ["alex.morgan@mail.example"])
    assert kept.message["Subject"].startswith("Today: Thank Dana Lee by e-mail and ")
    plain = kept.message.get_body(("plain",)).get_content()
    html = kept.message.get_body(("html",)).get_content()
    step = Step.objects.get(person__name="Dana Lee", act="thank", channel="email")
    for text in (plain, html):
        assert "Due today" in text
        assert "Thank Dana Lee by e-mail" in text
        assert f"http://127.0.0.1:8000/steps/{step.pk}" in text
    assert "by Monday 23 November 2026, 12:00 in Lisbon" in plain
    assert "<script" not in html


def test_what_is_late_says_since_when(mailed, smtp_server):
    happenings.refresh_due(world.alex(), MONDAY + timedelta(days=1))
    worked(MONDAY + timedelta(days=2))
    plain = smtp_server.received[-1].message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert (
        "- Thank Dana Lee by e-mail\n  was due Mon 23 November; now by Wednesday 25 November 2026, 12:00 in Lisbon"
        in plain
    )


def test_every_mail_ends_with_one_click(mailed, smtp_server, client):
    worked(MONDAY)
    (kept,) = smtp_server.received
    link = str(kept.message["List-Unsubscribe"])
    assert kept.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"\r\nList-Unsubscribe: {link}\r\n".encode() in kept.content
    assert link.strip("<>") in kept.message.get_body(("plain",)).get_content()
    assert link.strip("<>") in kept.message.get_body(("html",)).get_content()
    path = link.strip("<>").removeprefix("http://127.0.0.1:8000")
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    worked(MONDAY + timedelta(days=1))
    assert len(smtp_server.received) == 1
    assert "was ended there" in row().said


def test_it_leaves_once_a_day(mailed, smtp_server):
    for minutes in range(0, 24 * 60, 30):
        worked(MONDAY + timedelta(minutes=minutes))
    assert len(smtp_server.received) == 1
    assert row().due_at == MONDAY + timedelta(days=1)


def test_another_hour_on_the_same_day_sends_no_second_one(mailed, smtp_server):
    worked(MONDAY)
    DailyMail.switch_on(world.alex(), 10, at=MONDAY + timedelta(hours=1))
    worked(MONDAY + timedelta(hours=2))
    assert len(smtp_server.received) == 1


def test_without_anything_to_say_there_is_no_mail(mailed, smtp_server):
    Step.objects.update(verdict="avoid")
    worked(MONDAY)
    assert smtp_server.received == []
    assert row().due_at == MONDAY + timedelta(days=1)


def test_what_was_released_and_news_are_told_once(mailed, smtp_server):
    Step.objects.update(verdict="avoid")
    member, at = world.alex(), MONDAY - timedelta(hours=3)
    released = {"verdict": ["hold", "do"]}
    step = Step.objects.get(person__name="Dana Lee", act="invite", channel="professional")
    says = "Invite Dana Lee: hold became do, because the decision came."
    record(member, "step.verdict_changed", says, step, at=at, changes=released)
    quiet = {"verdict": ["hold", "avoid"]}
    record(member, "step.verdict_changed", "Ring Dana Lee: hold became avoid.", at=at, changes=quiet)
    record(member, "person.wrote", "Dana <b>Lee</b> wrote to you.", at=at)
    record(member, "note.edited", "You edited something.", at=at)
    worked(MONDAY)
    (kept,) = smtp_server.received
    plain = kept.message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert (
        f"Free to do now\n- Invite Dana Lee\n  because the decision came.\n  http://127.0.0.1:8000/steps/{step.pk}\n"
        in plain
    )
    assert "Ring Dana Lee" not in plain
    assert "\n-- \n" in plain
    assert "Dana <b>Lee</b> wrote" in plain
    assert "Dana &lt;b&gt;Lee" in kept.message.get_body(("html",)).get_content()
    assert "You edited" not in plain
    worked(MONDAY + timedelta(days=1))
    assert len(smtp_server.received) == 1


def test_a_laptop_that_slept_for_days_sends_one_mail_about_today_or_none(mailed, smtp_server):
    worked(MONDAY + timedelta(days=3, hours=7))
    assert smtp_server.received == []
    assert row().due_at == MONDAY + timedelta(days=4)
    worked(MONDAY + timedelta(days=9, hours=2))
    assert len(smtp_server.received) == 1


@pytest.mark.parametrize("moment", [GREETING, "EHLO", "MAIL", "RCPT", "DATA"])
def test_trouble_before_the_final_dot_is_tried_again_the_same_day(mailed, smtp_server, moment):
    smtp_server.when(moment, HangUp())
    smtp_server.when("HELO", HangUp())
    worked(MONDAY)
    assert smtp_server.received == []
    assert row().said
    smtp_server.scripts.clear()
    worked(MONDAY + timedelta(minutes=15))
    assert len(smtp_server.received) == 1
    assert row().said == ""


def test_a_server_that_says_later_after_the_words_is_asked_again(mailed, smtp_server):
    smtp_server.when(CONTENT, "451 4.3.0 Later")
    worked(MONDAY)
    worked(MONDAY + timedelta(minutes=15))
    assert len(smtp_server.received) == 1
    assert row().told_on == MONDAY.date()


@pytest.mark.parametrize("moment", [CONTENT, KEPT])
def test_what_nobody_knows_is_not_sent_again(mailed, smtp_server, moment):
    smtp_server.when(moment, HangUp())
    for minutes in range(0, 120, 15):
        worked(MONDAY + timedelta(minutes=minutes))
    assert len(smtp_server.received) == (moment == KEPT)


def test_a_refusal_for_good_is_said_and_waits_for_tomorrow(mailed, smtp_server):
    smtp_server.when("RCPT", "550 5.1.1 No such user")
    worked(MONDAY)
    assert "550 5.1.1 No such user" in row().said
    assert row().due_at == MONDAY + timedelta(days=1)


def test_a_worker_that_died_before_the_dot_loses_nothing_and_after_it_sends_nothing_twice(
    mailed, smtp_server
):
    claimed = DailyMail.claim_of(world.alex(), at=MONDAY)
    worked(MONDAY + timedelta(minutes=4))
    assert smtp_server.received == []
    worked(MONDAY + timedelta(minutes=5))
    assert len(smtp_server.received) == 1
    with pytest.raises(Exception, match="left already"):
        claimed.hand_over(at=MONDAY + timedelta(minutes=5))
    later = DailyMail.claim_of(world.alex(), at=MONDAY + timedelta(days=1))
    later.hand_over(at=MONDAY + timedelta(days=1))
    worked(MONDAY + timedelta(days=1, minutes=10))
    assert len(smtp_server.received) == 1


def test_an_address_that_ends_all_mail_meanwhile_gets_none(mailed, smtp_server):
    token = Silence.token_of("alex.morgan@mail.example")
    day = daily.day_of(world.alex(), None, MONDAY)
    mail = DailyMail.claim_of(world.alex(), at=MONDAY)
    letter, account = daily.letter_of(world.alex(), day, at=MONDAY), daily.outgoing(world.alex().mailbox)
    Silence.begin(token, at=MONDAY)
    daily.send(mail, letter, account, lambda: MONDAY)
    assert smtp_server.received == []
    assert "was ended there" in row().said


def test_on_a_server_it_leaves_by_the_servers_own_account(db, smtp_server, server, settings):
    smtp_server.users["rapport"] = "p@ss/word"
    settings.MAIL_URL = f"smtp://rapport:p%40ss%2Fword@{smtp_server.hostname}:{smtp_server.port}"
    settings.MAIL_FROM = "rapport@rapport.example"
    world.interview()
    mailbox_at(smtp_server)  # the member's own, which is not used
    DailyMail.switch_on(world.alex(), 8, at=world.NOW)
    worked(MONDAY)
    (kept,) = smtp_server.received
    assert (kept.sender, kept.signed_in_as) == ("rapport@rapport.example", "rapport")
    assert str(kept.message["List-Unsubscribe"]).startswith("<https://rapport.example/no-mail/")


def test_a_server_without_mail_says_so_and_goes_on(db, smtp_server, server):
    world.interview()
    DailyMail.switch_on(world.alex(), 8, at=world.NOW)
    worked(MONDAY)
    assert "This server sends no mail" in row().said
    assert row().due_at == MONDAY + timedelta(days=1)


def test_an_hour_that_the_clock_leaps_over_still_comes(db):
    member = world.alex()
    member.time_zone = "America/New_York"
    member.save()
    mail = DailyMail.switch_on(member, 2, at=datetime(2027, 3, 14, 4, tzinfo=UTC))
    assert mail.due_at == datetime(2027, 3, 14, 7, tzinfo=UTC)
    mail = DailyMail.switch_on(member, 8, at=datetime(2027, 3, 13, 14, tzinfo=UTC))
    assert mail.due_at == datetime(2027, 3, 14, 12, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_one_moment_one_sends(smtp_server):
    mailbox_at(smtp_server)
    world.interview()
    DailyMail.switch_on(world.alex(), 8, at=world.NOW)

    def work() -> None:
        worked(MONDAY)
        connection.close()

    workers = [Thread(target=work) for _ in range(8)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(smtp_server.received) == 1
