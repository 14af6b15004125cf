"""A member's edit: one journal entry, one undo; what it takes out stays out."""

from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.people.editing import edit, shown_card
from rapport.people.models import Person
from rapport.people.models.card_revision import digest
from rapport.rules.card import Card
from rapport.rules.card.reach import MAILS, Mail
from tests import world

BASE = Card.of(name="Sam Ortiz", email="sam@initech.example", title="Staff Engineer", organisation="Initech")


def sam() -> Person:
    return Person.make(world.alex(), BASE, source="first.vcf", at=world.NOW)


def with_mails(card: Card, *said: Mail | None) -> Card:
    return MAILS.edited(card, said)


def typed(person: Person, card: Card, of: Card | None = None, **noted: object):
    revision = edit(
        person, card, of=of or person.current_card, by=world.alex(), at=world.NOW, noted=noted or None
    )
    person.refresh_from_db()
    return revision


@pytest.mark.django_db
def test_an_edit_is_one_entry_and_undone_as_one():
    person = sam()
    before = (person.card, person.notes)
    card = with_mails(person.current_card, None, Mail("sam@home.example", "social"))
    revision = typed(person, card, notes="Likes tea.", is_social=True)
    address = person.emails.get()
    assert (address.email, address.sphere, person.notes) == ("sam@home.example", "social", "Likes tea.")
    assert (person.work_email, person.is_social) == ("", True)
    entry = world.alex().journal.get(verb="person.edited")
    assert entry.says == "Sam Ortiz: sam@initech.example → sam@home.example; your notes; business or social"
    revision.undo(by=world.alex(), at=world.NOW)
    person.refresh_from_db()
    assert (person.card, person.notes, person.is_social) == (*before, False)
    assert world.alex().journal.filter(verb="person.edit_undone").count() == 1


@pytest.mark.django_db
def test_a_form_that_changes_nothing_writes_nothing():
    person = sam()
    assert typed(person, person.current_card, notes="", is_social=False) is None
    assert person.revisions.count() == 1


@pytest.mark.django_db
def test_what_a_source_says_again_does_not_bring_back_what_was_taken_out():
    person = sam()
    removal = typed(person, with_mails(person.current_card, None))
    person.absorb(Card([*BASE.lines, "TEL:+1 2"]), source="again.vcf", at=world.NOW)
    assert (person.current_card.emails, person.phone) == ((), "+1 2")
    removal.undo(by=world.alex(), at=world.NOW)
    person.refresh_from_db()
    assert (person.current_card.emails, person.phone) == (("sam@initech.example",), "+1 2")


@pytest.mark.django_db
def test_what_a_source_said_while_the_form_was_open_stays():
    person = sam()
    shown = person.current_card
    person.absorb(Card.of(name="Sam Ortiz", phone="+1 2", title="Director"), source="new.vcf", at=world.NOW)
    assert shown_card(person, digest(shown)) == shown
    typed(person, with_mails(shown, Mail("sam@acme.example")), of=shown)
    assert (person.title, person.phone, person.current_card.emails) == (
        "Director",
        "+1 2",
        ("sam@acme.example",),
    )
    assert shown_card(person, digest(Card.of(name="Robin"))) is None


@pytest.mark.django_db
def test_notes_written_since_outlive_the_undo():
    person = sam()
    revision = typed(person, person.current_card, notes="First.", how_met="At a fair.")
    person.describe(notes="Second.", by=world.alex(), at=world.NOW)
    revision.undo(by=world.alex(), at=world.NOW)
    person.refresh_from_db()
    assert (person.notes, person.how_met) == ("Second.", "")


@pytest.mark.django_db
def test_the_address_chosen_by_itself_is_of_the_sphere_or_none():
    person = sam()
    typed(person, with_mails(person.current_card, Mail("a@x.example", "social"), Mail("b@x.example")))
    assert person.address_for("professional").email == "b@x.example"
    assert person.address_for("social").email == "a@x.example"
    person.address_bounced("b@x.example", "", by=world.alex(), at=world.NOW)
    assert person.address_for("professional").email == "b@x.example"
    typed(person, with_mails(person.current_card, Mail("a@x.example", "social"), None))
    assert person.address_for("professional") is None


ADDRESSES = ["sam@initech.example", "a@x.example", "b@x.example"]
mails = st.builds(Mail, st.sampled_from(ADDRESSES), st.sampled_from(["professional", "social"]))
moves = st.lists(
    st.tuples(st.just("absorb"), st.sampled_from(ADDRESSES), st.sampled_from(["", "Director"]))
    | st.tuples(st.just("edit"), st.lists(st.none() | mails, min_size=6, max_size=6), st.just("")),
    max_size=5,
)


TWICE = [Mail("a@x.example"), Mail("a@x.example", "social")]


class TestEditing(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(moves, st.integers(0, 4))
    @example(
        [
            ("absorb", "a@x.example", ""),
            ("edit", [None] * 4 + TWICE, ""),
            ("edit", [None] * 5 + TWICE[:1], ""),
        ],
        0,
    )
    def test_undoing_any_one_is_as_if_it_had_never_come_and_the_latest_gives_back_what_stood(
        self, said, which
    ):
        person = sam()
        cards, made = [person.card], []
        for kind, what, title in said:
            if kind == "absorb":
                found = person.absorb(
                    Card.of(name="Sam Ortiz", email=what, title=title), source="x", at=world.NOW
                )
            else:
                standing = MAILS.of(person.current_card)
                rows = [*what[: len(standing)], *(mail for mail in what[len(standing) :] if mail)]
                found = typed(person, MAILS.edited(person.current_card, rows))
            if found is not None:
                made.append(found)
                cards.append(person.card)
        if not made:
            return
        one = made.pop(which % len(made))
        one.undo(by=world.alex(), at=world.NOW)
        person.refresh_from_db()
        standing = person.revisions.filter(undone_at=None)
        assert list(standing.values_list("pk", flat=True)[1:]) == [each.pk for each in made]
        assert standing.last().after == person.card  # told again up to what is shown
        gone = {
            address
            for each in made
            if each.is_edit
            for address in ADDRESSES
            if _is_struck(each, address, made)
        }
        assert not gone & set(person.current_card.emails)
        for revision in reversed(made):
            revision.refresh_from_db()
            revision.undo(by=world.alex(), at=world.NOW)
        person.refresh_from_db()
        assert person.card == cards[0]


def _is_struck(edited, address, made) -> bool:
    """Whether an edit took an address out and no edit from then on put it in."""
    since = [each for each in made if each.is_edit and each.pk >= edited.pk]
    took_out = any(address in before and address not in after for before, after in edited.edit)
    return took_out and not any(address in after for each in since for _, after in each.edit)


@pytest.mark.django_db
def test_addresses_of_earlier_cards_get_their_sphere():
    card = Card([*BASE.lines, "EMAIL;TYPE=home:sam@home.example", "TEL;TYPE=HOME:+1 1", "TEL:+1 2"])
    person = Person.make(world.alex(), card, source="first.vcf", at=world.NOW)
    person.emails.update(sphere="professional")
    Person.objects.update(phone="+1 1")
    import_module("rapport.people.migrations.0006_spheres_of_addresses").sort(apps, None)
    person.refresh_from_db()
    spheres = dict(person.emails.values_list("email", "sphere"))
    assert spheres == {"sam@initech.example": "professional", "sam@home.example": "social"}
    assert person.phone == "+1 2"
