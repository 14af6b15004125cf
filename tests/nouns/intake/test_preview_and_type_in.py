"""A look beforehand saves nothing; typing is a way in like any other."""

from datetime import timedelta
from io import BytesIO

import pytest

from rapport.intake.models import Batch
from rapport.intake.taking import preview, type_in, type_in_met
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


def test_somebody_added_to_an_interview_is_confirmed_known_by_their_address_and_taken_back() -> None:
    interview, alex = world.interview(), world.alex()
    ana = type_in(alex, name="Ana Reis", email="ana@acme.example", at=world.NOW).people()[0]
    said = {"email": "Ana@acme.example", "title": "Designer", "role": "peer"}
    batch = type_in_met(interview, name="Ana R.", at=world.NOW, **said)
    met = interview.interviewers.get(person=ana)
    assert (met.role, met.source, met.confirmed_at) == ("peer", "typed", world.NOW)
    assert (Interview.objects.count(), met.person.title) == (1, "Designer")
    assert interview.plan.steps.filter(person=ana, act="thank", verdict="do").exists()
    assert type_in_met(interview, name="Ana R.", at=world.NOW, **said).pk is None
    batch.undo(by=alex, at=world.NOW)
    ana.refresh_from_db()
    assert (interview.interviewers.count(), ana.title, ana.name) == (3, "", "Ana Reis")


def test_an_address_that_is_typed_confirms_whom_the_text_named() -> None:
    interview = world.interview()
    type_in_met(interview, name="Sam Ortiz", email="sam@initech.example", at=world.NOW)
    sam = world.interviewer("Sam Ortiz")
    assert (sam.confirmed_at, sam.person.work_email) == (world.NOW, "sam@initech.example")
    assert interview.interviewers.count() == 3


def test_nobody_is_added_whom_the_member_left_out_nor_to_what_was_called_off() -> None:
    interview, by = world.interview(), {"by": world.alex(), "at": world.NOW}
    world.interviewer("Sam Ortiz").dismiss(**by)
    with pytest.raises(NotAllowed, match="You said that Sam Ortiz was not there"):
        type_in_met(interview, name="sam ortiz", at=world.NOW)
    interview.cancel(**by)
    with pytest.raises(NotAllowed, match="was cancelled"):
        type_in_met(interview, name="Ana Reis", at=world.NOW)
    assert not Person.objects.filter(name="Ana Reis").exists()


def test_a_later_invitation_says_what_differs_from_what_the_member_typed() -> None:
    world.interview().edit({"location": "Rua Augusta 100"}, by=world.alex(), at=world.NOW)
    batch = world.taken_in(world.later(world.meeting()))
    assert [remark["says"] for remark in batch.remarks] == [
        "“Interview: Platform team”: What you typed stays; the invitation says: the place: none."
    ]
    assert Interview.objects.get().starts_at == world.INTERVIEW_STARTS + timedelta(days=1)
    batch.undo(by=world.alex(), at=world.NOW)
    found = Interview.objects.get()
    assert (found.location, found.starts_at) == ("Rua Augusta 100", world.INTERVIEW_STARTS)


def test_an_interview_that_was_typed_over_stays_when_its_import_is_taken_back() -> None:
    batch = world.taken_in()
    world.interview().edit({"location": "Rua Augusta 100"}, by=world.alex(), at=world.NOW)
    batch.undo(by=world.alex(), at=world.NOW)
    assert any("stays: it has changed since" in kept for kept in batch.kept)
    assert Interview.objects.get().location == "Rua Augusta 100"
