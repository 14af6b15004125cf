"""The messages of an archive tell when one wrote last: the day alone, once, and taken back with the batch."""

from datetime import date, timedelta

import pytest

from rapport.followups import happenings
from rapport.importers.findings import Connected, Place, Wrote
from rapport.intake.models import Batch
from rapport.people.models import Person
from tests import world

pytestmark = pytest.mark.django_db

DANA, ANA = (f"https://www.linkedin.com/in/{name}" for name in ("dana-lee", "ana-reis"))
LATER = world.NOW + timedelta(days=7)


def brought(*found: object) -> Batch:
    return world.taken_in(*found, at=LATER)


def wrote(day: int, profile: str = DANA, line: int = 5) -> Wrote:
    return Wrote(Place("messages.csv", line), profile, date(2026, 11, day))


def last(name: str = "Dana Lee") -> date | None:
    at = Person.objects.get(name=name).last_contact_at
    return at and at.astimezone(world.alex().zone).date()


def test_the_later_of_two_days_counts_once_and_goes_with_the_batch():
    happenings.profile_known(world.person(), DANA, by=world.alex(), at=world.NOW)
    first = brought(wrote(21), wrote(22, line=9), wrote(23, f"{DANA}-nobody"))
    assert last() == date(2026, 11, 22)
    assert first.tally | {"updated": 1, "new": 0} == first.tally
    (told,) = first.differences_now
    assert (told.person, told.field, told.before, told.after) == (
        "Dana Lee",
        "last contact",
        "",
        "22 November 2026",
    )
    assert (told.source, told.line) == ("messages.csv", 9)
    assert [list(change.before) for change in first.changes.all()] == [["last_contact_at"]]
    assert not brought(wrote(22), wrote(20)).brought_something
    second = brought(wrote(24), wrote(29))  # a day to come is none
    assert last() == date(2026, 11, 24)
    second.undo(by=world.alex(), at=LATER)
    assert last() == date(2026, 11, 22)
    first.undo(by=world.alex(), at=LATER)
    assert last() is None


def test_somebody_new_comes_with_it_and_goes_whole():
    ana = Connected(name="Ana Reis", place=Place("Connections.csv", 4), profile=ANA)
    batch = brought(ana, wrote(22, ANA))
    assert last("Ana Reis") == date(2026, 11, 22)
    assert not batch.differences_now
    assert batch.undo(by=world.alex(), at=LATER) == ()
    assert not Person.objects.exists()


def test_real_contact_since_outlives_the_undo():
    happenings.profile_known(world.person(), DANA, by=world.alex(), at=world.NOW)
    batch = brought(wrote(22))
    happenings.they_wrote(world.person(), by=world.alex(), at=LATER)
    assert batch.undo(by=world.alex(), at=LATER) == ()
    assert Person.objects.get(name="Dana Lee").last_contact_at == LATER
