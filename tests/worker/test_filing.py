"""What left stands in the Sent folder, once; what nobody knows of is looked for there."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes

import pytest

from rapport.correspondence.models import Delivery, Mailbox
from rapport.followups.models import Step
from rapport.rules.delivery import RETRIES
from rapport.worker import filing
from tests import world
from tests.servers.smtp import KEPT, HangUp


def test_a_mail_that_left_is_filed_once_as_read(post, desk, smtp_server):
    sent = desk.sent()
    desk.file()
    desk.file(timedelta(days=1))
    ((flags, content),) = post.mails("Sent")
    assert r"\Seen" in flags
    assert content == smtp_server.received[0].content
    filed = Delivery.objects.get(pk=sent.pk)
    assert (filed.filed_in, filed.filing_due_at, filed.filing_said) == ("Sent", None, "")


def test_it_is_filed_where_the_server_says_that_sent_mail_is(post, desk):
    post.makes("Ablage")
    desk.sent()
    desk.file()
    assert (len(post.mails("Ablage")), len(post.mails("Sent"))) == (1, 0)


def test_the_member_may_name_the_folder(post, desk):
    post.makes("Briefe an Häuser")
    Mailbox.objects.update(sent_folder="Briefe an Häuser")
    desk.sent()
    desk.file()
    assert Delivery.objects.get().filed_in == "Briefe an Häuser"
    assert post.mails("Sent") == []


def test_what_the_provider_filed_itself_is_not_filed_again(post, desk, smtp_server):
    desk.sent()
    post.brings(smtp_server.received[0].content, "Sent")
    desk.file()
    assert len(post.mails("Sent")) == 1
    assert Delivery.objects.get().filed_in == "Sent"


def test_nothing_is_filed_in_the_first_moment(post, desk):
    desk.sent()
    assert list(filing.due(desk.now)) == []
    assert list(filing.due(desk.now + timedelta(minutes=1))) == [world.alex().pk]


def test_what_cannot_be_filed_for_days_is_left_with_the_reason(post, desk):
    Mailbox.objects.update(sent_folder="Nowhere")
    desk.sent()
    for _ in range(len(RETRIES)):
        desk.file()
        desk.now = Delivery.objects.get().filing_due_at
    desk.file()
    left = Delivery.objects.get()
    assert (left.state, left.filed_at, left.filing_due_at) == ("sent", None, None)
    assert "says no to the folder Nowhere" in left.filing_said
    desk.file(timedelta(days=30))
    assert Delivery.objects.get().filing_attempts == len(RETRIES) + 1


def test_a_server_that_is_away_is_asked_once_for_all_and_again_later(post, desk):
    desk.sent()
    desk.sent(name="Priya Nair")
    port = Mailbox.objects.get().imap_port
    Mailbox.objects.update(imap_port=1)
    desk.file()
    assert "cannot be reached" in Mailbox.objects.get().reading_trouble
    assert set(Delivery.objects.values_list("filing_attempts", flat=True)) == {1}
    Mailbox.objects.update(imap_port=port)
    desk.file()
    assert len(post.mails("Sent")) == 2


def test_without_a_server_to_file_on_nothing_is_due_until_there_is_one(post, desk):
    Mailbox.objects.update(imap_host="")
    desk.sent()
    assert list(filing.due(desk.now + timedelta(days=3))) == []
    Mailbox.objects.update(imap_host=post.dovecot.host)
    desk.file(timedelta(days=3))
    assert len(post.mails("Sent")) == 1


def test_two_workers_do_not_file_the_same_mail(post, desk):
    desk.sent()
    desk.now += timedelta(minutes=5)
    first = Delivery.objects.get()
    second = Delivery.objects.get()
    assert first.claim_filing(at=desk.now) is not None
    assert second.claim_filing(at=desk.now) is None
    desk.file(timedelta(0))
    assert post.mails("Sent") == []
    desk.file(timedelta(minutes=30))
    assert len(post.mails("Sent")) == 1


@pytest.fixture
def unknown(post, desk, smtp_server):
    smtp_server.when(KEPT, HangUp())
    desk.sent()
    delivery = Delivery.objects.get()
    assert delivery.state == "unknown"
    return delivery


def test_a_mail_nobody_knows_of_is_found_in_the_sent_folder(post, desk, unknown, smtp_server):
    post.brings(smtp_server.received[0].content, "Sent")
    desk.file()
    desk.read()
    found = Delivery.objects.get()
    assert (found.state, found.filed_in, found.said) == ("sent", "Sent", "It stands in Sent.")
    assert Step.objects.get(note=found.note_id).state == "done"
    assert len(post.mails("Sent")) == 1


def test_a_mail_nobody_knows_of_and_that_is_not_there_stays_unknown_and_is_not_filed(post, desk, unknown):
    for _ in range(len(RETRIES) + 1):
        desk.file()
        desk.now = Delivery.objects.get().filing_due_at or desk.now
    left = Delivery.objects.get()
    assert (left.state, left.filing_due_at) == ("unknown", None)
    assert "It is not in Sent" in left.filing_said
    assert post.mails("Sent") == []


def test_the_member_says_that_it_left_and_it_is_filed(post, desk, unknown):
    unknown.was_found("You say so.", at=desk.now)
    desk.file()
    ((_, content),) = post.mails("Sent")
    assert message_from_bytes(content)["Message-ID"] == unknown.message_id
