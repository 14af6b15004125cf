"""Imports in the background: looked at, brought in by the member's word, whole or not at all however they end."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from io import BytesIO

import pytest

from rapport.accounts.models import Member
from rapport.intake.models import Batch, Import, Piece
from rapport.intake.models import batch as batches
from rapport.intake.models.waiting import AT_ONCE, KEPT, LEASE, TRIES, LeaseLost
from rapport.journal.errors import NotAllowed
from rapport.people.models import Person
from rapport.worker import importing
from tests import world
from tests.worker.test_killed import ROOT, database_url

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
LATER = world.NOW + timedelta(minutes=1)


def connections(count: int = 3) -> bytes:
    rows = (
        f"Kim,Park-{number},https://www.linkedin.com/in/kim-{number},,Company {number % 9},Engineer,08 Feb 2026"
        for number in range(count)
    )
    return "\n".join([HEADER, *rows]).encode()


def begun(*files: tuple[str, bytes]) -> Import:
    named = files or (("Connections.csv", connections()),)
    return Import.begin(world.alex(), [(name, BytesIO(text)) for name, text in named], at=world.NOW)


def work(at: datetime = LATER) -> Import:
    assert list(importing.due(at)) == [world.alex().pk]
    importing.work(world.alex(), lambda: at, lambda: False)
    return Import.objects.latest("pk")


@pytest.mark.django_db
def test_an_import_is_looked_at_first_and_brought_in_by_word():
    world.taken_in(world.card(name="Dana Lee", email="dana@initech.example"))
    dana = b"BEGIN:VCARD\nVERSION:3.0\nFN:Dana Lee\nTITLE:CTO\nEMAIL:dana@initech.example\nEND:VCARD\n"
    torn = dana + b"BEGIN:VCARD\n"
    begun(("Connections.csv", connections()), ("cards.vcf", torn))
    seen = work()
    assert Person.objects.count() == 1
    assert (seen.state, seen.tally["new"], seen.tally["updated"]) == ("looked", 3, 1)
    assert [(line.verdict, line.name, line.stands_in) for line in seen.lines.all()] == [
        ("new", "Kim Park-0", "Connections.csv, line 2"), ("new", "Kim Park-1", "Connections.csv, line 3"),
        ("new", "Kim Park-2", "Connections.csv, line 4"), ("changed", "Dana Lee", "cards.vcf, line 1"),
        ("unreadable", "cards.vcf", "cards.vcf, line 7"),
    ]  # fmt: skip
    assert seen.lines.get(verdict="changed").says == "Title CTO"
    assert not list(importing.due(LATER))

    seen.confirm(by=world.alex())
    done = work()
    assert (done.state, done.batch.tally["new"], Person.objects.count()) == ("applied", 3, 4)
    assert not Piece.objects.exists()
    assert not done.lines.exists()
    with pytest.raises(NotAllowed, match="is in your book"):
        done.confirm(by=world.alex())
    done.batch.ask_undo(by=world.alex(), at=LATER)
    work()
    assert Person.objects.get().title == ""
    assert Batch.objects.get(pk=done.batch_id).undone_at == LATER
    assert not list(importing.due(LATER + timedelta(days=1)))


@pytest.mark.django_db
def test_what_would_wait_for_the_members_word_is_foreseen_with_its_place():
    world.taken_in(world.card(name="Dana Lee", email="dana@initech.example"))
    Member.objects.update(applied_kinds=[])
    begun(("dana.vcf", b"BEGIN:VCARD\nFN:Dana Lee\nTITLE:CTO\nEMAIL:dana@initech.example\nEND:VCARD\n"))
    (line,) = work().lines.all()
    assert (line.verdict, line.name, line.stands_in) == ("changed", "Dana Lee", "dana.vcf, line 1")
    assert line.says == "Title CTO; it would wait for your word"


@pytest.mark.django_db
def test_who_works_on_it_has_it_alone_and_a_slow_one_loses_it():
    begun()
    slow = Import.claim_next(world.alex(), at=LATER)
    assert Import.claim_next(world.alex(), at=LATER) is None
    swift = Import.claim_next(world.alex(), at=LATER + LEASE)
    with pytest.raises(LeaseLost):
        slow.looked_at(Batch(title="", applied_at=LATER), [])
    swift.looked_at(Batch(title="", applied_at=LATER), [("new", "Kim Park", "", "Connections.csv", None)])
    assert Import.objects.get().lines.get().name == "Kim Park"


@pytest.mark.django_db
def test_what_breaks_off_again_and_again_is_given_up_and_may_be_tried_once_more():
    begun()
    at = LATER
    for _ in range(TRIES):
        assert Import.claim_next(world.alex(), at=at)
        at += LEASE
    assert Import.claim_next(world.alex(), at=at) is None
    failed = Import.objects.get()
    assert failed.state == "failed"
    with pytest.raises(NotAllowed):
        failed.confirm(by=world.robin())
    failed.confirm(by=world.alex())
    assert work(at).state == "applied"


@pytest.mark.django_db
def test_what_waits_is_bounded_and_forgotten_after_a_week():
    for _ in range(AT_ONCE):
        begun()
    with pytest.raises(NotAllowed, match="wait for your word already"):
        begun()
    work()
    with pytest.raises(NotAllowed):
        Import.objects.first().leave_out(by=world.robin())
    Import.objects.first().leave_out(by=world.alex())
    assert Import.objects.count() == AT_ONCE - 1
    importing.work(world.alex(), lambda: world.NOW + KEPT, lambda: False)
    assert not Import.objects.exists()


@pytest.mark.django_db
def test_a_worker_that_died_while_taking_back_is_followed_by_another():
    batch = world.taken_in(world.card())
    batch.ask_undo(by=world.alex(), at=LATER)
    Batch.objects.update(undo_due_at=LATER + batches.UNDO_AGAIN)  # as one that died left it
    assert not list(importing.due(LATER))
    importing.work(world.alex(), lambda: LATER + batches.UNDO_AGAIN, lambda: False)
    assert Batch.objects.get().undone_at


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_at_any_moment_is_whole_or_not_there():
    people, kills = 600, 20
    waiting = begun(("Connections.csv", connections(people)))
    Import.objects.update(state="looked")
    waiting.refresh_from_db()
    waiting.confirm(by=world.alex())
    ours = os.environ | {
        "RAPPORT_DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "rapport.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    told = [str(world.alex().pk), LATER.isoformat(), str(kills), str(people), "0.2"]
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "tests.worker.killed_importing", *told],
        cwd=ROOT, env=ours, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= kills / 2, done.stdout
    assert Person.objects.count() == people
