"""The worker as a whole: one slow member holds up nobody else, two workers share without doubles, and it ends."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, connections

from rapport.accounts.models import Member
from rapport.correspondence.models import Attachment, Delivery, Mailbox, Note
from rapport.people.models import Person
from rapport.rules.card import Card
from rapport.worker import loop
from rapport.worker.lanes import Lanes
from tests import world
from tests.servers.smtp import GREETING, SmtpServer, Stall

pytestmark = pytest.mark.django_db(transaction=True)
LATER = world.NOW + timedelta(hours=1)


def queue(member: Member, server: SmtpServer, number: int = 1) -> None:
    Mailbox.keep(
        member, at=world.NOW, address=member.email, username="", smtp_host=server.hostname, smtp_port=server.port,
        smtp_security="none",
    )  # fmt: skip
    person = Person.make(
        member, Card.of(name="Dana Lee", email="dana@initech.example"), source="a card", at=world.NOW
    )
    for index in range(number):
        note = Note.objects.create(
            member=member, person=person, act="thank", channel="email", subject=f"Thank you {index}",
            text="It was good to meet you.", composed="", composed_at=world.NOW,
        )  # fmt: skip
        Delivery.queue(note, "dana@initech.example", due_at=world.NOW, by=member, at=world.NOW)


def work(stop: Event) -> Thread:
    """Let a worker of its own work in a thread, with its own connections."""

    def alone():
        loop.work(stop, lambda: LATER, pause=0.05)
        connections.close_all()

    thread = Thread(target=alone)
    thread.start()
    return thread


def until(true, seconds=20):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def pragmas():
    """Leave the settings of the connection as they were."""
    options = dict(connection.settings_dict["OPTIONS"])
    yield
    connection.settings_dict["OPTIONS"] = options


def test_a_server_that_stalls_for_one_member_holds_up_nobody_else(smtp_server, certificate):
    with SmtpServer(certificate) as stalling:
        stall = Stall(20)
        stalling.when(GREETING, stall)
        queue(world.alex(), stalling)
        queue(world.robin(), smtp_server, number=3)
        stop = Event()
        worker = work(stop)
        until(lambda: len(smtp_server.received) == 3)
        assert stalling.received == []
        stalling.go_on(stall)
        until(lambda: len(stalling.received) == 1)
        stop.set()
        worker.join(20)
        assert not worker.is_alive()


def test_two_workers_share_without_doubles(smtp_server):
    for member in (world.alex(), world.robin()):
        queue(member, smtp_server, number=10)
    stops = [Event(), Event()]
    workers = [work(stop) for stop in stops]
    until(lambda: Delivery.objects.filter(state="sent", followed_at__isnull=False).count() == 20)
    for stop, worker in zip(stops, workers, strict=True):
        stop.set()
        worker.join(20)
    assert set(Counter(kept.message["Message-ID"] for kept in smtp_server.received).values()) == {1}
    assert len(smtp_server.received) == 20


def test_what_has_time_has_its_turn_beside_what_presses(smtp_server):
    queue(world.alex(), smtp_server)
    stop = Event()
    worker = work(stop)
    until(lambda: smtp_server.received)
    Attachment.objects.create(
        note=Note.objects.get(), name="portfolio.pdf", media_type="application/pdf", size=5, content=b"words",
        detached_at=world.NOW - timedelta(days=2),
    )  # fmt: skip
    until(lambda: not Attachment.objects.exists())
    stop.set()
    worker.join(20)
    assert not worker.is_alive()


def test_one_round_ends_when_nothing_is_due(smtp_server):
    queue(world.alex(), smtp_server, number=2)
    loop.work(Event(), lambda: LATER, once=True)
    assert len(smtp_server.received) == 2


def test_work_that_breaks_off_frees_its_lane_and_is_logged_without_words(caplog):
    def breaks():
        raise RuntimeError("Dear Dana")

    lanes = Lanes(1)
    assert lanes.offer("alex", breaks)
    until(lambda: not lanes.busy)
    done = Event()
    assert lanes.offer("alex", done.set)
    assert done.wait(5)
    lanes.close()
    assert "work in lane alex broke off" in caplog.messages


def test_a_kind_of_work_that_cannot_be_looked_for_stops_no_other(caplog):
    def breaks(_at):
        raise RuntimeError("Dear Dana")

    member, lanes, done = world.alex(), Lanes(1), Event()
    kinds = {
        "broken": loop.Kind(breaks, lambda *_: None),
        "sound": loop.Kind(lambda _: [member.pk], lambda *_: done.set()),
    }
    assert loop._look(kinds, lanes, lambda: LATER, Event()) == 1  # noqa: SLF001  one look, with kinds of our own
    assert done.wait(5)
    until(lambda: not lanes.busy)
    lanes.close()
    assert caplog.messages == ["looking for what is due broke off: broken"]


def test_a_lane_takes_one_job_at_a_time():
    lanes, gate = Lanes(2), Event()
    assert lanes.offer("alex", lambda: gate.wait(5) and None)
    assert not lanes.offer("alex", gate.set)
    assert lanes.offer("robin", gate.set)
    lanes.close()


def test_a_mark_is_on_the_disk_before_the_final_dot():
    loop.survive_a_power_cut()
    asks, waits = {
        "sqlite": ("PRAGMA synchronous", 2),  # FULL
        # Waiting is the default; whoever runs the cluster may choose otherwise, and no connection of ours does.
        "postgresql": (
            "SELECT source IN ('client', 'session') FROM pg_settings WHERE name = 'synchronous_commit'",
            False,
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asks)
        assert cursor.fetchone() == (waits,)
