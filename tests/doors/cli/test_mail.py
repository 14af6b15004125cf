"""`rapport worker` and `rapport outbox`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rapport.correspondence.models import Delivery, Mailbox
from rapport.followups.models import Step
from rapport.followups.sending import dispatch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def queued(stands, smtp_server):
    """A mail of the laptop's member that is due."""
    step = Step.objects.with_all().get(act="thank", channel="email", person__name="Dana Lee")
    member, now = step.plan.member, step.plan.computed_at
    Mailbox.keep(
        member, at=now, address="alex.morgan@mail.example", username="", smtp_host=smtp_server.hostname,
        smtp_port=smtp_server.port, smtp_security="none",
    )  # fmt: skip
    return dispatch(step, by=member, at=now - timedelta(minutes=20), soon=True, confirmed=True)


def test_the_worker_sends_what_is_due_and_ends(rapport, queued, smtp_server):
    assert rapport("worker", "--once").code == 0
    assert [kept.message["Message-ID"] for kept in smtp_server.received] == [queued.message_id]
    assert Step.objects.get(note=queued.note).state == "done"


def test_the_outbox_lists_what_waits_and_what_left(rapport, queued):
    ran = rapport("outbox")
    assert ran.out.startswith("waiting to leave")
    assert "thank-you by e-mail to Dana Lee <dana.lee@initech.example>" in ran.out
    rapport("worker", "--once")
    (mail,) = rapport("outbox", "--json").document["mails"]
    assert (mail["state"], mail["leaves"], mail["message_id"]) == ("sent", None, queued.message_id)
    assert mail["sent"].endswith("Z")


def test_the_outbox_says_why_something_came_back(rapport, queued, smtp_server):
    smtp_server.when("RCPT", "550 5.1.1 No such user")
    rapport("worker", "--once")
    assert "came back" in rapport("outbox").out
    assert "550 5.1.1 No such user" in rapport("outbox").out
    assert Delivery.objects.get().state == "returned"


def test_an_empty_outbox_says_so(rapport, db):
    assert rapport("outbox").out == "Nothing was sent by mail yet.\n"
