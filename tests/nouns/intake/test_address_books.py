"""An address book comes in as one batch: previewed, undone as a whole, and once however often it comes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from rapport.intake.taking import preview, take_in
from rapport.people.models import CardRevision, Organisation, Person
from tests import world

pytestmark = pytest.mark.django_db

BOOKS = Path(__file__).parent.parent.parent / "corpus" / "books"
NAMES = (
    "apple.vcf",
    "google-old.csv",
    "google.csv",
    "outlook-from-google.csv",
    "outlook-live.csv",
    "outlook.csv",
)


def files(*names):
    return [(name, BytesIO((BOOKS / name).read_bytes())) for name in names or NAMES]


def test_every_book_comes_in_as_one_batch_and_the_same_person_once():
    alex = world.alex()
    batch = take_in(alex, files(), at=world.NOW)
    assert batch.problems == []
    people = Person.objects.seen_by(alex)
    # In Apple's book and in Google's, by address.
    assert people.filter(name__contains="Dana Lee").count() == 1
    assert {"Noor", "+49 30 000 0006", "王小明", "دانا حداد", "Weiß", "Zoë 🌻 O’Brien"} <= set(
        people.values_list("name", flat=True)
    )
    assert not people.filter(name__contains="Sailing").exists()
    assert batch.tally["new"] == people.count()


def test_the_same_books_again_are_nothing_new():
    alex = world.alex()
    take_in(alex, files(), at=world.NOW)
    before = Person.objects.count(), CardRevision.objects.count()
    again = take_in(alex, files(), at=world.NOW)
    assert not again.brought_something
    assert (again.tally["new"], again.tally["updated"]) == (0, 0)
    assert (Person.objects.count(), CardRevision.objects.count()) == before


def test_a_preview_counts_and_saves_nothing():
    batch = preview(world.alex(), files(), at=world.NOW)
    assert batch.tally["new"] == 15
    assert not Person.objects.exists()


def test_the_whole_batch_is_taken_back():
    alex = world.alex()
    batch = take_in(alex, files(), at=world.NOW)
    assert batch.undo(by=alex, at=world.NOW) == ()
    assert not Person.objects.exists()
    assert not Organisation.objects.exists()


def test_a_later_book_is_an_update_and_says_what_changed():
    alex = world.alex()
    take_in(alex, files("google.csv"), at=world.NOW)
    later = (BOOKS / "google.csv").read_text("utf-8-sig").replace("VP Engineering", "CTO")
    batch = take_in(alex, [("later.csv", BytesIO(later.encode()))], at=world.NOW)
    assert (batch.tally["new"], batch.tally["updated"], batch.tally["unchanged"]) == (0, 1, 6)
    (change,) = batch.differences_now
    assert (change.field, change.before, change.after) == ("title", "VP Engineering", "CTO")


def test_somebody_is_recognised_by_profile_where_no_address_is_shared():
    alex = world.alex()
    take_in(alex, files("google.csv"), at=world.NOW)
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Dana Lee\nURL:http://linkedin.com/in/Dana-Lee-Example/\nTEL:1\nEND:VCARD\n"
    batch = take_in(alex, [("one.vcf", BytesIO(card))], at=world.NOW)
    assert (batch.tally["new"], batch.tally["updated"]) == (0, 1)


def test_a_name_alone_joins_nobody():
    alex = world.alex()
    take_in(alex, files("google.csv"), at=world.NOW)
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Noor\nTEL:2\nEND:VCARD\n"
    assert take_in(alex, [("one.vcf", BytesIO(card))], at=world.NOW).tally["new"] == 1
    assert Person.objects.seen_by(alex).filter(name="Noor").count() == 2


def test_two_rows_of_one_profile_are_one_person():
    table = "First Name,Last Name,Labels,Phone 1 - Value,Website 1 - Value\n"
    row = "Dana,Lee,x,{},https://www.linkedin.com/in/dana-lee-example\n"
    batch = take_in(
        world.alex(), [("book.csv", BytesIO((table + row.format(1) + row.format(2)).encode()))], at=world.NOW
    )
    assert batch.tally["new"] == 1
    assert len(Person.objects.get().emails.all()) == 0
    assert Person.objects.get().card.count("TEL") == 2
