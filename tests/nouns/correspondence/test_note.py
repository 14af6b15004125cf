"""Notes: composed by Rapport, put in one's own words, sent, each with one line in the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.accounts.models import Member
from rapport.correspondence.models import Note
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.people.models import Organisation, Person
from rapport.rules.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Callable

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
DRAFT = Draft("Thank you", "Dear Dana,\n\nThank you for talking with me on Friday about hiring in Lisbon.")
FRESH = Draft("Thank you, Dana", "Dear Dana,\n\nWhat we said about the monolith has stayed with me.", 200)


def person(member: Member, name: str, organisation: str = "Initech") -> Person:
    place = Organisation.named(member, organisation) if organisation else None
    return Person.objects.create(member=member, name=name, organisation=place, created_at=AT)


def composed(member: Member, to: Person | None = None, draft: Draft = DRAFT) -> Note:
    note = Note.drafted(member, to or person(member, "Dana Lee"), "thank", "email", draft, at=AT)
    note.save()
    return note


def refresh(note: Note, draft: Draft) -> bool:
    """Bring a note up to date; whether its own text changed."""
    changed = Note.refresh_all({note: draft}, at=LATER)
    note.refresh_from_db()
    return changed == [note]


def verbs(note: Note) -> list[str]:
    return [entry.verb for entry in Entry.objects.about(note).order_by("pk")]


def test_composing_keeps_the_draft_and_is_no_event_of_its_own(alex: Member) -> None:
    note = composed(alex)
    assert (note.text, note.composed, note.subject) == (DRAFT.text, DRAFT.text, "Thank you")
    assert note.sent_at is None
    assert verbs(note) == []
    assert note.label == "thank-you by e-mail to Dana Lee"


def test_a_refresh_renews_words_nobody_has_touched(alex: Member) -> None:
    note = composed(alex)
    assert refresh(note, FRESH)
    assert (note.text, note.subject, note.limit, note.composed_at) == (FRESH.text, FRESH.subject, 200, LATER)
    assert verbs(note) == ["note.refreshed"]


def test_a_refresh_with_the_same_words_says_nothing(alex: Member) -> None:
    note = composed(alex)
    assert not refresh(note, DRAFT)
    assert verbs(note) == []


def test_a_refresh_never_overwrites_the_members_words(alex: Member) -> None:
    note = composed(alex)
    note.edit("In my own words.", "Mine", by=alex, at=LATER)
    assert not refresh(note, FRESH)
    assert (note.text, note.subject) == ("In my own words.", "Mine")
    assert note.composed == FRESH.text
    assert verbs(note) == ["note.edited"]


def test_a_refresh_that_has_not_seen_the_edit_does_not_overwrite_it_either(alex: Member) -> None:
    note = composed(alex)
    stale = Note.objects.get(pk=note.pk)
    note.edit("In my own words.", "Mine", by=alex, at=LATER)
    assert not refresh(stale, FRESH)
    assert stale.text == "In my own words."


def test_a_refresh_leaves_what_was_sent(alex: Member) -> None:
    note = composed(alex)
    note.send(by=alex, at=LATER)
    assert not refresh(note, FRESH)
    assert (note.text, note.composed) == (DRAFT.text, DRAFT.text)


def test_starting_over_gives_back_the_newest_draft(alex: Member) -> None:
    note = composed(alex)
    note.edit("In my own words.", "Mine", by=alex, at=LATER)
    refresh(note, FRESH)
    note.start_over(by=alex, at=LATER)
    assert (note.text, note.subject, note.edited_at) == (FRESH.text, FRESH.subject, None)
    assert verbs(note)[-1] == "note.started_over"
    assert refresh(note, DRAFT), "from here on Rapport keeps it up to date again"


def test_an_edit_that_changes_nothing_stays_a_draft(alex: Member) -> None:
    note = composed(alex)
    note.edit(DRAFT.text.replace("\n", "\r\n"), "Thank you", by=alex, at=LATER)
    assert note.edited_at is None
    assert verbs(note) == []


def test_an_edit_needs_words(alex: Member) -> None:
    note = composed(alex)
    with pytest.raises(NotAllowed, match="needs words"):
        note.edit("  \n", "Mine", by=alex, at=LATER)
    note.refresh_from_db()
    assert note.text == DRAFT.text


def test_an_edit_may_exceed_the_limit_and_the_note_says_so(alex: Member) -> None:
    note = composed(alex, draft=replace(FRESH, text="Short."))
    assert not note.is_too_long
    note.edit("👩" * 101, "", by=alex, at=LATER)
    assert note.length == 202
    assert note.is_too_long


def test_only_saying_so_marks_it_as_sent_and_only_once(alex: Member) -> None:
    note = composed(alex)
    note.send(by=alex, at=LATER)
    assert note.sent_at == LATER
    with pytest.raises(NotAllowed, match="Marked as sent"):
        note.send(by=alex, at=LATER)
    assert verbs(note) == ["note.sent"]


def test_taking_it_back_opens_the_note_again(alex: Member) -> None:
    note = composed(alex)
    with pytest.raises(NotAllowed, match="Not marked as sent"):
        note.unsend(by=alex, at=LATER)
    note.send(by=alex, at=LATER)
    note.unsend(by=alex, at=LATER)
    assert note.sent_at is None
    note.edit("In my own words.", "", by=alex, at=LATER)
    assert verbs(note) == ["note.sent", "note.unsent", "note.edited"]


CHANGES: list[Callable[[Note, Member], None]] = [
    lambda note, by: note.edit("Other words", "", by=by, at=LATER),
    lambda note, by: note.start_over(by=by, at=LATER),
]


@pytest.mark.parametrize("change", CHANGES, ids=["edit", "start over"])
def test_what_was_sent_is_not_changed(alex: Member, change: Callable[[Note, Member], None]) -> None:
    note = composed(alex)
    note.send(by=alex, at=LATER)
    with pytest.raises(NotAllowed, match="Marked as sent"):
        change(note, alex)
    note.refresh_from_db()
    assert note.text == DRAFT.text


@pytest.mark.parametrize(
    "change",
    [*CHANGES, lambda note, by: note.send(by=by, at=LATER)],
    ids=["edit", "start over", "send"],
)
def test_a_stranger_changes_nothing(
    alex: Member, stranger: Member, change: Callable[[Note, Member], None]
) -> None:
    note = composed(alex)
    with pytest.raises(NotAllowed):
        change(note, stranger)
    note.refresh_from_db()
    assert (note.text, note.sent_at) == (DRAFT.text, None)
    assert Note.objects.seen_by(stranger).count() == 0
    assert Note.objects.seen_by(alex).get() == note


def test_a_near_copy_is_marked_with_what_it_resembles(alex: Member) -> None:
    note = composed(alex)
    composed(alex, person(alex, "Sam Ortiz"), replace(DRAFT, text=DRAFT.text.replace("Dana", "Sam")))
    found = note.resembles()
    assert [resemblance.written.label for resemblance in found] == ["thank-you by e-mail to Sam Ortiz"]
    assert found[0].score > 80


def test_only_the_same_person_the_same_organisation_and_the_own_book_are_compared(
    alex: Member, stranger: Member
) -> None:
    note = composed(alex)
    composed(alex, person(alex, "Ruth Adeyemi", "Acme"))
    composed(alex, person(alex, "Nobody's Colleague", ""))
    composed(stranger, person(stranger, "Dana Lee"))
    assert note.resembles() == ()
    Note.drafted(alex, note.person, "thank", "letter", DRAFT, at=AT).save()
    assert [resemblance.written.label for resemblance in note.resembles()] == [
        "thank-you by hand to Dana Lee"
    ]


def test_comparing_takes_one_query_however_much_was_written(
    alex: Member, django_assert_num_queries: Callable[[int], object]
) -> None:
    note = composed(alex)
    for number in range(20):
        composed(alex, person(alex, f"Colleague {number}"))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert len(note.resembles()) == 20


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("refresh"), st.text(max_size=20)),
        st.tuples(
            st.just("edit"), st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=20)
        ),
        st.tuples(st.sampled_from(["send", "unsend", "start_over"]), st.just("")),
    ),
    max_size=12,
)


class AnyWalk(TestCase):
    """Any walk through the verbs keeps the promises."""

    @settings(max_examples=60, deadline=None)
    @given(steps=STEPS)
    def test_the_members_words_stay_until_the_member_changes_them(self, steps: list[tuple[str, str]]) -> None:
        member = Member.objects.create_user(None, name="Alex Morgan")
        note = composed(member)
        own: str | None = None
        for verb, words in steps:
            entries = Entry.objects.count()
            try:
                if verb == "refresh":
                    refresh(note, Draft("", words.replace("\0", "")))
                elif verb == "edit":
                    was = note.text
                    note.edit(words, "", by=member, at=LATER)
                    own = words if words != was or own is not None else own
                else:
                    getattr(note, verb)(by=member, at=LATER)
                    own = None if verb == "start_over" else own
            except NotAllowed:
                assert Entry.objects.count() == entries
            assert Entry.objects.count() - entries <= 1
            note.refresh_from_db()
            assert own is None or note.text == own
