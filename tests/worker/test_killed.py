"""Whenever a worker is killed, nobody gets a mail twice, and no mail is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from rapport.correspondence.models import Delivery, Note
from tests import world
from tests.worker.conftest import mailbox_at

ROOT = Path(__file__).parents[2]
MAILS, KILLS = 200, 240


def database_url() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{known['USER']}@{known['HOST'].replace('/', '%2F')}/{known['NAME']}"


def killed_again_and_again(member_key, begins):
    ours = os.environ | {
        "RAPPORT_DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "rapport.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "tests.worker.killed", str(member_key), begins.isoformat(), str(KILLS)],
        cwd=ROOT, env=ours, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_hundreds_of_times_sends_nothing_twice_and_loses_nothing(smtp_server):
    member, dana = world.alex(), world.person()
    mailbox_at(smtp_server)
    for number in range(MAILS):
        note = Note.objects.create(
            member=member, person=dana, act="thank", channel="email", subject=f"Thank you {number}",
            text="It was good to meet you.", composed="", composed_at=world.NOW,
        )  # fmt: skip
        Delivery.queue(note, "dana.lee@initech.example", due_at=world.NOW, by=member, at=world.NOW)

    kills = killed_again_and_again(member.pk, world.NOW + timedelta(minutes=1))

    received = Counter(kept.message["Message-ID"] for kept in smtp_server.received)
    states = dict(Delivery.objects.values_list("message_id", "state"))
    assert kills > 200, kills
    assert max(received.values()) == 1
    assert set(states.values()) <= {"sent", "unknown"}
    assert [key for key, state in states.items() if state == "sent" and not received[key]] == []
    assert Counter(states.values())["sent"] > MAILS / 2
    assert not Delivery.objects.to_follow().exists()
