"""A card brings a person up to date; what changed is news; it can be taken back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.journal.errors import NotAllowed
from rapport.people.models import Person
from rapport.people.moves import is_move
from rapport.rules.card import Card
from rapport.rules.card.jobs import JOBS
from tests import world


def sam() -> Person:
    card = Card.of(
        name="Sam Ortiz", email="sam@initech.example", title="Staff Engineer", organisation="Initech"
    )
    return Person.make(world.alex(), card, source="first.vcf", at=world.NOW)


def shown(person: Person) -> tuple[object, ...]:
    person = Person.objects.get(pk=person.pk)
    emails = sorted(address.email for address in person.emails.all())
    return (
        person.name,
        person.title,
        person.organisation_id,
        person.phone,
        person.profile,
        person.card,
        emails,
    )


@pytest.mark.django_db
def test_a_new_title_is_shown_and_journaled_as_news() -> None:
    person = sam()
    revision = person.absorb(Card.of(name="Sam Ortiz", title="Director"), source="new.vcf", at=world.NOW)
    assert revision is not None
    assert person.title == "Director"
    entry = world.alex().journal.get(verb="person.absorbed")
    assert entry.says == "Sam Ortiz: Staff Engineer → Director (new.vcf)"
    assert entry.changes == {"title": [["Staff Engineer"], ["Director"]]}


@pytest.mark.django_db
def test_the_job_before_stays_on_the_card_and_goes_with_the_revision() -> None:
    person = sam()
    came = Card.of(name="Sam Ortiz", title="Director", organisation="Acme")
    revision = person.absorb(came, source="new.vcf", at=world.NOW)
    assert revision is not None
    assert list(map(str, JOBS.of(person.current_card))) == [
        "Director, Acme",
        "Staff Engineer, Initech (… to 2026-11)",
    ]
    entry = world.alex().journal.get(verb="person.absorbed")
    assert entry.changes == {
        "title": [["Staff Engineer"], ["Director"]],
        "organisation": [["Initech"], ["Acme"]],
    }
    person.absorb(Card([*came.lines, "TEL:+1 2"]), source="later.vcf", at=world.NOW)
    revision.undo(by=world.alex(), at=world.NOW)
    person.refresh_from_db()
    assert len(JOBS.of(person.current_card)) == 2  # the later card says the same of them
    person.revisions.get(source="later.vcf").undo(by=world.alex(), at=world.NOW)
    person.refresh_from_db()
    assert list(map(str, JOBS.of(person.current_card))) == ["Staff Engineer, Initech"]
    assert not is_move(came, Card.of(name="Sam Ortiz", title="director", organisation="Acme Inc."))
    assert is_move(came, Card.of(name="Sam Ortiz", title="Senior Director"))


@pytest.mark.django_db
def test_a_card_that_says_nothing_new_changes_nothing() -> None:
    person = sam()
    assert (
        person.absorb(Card.of(name="Sam Ortiz", title="Staff Engineer"), source="again", at=world.NOW) is None
    )
    assert person.revisions.count() == 1
    assert not world.alex().journal.filter(verb="person.absorbed").exists()


@pytest.mark.django_db
def test_an_old_card_that_comes_again_does_not_turn_back_what_a_newer_one_said() -> None:
    old = Card.of(
        name="Sam Ortiz", email="sam@initech.example", title="Staff Engineer", organisation="Initech"
    )
    person = sam()
    person.absorb(Card.of(name="Sam Ortiz", title="Director"), source="new.vcf", at=world.NOW)
    assert person.absorb(old, source="first.vcf", at=world.NOW) is None
    assert person.title == "Director"


@pytest.mark.django_db
@pytest.mark.parametrize("poorer", ["sam@initech.example", "Sam"])
def test_a_name_that_says_less_is_not_taken(poorer: str) -> None:
    person = sam()
    person.absorb(Card.of(name=poorer, phone="+351 1"), source="mail", at=world.NOW)
    assert (person.name, person.phone) == ("Sam Ortiz", "+351 1")


@pytest.mark.django_db
def test_an_absorbed_card_is_taken_back_and_what_came_later_stays() -> None:
    person = sam()
    first = person.absorb(Card.of(name="Sam Ortiz", title="Director"), source="one", at=world.NOW)
    person.absorb(Card.of(name="Sam Ortiz", phone="+351 1"), source="two", at=world.NOW)
    assert first is not None
    first.undo(by=world.alex(), at=world.NOW)
    person.refresh_from_db()
    assert (person.title, person.phone) == ("Staff Engineer", "+351 1")
    with pytest.raises(NotAllowed, match="taken back already"):
        first.undo(by=world.alex(), at=world.NOW)


@pytest.mark.django_db
def test_the_card_somebody_came_with_is_not_taken_back() -> None:
    with pytest.raises(NotAllowed, match="came with"):
        sam().revisions.get().undo(by=world.alex(), at=world.NOW)


@pytest.mark.django_db
def test_a_stranger_takes_nothing_back() -> None:
    person = sam()
    revision = person.absorb(Card.of(name="Sam Ortiz", title="Director"), source="one", at=world.NOW)
    assert revision is not None
    before = shown(person)
    with pytest.raises(NotAllowed, match="another member's book"):
        revision.undo(by=world.robin(), at=world.NOW)
    assert shown(person) == before


words = st.sampled_from(
    ["", "Director", "Baker", "Acme", "Initech", "https://a.example/", "+351 2", "x@acme.example"]
)


class TestAbsorbing(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(
            st.fixed_dictionaries({"title": words, "organisation": words, "email": words, "phone": words}),
            max_size=4,
        )
    )
    def test_undoing_the_latest_cards_gives_back_what_was_shown_before(
        self, said: list[dict[str, str]]
    ) -> None:
        person = sam()
        before = shown(person)
        made = [person.absorb(Card.of(name="Sam Ortiz", **each), source="x", at=world.NOW) for each in said]
        for revision in reversed([revision for revision in made if revision is not None]):
            revision.refresh_from_db()
            revision.undo(by=world.alex(), at=world.NOW)
        assert shown(person) == before
