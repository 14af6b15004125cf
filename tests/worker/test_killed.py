"""Whenever a worker is killed, nobody gets a mail twice, none is lost, and each stands in the Sent folder once."""

from __future__ import annotations

import email
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from rapport.correspondence.message import message_of
from rapport.correspondence.models import Delivery, Note
from tests import world
from tests.worker.conftest import ALEX, PASSWORD, Desk, Post, mailbox_at, read_at

ROOT = Path(__file__).parents[2]
MAILS, KILLS = 150, 180
TO_SEND, TO_FILE, STEPS = 24, 5, 12


def database_url() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{known['USER']}@{known['HOST'].replace('/', '%2F')}/{known['NAME']}"


def queued(number, member, person, at):
    note = Note.objects.create(
        member=member, person=person, act="thank", channel="email", subject=f"Thank you {number}",
        text="It was good to meet you.", composed="", composed_at=at,
    )  # fmt: skip
    return Delivery.queue(note, "dana.lee@initech.example", due_at=at, by=member, at=at)


def killed_again_and_again(program, *arguments):
    ours = os.environ | {
        "RAPPORT_DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "rapport.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", f"tests.worker.{program}", *map(str, arguments)],
        cwd=ROOT, env=ours, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_hundreds_of_times_sends_nothing_twice_and_loses_nothing(smtp_server):
    dana, member = world.person(), world.alex()
    mailbox_at(smtp_server)
    for number in range(MAILS):
        queued(number, member, dana, world.NOW)

    kills = killed_again_and_again("killed", member.pk, world.NOW + timedelta(minutes=1), KILLS)

    received = Counter(kept.message["Message-ID"] for kept in smtp_server.received)
    states = dict(Delivery.objects.values_list("message_id", "state"))
    assert kills > KILLS * 3 / 4, kills
    assert max(received.values()) == 1
    assert set(states.values()) == {"sent", "unknown"}  # some died while the server had it perhaps
    assert [key for key, state in states.items() if state == "sent" and not received[key]] == []
    assert Counter(states.values())["sent"] > MAILS / 2
    assert not Delivery.objects.to_follow().exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_at_each_step_of_sending_leaves_a_doubt_and_no_second_mail(smtp_server):
    dana, member = world.person(), world.alex()
    mailbox_at(smtp_server)
    for number in range(TO_SEND):
        queued(number, member, dana, world.NOW)

    kills = killed_again_and_again("killed_at_each_step", "sending", member.pk, world.NOW)

    received = Counter(kept.message["Message-ID"] for kept in smtp_server.received)
    states = dict(Delivery.objects.values_list("message_id", "state"))
    assert kills > 2 * STEPS, kills
    assert max(received.values()) == 1
    assert {received[key] for key, state in states.items() if state == "sent"} == {1}
    assert {received[key] for key, state in states.items() if state == "unknown"} == {0, 1}
    assert set(states.values()) == {"sent", "unknown"}


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_at_each_step_of_filing_files_each_mail_once(smtp_server, dovecot):
    dana, member = world.person(), world.alex()
    dovecot.add(ALEX, PASSWORD)
    mailbox_at(smtp_server, **read_at(dovecot))
    post = Post(dovecot, Desk())
    post.makes("Sent")
    for number in range(TO_FILE):
        left = queued(number, member, dana, world.NOW)
        left.fix(message_of(left, world.NOW))
    Delivery.objects.update(state="sent", sent_at=world.NOW, followed_at=world.NOW, filing_due_at=world.NOW)

    kills = killed_again_and_again("killed_at_each_step", "filing", member.pk, world.NOW)

    filed = Counter(email.message_from_bytes(content)["Message-ID"] for _, content in post.mails("Sent"))
    post.client.logout()
    assert kills > STEPS, kills
    assert set(filed.values()) == {1}
    assert set(filed) == set(Delivery.objects.filter(filed_in="Sent").values_list("message_id", flat=True))
    assert len(filed) == TO_FILE
