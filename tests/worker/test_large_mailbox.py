"""A mailbox of years is read in pieces, in little memory, and goes on where a connection broke."""

from __future__ import annotations

import socket
import threading
import tracemalloc
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from bench.mailbox import fill
from rapport.correspondence.models import Mailbox, Received, WatchedFolder
from rapport.people.models import EmailAddress
from rapport.worker import reading
from tests import world
from tests.worker.conftest import ALEX, PASSWORD, mailbox_at, read_at

MAILS, KNOWN = 1_500, 12


@contextmanager
def cut_after(dovecot, *limits: int):
    """A way to Dovecot whose connections break after so many bytes each have come back; later ones hold."""
    listening = socket.create_server(("127.0.0.1", 0))
    left = list(limits)

    def serve():
        while True:
            try:
                here, _ = listening.accept()
            except OSError:
                return
            there = socket.create_connection((dovecot.host, dovecot.port))
            threading.Thread(target=carry, args=(here, there, -1), daemon=True).start()
            carry(there, here, left.pop(0) if left else -1)

    def carry(source, target, limit):
        with source, target:
            try:
                while limit and (octets := source.recv(min(limit, 65536) if limit > 0 else 65536)):
                    target.sendall(octets)
                    limit -= len(octets) if limit > 0 else 0
                target.shutdown(socket.SHUT_RDWR)
                source.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


@pytest.fixture
def years(db, dovecot, smtp_server):
    """A mailbox full of offers, some of whose senders are in the book."""
    dovecot.add(ALEX, PASSWORD)
    fill(dovecot.folder / "mail" / ALEX / "Maildir", MAILS, KNOWN)
    dana = world.person()
    for number in range(200):
        EmailAddress.objects.create(person=dana, email=f"person{number}@initech.example")
    return mailbox_at(smtp_server, **read_at(dovecot))


def now():
    return datetime.now(UTC)


def look():
    WatchedFolder.objects.update(due_at=now())
    reading.work(world.alex(), now, lambda: False)


def test_it_is_read_in_little_memory(years):
    tracemalloc.start()
    try:
        look()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert Received.objects.count() == KNOWN
    assert WatchedFolder.objects.get().last_uid == MAILS
    assert peak < 1_000_000  # half of it was measured; 1.2 with whole mails, 1.7 with all headers at once


def test_a_connection_that_breaks_is_gone_on_with(years, dovecot):
    with cut_after(dovecot, 200_000, 150_000, 3_000) as port:
        Mailbox.objects.update(imap_port=port)
        reached = []
        for _ in range(4):
            look()
            reached.append(WatchedFolder.objects.get().last_uid)
            if len(reached) < 4:
                assert "broke the connection off" in Mailbox.objects.get().reading_trouble
    assert 0 < reached[0] < reached[1] == reached[2] < reached[3] == MAILS
    assert Received.objects.count() == KNOWN
    assert Mailbox.objects.get().reading_trouble == ""
