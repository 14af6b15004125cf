"""`rapport letter`: the words, the PDFs, the day of posting."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from rapport.accounts.models import Member
from rapport.followups.models import Step
from rapport.people.models import Person
from rapport.rules.card import PostalAddress
from tests.doors.cli.conftest import INVITATION, NOW, ROOT, Planned
from tests.pdf import pages

pytestmark = pytest.mark.django_db

BERLIN = PostalAddress(
    street="Unter den Linden 5", locality="Berlin", postal_code="10117", country="DE", place="home"
)


@pytest.fixture(scope="module")
def examples_planned_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Planned:
    """The examples, planned, to be copied."""
    with django_db_blocker.unblock():
        return Planned.of(*sorted((ROOT / "examples").iterdir()))


@pytest.fixture
def book(examples_planned_once: Planned, db: None) -> Member:
    """Take in the examples: Dana Lee has an address in Lisbon, the others none."""
    examples_planned_once.rows.put()
    member = Member.objects.of_this_laptop()
    member.post_from(BERLIN)
    return member


def letter_to(name: str) -> Step:
    return Step.objects.get(person__name=name, channel="letter")


def test_the_words_stand_under_the_address(rapport: Any, book: Member) -> None:
    ran = rapport("letter", "dana")
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[:5] == ["Dana Lee", "Initech", "Rua Augusta 100", "1100-053 LISBON", "PORTUGAL"]
    assert "Dear Dana," in lines
    assert "it fits on an A6 folded card." in ran.out


def test_letter_and_envelope_are_written_as_pdf(rapport: Any, book: Member, tmp_path: Any) -> None:
    letter, envelope = tmp_path / "letter.pdf", tmp_path / "envelope.pdf"
    ran = rapport(
        "letter", "dana.lee@initech.example", "--pdf", letter, "--envelope", envelope, "--size", "c6"
    )
    assert ran.code == 0
    assert f"The letter to Dana Lee is in {letter} (A4)." in ran.out
    (page,) = pages(envelope.read_bytes())
    assert page.width == pytest.approx(162, abs=0.1)
    assert page.lines[-2:] == ["1100-053 LISBON", "PORTUGAL"]
    (page,) = pages(letter.read_bytes())
    assert page.lines[0] == "Alex Morgan"
    rapport("letter", "dana", "--pdf", letter, "--paper", "us-letter")
    assert pages(letter.read_bytes())[0].width == pytest.approx(215.9, abs=0.1)


def test_a_step_is_named_by_its_number(rapport: Any, book: Member) -> None:
    assert "Dear Dana," in rapport("letter", letter_to("Dana Lee").pk).out
    mail = Step.objects.get(person__name="Dana Lee", act="thank", channel="email")
    ran = rapport("letter", mail.pk)
    assert (ran.code, "is no letter of yours" in ran.err) == (2, True)


def test_several_people_are_listed_and_nobody_is_said(rapport: Any, book: Member) -> None:
    ran = rapport("letter", "initech.example")
    assert ran.code == 2
    assert "Dana Lee, VP Engineering at Initech <dana.lee@initech.example>" in ran.err
    assert "Sam Ortiz" in ran.err
    assert (rapport("letter", "zed").code, "nobody in your book" in rapport("letter", "zed").err) == (2, True)


def test_posted_and_taken_back(rapport: Any, book: Member) -> None:
    ran = rapport("letter", "dana", "--posted-on", "2026-11-20", "--now", NOW)
    assert ran.out == "Posted on Friday 20 November 2026; it arrives about Thursday 26 November 2026.\n"
    assert letter_to("Dana Lee").state == "done"
    assert "Posted on Friday 20 November 2026" in rapport("letter", "dana").out
    me = ("--me", "alex.morgan@mail.example", "--now", NOW)
    assert "posted yesterday, arrives about Thursday" in rapport("plan", INVITATION, *me).out
    again = rapport("letter", "dana", "--posted-on", "2026-11-20", "--now", NOW)
    assert (again.code, "not open any more" in again.err) == (1, True)
    assert rapport("letter", "dana", "--not-posted").code == 0
    assert letter_to("Dana Lee").state == "open"


def test_the_same_words_twice_count_as_posted_only_when_that_is_said(rapport: Any, book: Member) -> None:
    dana, sam = letter_to("Dana Lee").note, letter_to("Sam Ortiz").note
    assert dana
    assert sam
    sam.edit(dana.text, "", by=book, at=sam.composed_at)
    assert rapport("letter", "dana.lee", "--posted-on", "2026-11-20", "--now", NOW).code == 0
    line = ("letter", "sam.ortiz", "--posted-on", "2026-11-20", "--now", NOW)
    ran = rapport(*line)
    assert (ran.code, letter_to("Sam Ortiz").state) == (1, "open")
    assert "this looks like your thank-you by hand to Dana Lee, 100 % the same words." in ran.err
    assert "--all-the-same" in ran.err
    assert rapport(*line, "--all-the-same").code == 0
    assert letter_to("Sam Ortiz").state == "done"


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        (["--posted-on", "2026-11-19", "--now", NOW], 1, "before the interview"),
        (["--posted-on", "2026-11-29", "--now", NOW], 1, "today or earlier"),
        (["--posted-on", "soon"], 2, "write it as 2026-11-23"),
        (["--size", "a0"], 2, "invalid choice"),
        (["--pdf", "/no/such/folder/x.pdf"], 1, "/no/such/folder/x.pdf cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(
    rapport: Any, book: Member, line: list[str], code: int, sentence: str
) -> None:
    ran = rapport("letter", "dana", *line)
    assert (ran.code, sentence in ran.err) == (code, True)
    assert letter_to("Dana Lee").posted_at is None


def test_an_envelope_needs_an_address(rapport: Any, book: Member, tmp_path: Any) -> None:
    ran = rapport("letter", "sam.ortiz", "--envelope", tmp_path / "e.pdf")
    assert ran.code == 1
    assert "There is no postal address of Sam Ortiz." in ran.err
    assert not (tmp_path / "e.pdf").exists()


def test_a_sign_that_no_font_has_is_named(rapport: Any, book: Member, tmp_path: Any) -> None:
    note = letter_to("Dana Lee").note
    assert note is not None
    note.edit("Thank you, 山田さん.", "", by=book, at=note.composed_at)
    ran = rapport("letter", "dana", "--pdf", tmp_path / "letter.pdf")
    assert (ran.code, "no sign for “山” (U+5C71)" in ran.err) == (1, True)


def test_another_members_people_are_nobody(rapport: Any, book: Member) -> None:
    other = Member.objects.create_user("robin@mail.example", name="Robin")
    Person.objects.filter(name="Dana Lee").update(member=other)
    assert rapport("letter", "dana").code == 2
