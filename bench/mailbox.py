"""A mailbox of 50,000 mails looked into for the first time: a real Dovecot on loopback, some answers among offers."""

from __future__ import annotations

import os
import pwd
import random
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.book import new_book
from bench.figure import Figure, Spent, peak_megabytes
from rapport.accounts.models import Member
from rapport.correspondence.models import Mailbox, Received, WatchedFolder
from rapport.people.models import Person
from rapport.rules.card import Card
from rapport.worker import following, reading
from tests.servers import imap

MAILS, KNOWN = 50_000, 500
"""Mails in the inbox, and how many of them come from people in the book."""

_PEOPLE = 200
_USER, _PASSWORD = "alex.morgan@mail.example", "a long enough sentence"


def figures() -> Iterator[Figure]:
    """Fill an inbox, look into it as the worker does, let the plans hear of it, and look again."""
    member = new_book()
    for number in range(_PEOPLE):
        card = Card.of(name=f"Person {number}", email=f"person{number}@initech.example")
        Person.make(member, card, source="bench", at=_now())
    with imap.running() as server:
        server.add(_USER, _PASSWORD)
        fill(server.folder / "mail" / _USER / "Maildir", MAILS, KNOWN)
        _keep(member, server)
        before = peak_megabytes()
        first = _looks(member)
        yield Figure(f"first look into {MAILS:,} mails", str(first), "under 120 s")
        yield Figure(
            "  peak memory, and before it", f"{peak_megabytes():.0f} MiB, {before:.0f} MiB", "under 300 MB"
        )
        yield Figure("  which kept", f"{Received.objects.count():,} mails of people in the book")
        began, used = time.perf_counter(), time.process_time()
        following.work(member, _now, lambda: False)
        heard = Spent(time.perf_counter() - began, time.process_time() - used)
        yield Figure(f"  and the plans hearing of {KNOWN:,}", str(heard))
        WatchedFolder.objects.update(due_at=_now())
        yield Figure("  the next look, with nothing new", str(_looks(member)), "under 1 s")


def _looks(member: Member) -> Spent:
    """Look until nothing is due; one look may be broken off after four minutes."""
    began, used = time.perf_counter(), time.process_time()
    while list(reading.due(_now())):
        reading.work(member, _now, lambda: False)
    return Spent(time.perf_counter() - began, time.process_time() - used)


def _keep(member: Member, server: imap.Dovecot) -> None:
    Mailbox.keep(
        member,
        at=_now() - timedelta(minutes=1),
        password=_PASSWORD,
        address=_USER,
        username=_USER,
        smtp_host="localhost",
        imap_host=server.host,
        imap_port=server.port,
        imap_security="none",
    )


def fill(maildir: Path, number: int, known: int) -> None:
    """Write the mails as Dovecot keeps them, in the order of their coming."""
    chance = random.Random(5)
    theirs = set(chance.sample(range(number), known))
    folder = maildir / "cur"
    for part in ("cur", "new", "tmp"):
        (maildir / part).mkdir(parents=True)
    for place in range(number):
        sender = (
            f"person{chance.randrange(_PEOPLE)}@initech.example" if place in theirs else "offers@shop.example"
        )
        (folder / f"{1_700_000_000 + place}.M{place}P1.bench:2,S").write_bytes(_mail(sender, place, chance))
    if os.getuid() == 0:
        _give_away(maildir.parent, pwd.getpwnam("dovenull"))


def _give_away(folder: Path, owner: pwd.struct_passwd) -> None:
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, owner.pw_uid, owner.pw_gid)


def _mail(sender: str, place: int, chance: random.Random) -> bytes:
    """A mail of the usual kind: several headers that nobody asks for, and some kilobytes of text."""
    trace = "".join(f"Received: from relay{hop}.example by mx.example; {place}\r\n" for hop in range(4))
    words = "Buy now. " * chance.randrange(100, 600)
    return (
        f"{trace}From: Somebody <{sender}>\r\nTo: {_USER}\r\nSubject: Number {place}\r\n"
        f"Message-ID: <{place}@shop.example>\r\nDate: {_now():%a, %d %b %Y %H:%M:%S} +0000\r\n"
        f"List-Unsubscribe: <https://shop.example/{place}>\r\nContent-Type: text/plain\r\n\r\n{words}\r\n"
    ).encode()


def _now() -> datetime:
    return datetime.now(UTC)
