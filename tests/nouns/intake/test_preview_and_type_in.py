"""A look beforehand saves nothing; typing is a way in like any other."""

from datetime import timedelta
from io import BytesIO

import pytest

from rapport.intake.models import Batch
from rapport.intake.taking import preview, type_in
from rapport.interviews.models import Interview, Interviewer
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.people.models import Person
from tests import world

pytestmark = pytest.mark.django_db

VCF = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Sam Ortiz\r\nEMAIL:sam@initech.example\r\nEND:VCARD\r\n"


def test_a_preview_shows_everything_and_saves_nothing() -> None:
    member = world.alex()
    batch = preview(member, [("sam.vcf", BytesIO(VCF))], at=world.NOW)
    assert [str(person) for person in batch.people()] == ["Sam Ortiz"]
    assert batch.title == "Recorded one person"
    for kind in (Batch, Person, Interview, Entry):
        assert not kind.objects.exists()


def test_somebody_is_typed_in() -> None:
    batch = type_in(
        world.alex(), name="Ana Reis", email="ana@acme.example", organisation="Acme", at=world.NOW
    )
    (ana,) = batch.people()
    assert (str(ana.organisation), ana.met, batch.interviews()) == ("Acme", "event", ())


def test_somebody_is_typed_in_with_the_interview_and_another_joins_it() -> None:
    when = world.INTERVIEW_STARTS
    first = type_in(
        world.alex(), name="Dana Lee", organisation="Initech", when=when, role="hiring_manager", at=world.NOW
    )
    type_in(world.alex(), name="Sam Ortiz", organisation="initech", when=when, at=world.NOW)
    interview = Interview.objects.get()
    assert (interview.title, interview.ends_at) == ("Interview at Initech", when + timedelta(hours=1))
    assert [who.person.name for who in Interviewer.objects.all()] == ["Dana Lee", "Sam Ortiz"]
    assert first.interviews()[0].plan.steps.filter(act="thank", verdict="do").exists()


def test_typing_the_same_again_changes_nothing() -> None:
    for _ in range(2):
        type_in(world.alex(), name="Ana Reis", at=world.NOW)
        type_in(world.alex(), name="Dana Lee", when=world.INTERVIEW_STARTS, at=world.NOW)
    assert (Person.objects.count(), Interview.objects.count(), Batch.objects.count()) == (2, 1, 2)


def test_nobody_is_typed_in_without_a_name() -> None:
    with pytest.raises(NotAllowed, match="needs a name"):
        type_in(world.alex(), name="  ", at=world.NOW)
