"""A batch is taken back as a whole; only what the member has acted upon since stays."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.correspondence.models import Attachment, Mailbox, Note
from rapport.followups import happenings
from rapport.followups.hearing import apply
from rapport.followups.models import Plan, Step
from rapport.followups.sending import dispatch
from rapport.importers.findings import Place
from rapport.intake.models import Batch
from rapport.intake.settling import SEEN_AGAIN
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.journal.errors import NotAllowed
from rapport.journal.rows import stored
from rapport.people.models import EmailAddress, Merge, Organisation, Person
from rapport.people.origins import origins
from tests import world

BOOK: tuple[Any, ...] = (Organisation, Person, EmailAddress, Application, Interview, Interviewer, Plan, Step)
_DRAFTS = {"words_from", "note_id"}


def book() -> dict[str, list[dict[str, Any]]]:
    """Everything in all books, but for drafts: words once found may stay for later."""
    return {
        kind.__name__: [
            {name: value for name, value in stored(row).items() if name not in _DRAFTS}
            for row in kind.objects.order_by("pk")
        ]
        for kind in BOOK
    }


@pytest.mark.django_db
def test_nothing_is_left_of_a_batch_that_was_taken_back() -> None:
    batch = world.taken_in(world.meeting(), world.card())
    assert batch.undo(by=world.alex(), at=world.NOW) == ()
    assert not any(book().values())
    assert not Note.objects.exists()
    assert world.alex().journal.filter(verb="batch.undone").count() == 1
    with pytest.raises(NotAllowed, match="taken back already"):
        batch.undo(by=world.alex(), at=world.NOW)


@pytest.mark.django_db
def test_who_came_to_an_interview_of_nobody_leaves_it_again() -> None:
    world.taken_in(world.meeting(participants=()))
    before = book()
    batch = world.taken_in(world.meeting(participants=(world.dana(),)))
    assert batch.undo(by=world.alex(), at=world.NOW) == ()
    assert book() == before


@pytest.mark.django_db
def test_a_moved_interview_moves_back() -> None:
    world.taken_in()
    before = book()
    world.taken_in(world.later(world.meeting())).undo(by=world.alex(), at=world.NOW)
    assert book() == before


@pytest.mark.django_db
def test_a_cancelled_interview_stands_again() -> None:
    world.taken_in()
    before = book()
    world.taken_in(world.meeting(cancelled=True)).undo(by=world.alex(), at=world.NOW)
    assert book() == before


@pytest.mark.django_db
def test_what_a_card_brought_goes_again_and_the_person_stays() -> None:
    world.taken_in()
    before = book()
    participant = world.dana(title="Chief Technology Officer", phone="+351 21 1")
    world.taken_in(world.meeting(uid="b", participants=(participant,))).undo(by=world.alex(), at=world.NOW)
    assert book() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "acting", ["complete", "snooze", "overrule", "edit", "attach", "queue", "recall", "role"]
)
def test_what_the_member_has_acted_upon_stays_with_a_sentence(acting: str) -> None:
    batch = world.taken_in()
    thanks = Step.objects.get(act="thank", channel="email", person__name="Dana Lee")
    dana = world.interviewer()
    match acting:
        case "complete":
            thanks.complete(by=world.alex(), at=world.NOW)
        case "snooze":
            thanks.snooze(world.INTERVIEW_ENDS.replace(day=28), by=world.alex(), at=world.NOW)
        case "overrule":
            thanks.overrule("avoid", by=world.alex(), at=world.NOW)
        case "edit":
            assert thanks.note is not None
            thanks.note.edit("My own words.", "Thanks", by=world.alex(), at=world.NOW)
        case "attach":
            assert thanks.note is not None
            Attachment.attach(thanks.note, "cv.pdf", "", b"", by=world.alex(), at=world.NOW)
        case "queue":
            Mailbox.keep(world.alex(), at=world.NOW, address="alex@mail.example", smtp_host="mail.example")
            dispatch(thanks, by=world.alex(), at=world.NOW, confirmed=True)
        case "recall":
            happenings.recall(dana, "the monolith", by=world.alex(), at=world.NOW)
        case "role":
            happenings.give_role(dana, "executive", by=world.alex(), at=world.NOW)
    kept = batch.undo(by=world.alex(), at=world.NOW)
    assert len(kept) == 1
    assert kept[0].startswith("Interview: Platform team stays: ")
    assert Interview.objects.exists()
    assert Step.objects.filter(pk=thanks.pk).exists()
    assert Batch.objects.get(pk=batch.pk).kept == list(kept)


@pytest.mark.django_db
def test_other_interviews_of_the_batch_go_when_one_stays() -> None:
    batch = world.taken_in(world.meeting(), world.meeting(uid="b", title="Other", organisation="Acme"))
    other = Interview.objects.get(title="Other")
    Step.objects.get(plan__interview=other, act="thank", channel="email", person__name="Dana Lee").complete(
        by=world.alex(), at=world.NOW
    )
    assert len(batch.undo(by=world.alex(), at=world.NOW)) == 1
    assert [str(interview) for interview in Interview.objects.all()] == ["Other"]
    assert {str(place) for place in Organisation.objects.all()} >= {"Acme"}


@pytest.mark.django_db
def test_somebody_about_whom_the_member_said_something_stays() -> None:
    batch = world.taken_in(world.card())
    Person.objects.get().describe(notes="Met at the fair.", by=world.alex(), at=world.NOW)
    assert batch.undo(by=world.alex(), at=world.NOW) == ("Sam Ortiz stays: you have acted upon it since.",)
    assert Person.objects.get().notes == "Met at the fair."


@pytest.mark.django_db
def test_a_later_batch_keeps_its_people_when_an_earlier_one_goes() -> None:
    first = world.taken_in()
    world.taken_in(world.meeting(uid="b", participants=(world.dana(),)))
    first.undo(by=world.alex(), at=world.NOW)
    assert [str(person) for person in Person.objects.all()] == ["Dana Lee"]
    assert Interviewer.objects.get().person.name == "Dana Lee"


@pytest.mark.django_db
def test_an_interview_that_came_cancelled_and_was_called_again_is_cancelled_as_before() -> None:
    only_dana = {"uid": "a", "participants": (world.dana(),)}
    world.taken_in(world.meeting(**only_dana, cancelled=True))
    before = book()
    world.taken_in(world.meeting(**only_dana, sequence=2)).undo(by=world.alex(), at=world.NOW)
    assert book() == before


@pytest.mark.django_db
def test_the_same_cancelled_meeting_again_brings_nobody_anew() -> None:
    found = [
        world.meeting(uid="a", participants=(world.sam(),), cancelled=True),
        world.card(name="Sam Ortiz", email=""),
    ]
    world.taken_in(*found)
    before = book()
    assert not world.taken_in(*found).brought_something
    assert book() == before


@pytest.mark.django_db
def test_somebody_merged_since_stays_and_can_still_be_taken_apart() -> None:
    first, second = (
        world.taken_in(world.card()),
        world.taken_in(world.card(name="S. Ortiz", email="s@home.example")),
    )
    (sam,), (other,) = first.people(), second.people()
    merge = Merge.join(sam, other, by=world.alex(), at=world.NOW)
    assert second.undo(by=world.alex(), at=world.NOW) == (
        "S. Ortiz stays: you merged them with somebody since.",
    )
    merge.undo(by=world.alex(), at=world.NOW)
    assert {person.name for person in Person.objects.seen_by(world.alex())} == {"Sam Ortiz", "S. Ortiz"}


@pytest.mark.django_db
def test_a_stranger_takes_nothing_back() -> None:
    batch = world.taken_in()
    before = book()
    with pytest.raises(NotAllowed, match="another member's book"):
        batch.undo(by=world.robin(), at=world.NOW)
    assert book() == before
    assert Batch.objects.get().undone_at is None


people = st.lists(
    st.sampled_from([world.dana(), world.sam(), world.priya()]), unique_by=lambda who: who.name, max_size=2
)
meetings = st.builds(
    lambda uid, sequence, who, organisation, cancelled: world.meeting(
        uid=uid, sequence=sequence, participants=tuple(who), organisation=organisation, cancelled=cancelled
    ),
    uid=st.sampled_from("ab"),
    sequence=st.integers(0, 2),
    who=people,
    organisation=st.sampled_from([None, "Initech", "Acme"]),
    cancelled=st.booleans(),
)
cards = st.builds(
    lambda name, email, title: world.card(name=name, email=email, title=title),
    name=st.sampled_from(["Sam Ortiz", "Dana Lee", "Ana Reis"]),
    email=st.sampled_from(["", "dana.lee@initech.example", "ana@acme.example"]),
    title=st.sampled_from(["", "Director"]),
)
batches = st.lists(st.one_of(meetings, cards), min_size=1, max_size=2)


class TestBatches(TestCase):
    @settings(max_examples=5, deadline=None)
    @given(batches, batches)
    def test_undo_gives_back_what_stood_before(self, first: list[Any], second: list[Any]) -> None:
        world.taken_in(*first)
        before = book()
        batch = world.taken_in(*second)
        if batch.brought_something:
            assert batch.undo(by=world.alex(), at=world.NOW) == ()
        assert book() == before

    @settings(max_examples=5, deadline=None)
    @given(batches)
    def test_the_same_batch_again_brings_nothing(self, found: list[Any]) -> None:
        world.taken_in(*found)
        before = book()
        entries = world.alex().journal.count()
        assert not world.taken_in(*found).brought_something
        assert book() == before
        assert world.alex().journal.count() == entries


@pytest.mark.django_db
def test_what_only_stands_in_another_file_as_well_is_a_batch_that_is_taken_back() -> None:
    (sam,) = world.taken_in(world.card(title="Engineer")).people()
    before = origins([sam.pk])
    again = replace(world.card(), place=Place("copy.vcf", 8))
    noted = world.taken_in(again, at=world.NOW + timedelta(days=1))
    assert noted.title == SEEN_AGAIN
    assert noted.tally == {"new": 0, "updated": 0, "unchanged": 1, "proposed": 0}
    assert set(origins([sam.pk])[sam.pk].rows) == {("sam.vcf", 1), ("copy.vcf", 8)}
    assert not world.taken_in(again, at=world.NOW + timedelta(days=2)).brought_something
    assert noted.undo(by=world.alex(), at=world.NOW) == ()
    assert origins([sam.pk]) == before


@pytest.mark.django_db
def test_where_the_member_wants_to_be_asked_an_import_proposes_and_takes_its_proposals_back():
    dana, alex = world.person(), world.alex()
    alex.applied_kinds = []
    alex.save()

    def brought(title):
        found = world.card(name="Dana Lee", email="dana.lee@initech.example", title=title)
        return world.taken_in(found, at=world.NOW)

    batch = brought("Chief")
    (one,) = dana.suggestions.all()
    assert (one.field, one.after, str(one.source)) == ("title", ["Chief"], "sam.vcf")
    dana.refresh_from_db()
    assert dana.title == "VP Engineering"
    batch.undo(by=alex, at=world.NOW)
    assert not dana.suggestions.exists()
    assert dana.sources.get().heard_at is None
    known = brought("VP Engineering")
    assert (known.title, dana.sources.get().heard_at) == (SEEN_AGAIN, world.NOW)
    known.undo(by=alex, at=world.NOW)
    assert dana.sources.get().heard_at is None
    again = brought("Chief")
    apply(dana.suggestions.get(), by=alex, at=world.NOW)
    assert "you applied VP Engineering → Chief since" in again.undo(by=alex, at=world.NOW)[0]
    dana.refresh_from_db()
    assert dana.title == "Chief"


@pytest.mark.django_db
def test_rows_that_only_said_again_what_stood_are_forgotten_with_their_import():
    alex = world.alex()
    sam, lee = (world.card(name=name, email=f"{name}@x.example") for name in ("sam", "lee"))

    def rows_of_sam():
        return list(origins([alex.people.get(name="sam").pk]).popitem()[1].rows)

    world.taken_in(world.card(name="sam", email="sam@x.example", title="Chief"), at=world.NOW)
    later = world.taken_in(replace(sam, place=Place("new.vcf", 1)), lee, at=world.NOW + timedelta(days=1))
    assert rows_of_sam() == [("sam.vcf", 1), ("new.vcf", 1)]
    later.undo(by=alex, at=world.NOW)
    assert rows_of_sam() == [("sam.vcf", 1)]
