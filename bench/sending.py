"""How fast due mails leave: beside the same words handed over by smtplib alone; and what an idle worker costs."""

from __future__ import annotations

import os
import resource
import smtplib
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from tempfile import mkdtemp

from django.utils import timezone

from bench.book import new_book
from bench.figure import Figure, Spent
from rapport.accounts.models import Member
from rapport.correspondence.models import Delivery, Mailbox, Note
from rapport.people.models import Person
from rapport.rules.card import Card
from tests.servers.certificate import Certificate
from tests.servers.smtp import SmtpServer

MAILS = 1_000
MEMBERS = 5
IDLE = 30  # seconds


def figures() -> Iterator[Figure]:
    """Send a thousand mails with one worker, then with two, and watch an idle one."""
    with SmtpServer(Certificate.made(Path(mkdtemp(dir=os.environ["RAPPORT_HOME"])))) as server:
        members = [_member(number, server) for number in range(MEMBERS)]
        bare = _bare(server)
        server.received.clear()
        _queue(members)
        spent = _worked(1)
        yield Figure(
            f"{MAILS:,} due mails, one worker",
            str(spent),
            "under 60 s",
            f"{spent.wall / bare.wall:.1f} times smtplib alone",
        )
        server.received.clear()
        _queue(members)
        spent = _worked(2)
        twice = sum(
            count > 1 for count in Counter(kept.message["Message-ID"] for kept in server.received).values()
        )
        yield Figure(f"{MAILS:,} due mails, two workers", f"{spent}, {twice} sent twice", "none twice")
    yield Figure("an idle worker", f"{_idle():.2f} % of a core", "under 1 %")


def _member(number: int, server: SmtpServer) -> Member:
    member = new_book(f"member{number}@mail.example")
    Mailbox.keep(
        member, at=timezone.now(), address=member.email or "", username="", smtp_host=server.hostname,
        smtp_port=server.port, smtp_security="none",
    )  # fmt: skip
    return member


def _queue(members: list[Member]) -> None:
    past = timezone.now() - timedelta(hours=1)
    for member in members:
        person = Person.make(
            member, Card.of(name="Dana Lee", email="dana@initech.example"), source="a card", at=past
        )
        for number in range(MAILS // MEMBERS):
            note = Note.objects.create(
                member=member, person=person, act="thank", channel="email", subject=f"Thank you {number}",
                text="It was good to meet you.\n" * 20, composed="", composed_at=past,
            )  # fmt: skip
            Delivery.queue(note, "dana@initech.example", due_at=past, by=member, at=past)


def _bare(server: SmtpServer) -> Spent:
    """The peer: a message as large, handed over a thousand times through one connection."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@mail.example", "dana@initech.example", "Thank you"
    message.set_content("It was good to meet you.\n" * 20)
    began, cpu = time.perf_counter(), time.process_time()
    with smtplib.SMTP(server.hostname, server.port) as client:
        for _ in range(MAILS):
            client.send_message(message)
    return Spent(time.perf_counter() - began, time.process_time() - cpu)


def _start(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "rapport", "worker", *words])  # noqa: S603  our own program


def _worked(number: int) -> Spent:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    workers = [_start("--once") for _ in range(number)]
    for worker in workers:
        worker.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    left = Delivery.objects.exclude(state="sent").count()
    assert not left, f"{left} mails did not leave"  # noqa: S101  a figure of half the work would be none
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(time.perf_counter() - began, cpu)


def _idle() -> float:
    """The processor's time that a worker with nothing to do takes, without its start, in percent of one core."""
    worker = _start()
    time.sleep(5)
    before = _seconds(worker.pid)
    time.sleep(IDLE)
    spent = _seconds(worker.pid) - before
    worker.terminate()
    worker.wait()
    return 100 * spent / IDLE


def _seconds(pid: int) -> float:
    """The processor's seconds of a process, as Linux counts them (proc(5): fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
