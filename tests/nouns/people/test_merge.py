"""Two people are one: all that either had is with one of them, and comes apart again, also after later edits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.journal.errors import NotAllowed
from rapport.journal.rows import stored
from rapport.people.models import CardRevision, Merge, Person, ToldApart
from rapport.rules.card import Card
from tests import world

LATER = world.NOW + timedelta(days=200)
_DERIVED = {"people.merge", "people.matchkey", "people.proposal", "journal.entry", "journal.mention"}


def make(name: str = "Dana Lee", **said: Any) -> Person:
    return Person.make(world.alex(), Card.of(name=name, **said), source="book.vcf", at=world.NOW)


def pair() -> tuple[Person, Person]:
    dana = make(email="dana@initech.example", title="VP Engineering", organisation="Initech", phone="+351 1")
    other = make(email="dana@home.example", title="Director", phone="+351 2", url="https://dana.example/")
    return dana, other


def join(person: Person, other: Person, *chosen: str) -> Merge:
    return Merge.join(person, other, by=world.alex(), at=world.NOW, chosen=chosen)


def book() -> dict[tuple[str, int], dict[str, Any]]:
    """Everything of the rooms that nobody derives, without the cards of merges that were taken back."""
    found = {}
    for kind in apps.get_models(include_auto_created=True):
        label = kind._meta.label_lower
        if label not in _DERIVED and kind._meta.app_label in {
            "people",
            "interviews",
            "network",
            "correspondence",
        }:
            found |= {(label, row.pk): stored(row) for row in QuerySet(kind)}
    return {
        place: row for place, row in found.items() if not (row.get("joins") is not None and row["undone_at"])
    }


@pytest.mark.django_db
def test_all_that_either_card_says_stays_and_the_chosen_value_is_shown() -> None:
    dana, other = pair()
    join(dana, other, "title")
    dana.refresh_from_db()
    assert (dana.title, str(dana.organisation), dana.phone) == ("Director", "Initech", "+351 1")
    card = Card.parse(dana.card)
    assert [prop.text for prop in card.every("TITLE")] == ["Director", "VP Engineering"]
    assert card.phones == ("+351 1", "+351 2")
    assert sorted(dana.emails.values_list("email", flat=True)) == [
        "dana@home.example",
        "dana@initech.example",
    ]
    assert list(Person.objects.seen_by(world.alex())) == [dana]
    assert Person.objects.get(pk=other.pk).merged_into == dana
    entry = world.alex().journal.get(verb="person.merged")
    assert entry.says == "Merged Dana Lee, Director into Dana Lee, VP Engineering at Initech."


@pytest.mark.django_db
def test_a_second_merge_of_the_same_two_changes_nothing() -> None:
    dana, other = pair()
    first = join(dana, other)
    before = book()
    assert join(dana, other) == first
    assert book() == before
    assert world.alex().journal.filter(verb="person.merged").count() == 1


@pytest.mark.django_db
def test_who_may_not_be_merged_is_told_why() -> None:
    dana, other = pair()
    with pytest.raises(NotAllowed, match="your own book"):
        Merge.join(dana, other, by=world.robin(), at=world.NOW)
    with pytest.raises(NotAllowed, match="takes two people"):
        join(dana, dana)
    with pytest.raises(NotAllowed, match="one of name, title"):
        join(dana, other, "colour")
    told = ToldApart.tell(other, dana, by=world.alex(), at=world.NOW)
    with pytest.raises(NotAllowed, match=r"two people\. Take that back first"):
        join(dana, other)
    told.take_back(by=world.alex(), at=world.NOW)
    merge = join(dana, other)
    with pytest.raises(NotAllowed, match="merged with somebody already"):
        join(make("Dana"), other)
    with pytest.raises(NotAllowed, match="another member's book"):
        merge.undo(by=world.robin(), at=world.NOW)


@pytest.mark.django_db
def test_the_words_about_both_come_together_and_apart_around_what_was_written_since() -> None:
    dana, other = pair()
    dana.describe(notes="Likes tea.", how_met="At Initech", by=world.alex(), at=world.NOW)
    other.describe(notes="Plays the cello.", spheres=["social"], by=world.alex(), at=world.NOW)
    merge = join(dana, other)
    dana.refresh_from_db()
    assert dana.notes == "Likes tea.\n\nPlays the cello."
    assert (dana.is_professional, dana.is_social) == (True, True)
    dana.describe(notes=f"{dana.notes}\nBirthday soon.", by=world.alex(), at=world.NOW)
    merge.undo(by=world.alex(), at=LATER)
    dana.refresh_from_db()
    other.refresh_from_db()
    assert (dana.notes, other.notes) == ("Likes tea.\nBirthday soon.", "Plays the cello.")
    assert (dana.is_social, dana.how_met) == (False, "At Initech")


@pytest.mark.django_db
def test_the_newest_statement_counts_and_the_other_stands_again_after_an_undo() -> None:
    dana, other = pair()
    dana.state("rapport", "fair", by=world.alex(), at=world.NOW)
    other.state("rapport", "strong", by=world.alex(), at=world.NOW + timedelta(hours=1))
    merge = join(dana, other)
    assert [one.value for one in dana.statements.all()] == ["strong"]
    merge.undo(by=world.alex(), at=LATER)
    assert [one.value for one in (*dana.statements.all(), *other.statements.all())] == ["fair", "strong"]


@pytest.mark.django_db
def test_what_a_source_of_the_other_said_since_goes_back_to_it_and_the_rest_stays() -> None:
    dana, other = pair()
    merge = join(dana, other)
    dana.refresh_from_db()
    dana.absorb(Card.of(name="Dana Lee", email="dana@home.example", title="CEO"), source="new.vcf", at=LATER)
    dana.absorb(Card.of(name="Dana Lee", email="dana@initech.example", phone="+351 3"), source="x", at=LATER)
    assert dana.title == "CEO"
    merge.undo(by=world.alex(), at=LATER)
    dana.refresh_from_db()
    other.refresh_from_db()
    assert (dana.title, other.title) == ("VP Engineering", "CEO")
    assert Card.parse(dana.card).phones == ("+351 1", "+351 3")
    assert Card.parse(other.card).phones == ("+351 2",)


@pytest.mark.django_db
def test_a_card_given_before_says_nothing_new_of_either_and_one_taken_back_goes_from_both() -> None:
    dana, other = pair()
    revision = other.absorb(Card.of(name="Dana Lee", phone="+351 9"), source="slip", at=world.NOW)
    join(dana, other)
    dana.refresh_from_db()
    assert dana.absorb(Card.of(name="Dana Lee", phone="+351 9"), source="slip", at=LATER) is None
    assert revision is not None
    CardRevision.objects.get(pk=revision.pk).undo(by=world.alex(), at=LATER)
    dana.refresh_from_db()
    assert Card.parse(dana.card).phones == ("+351 1", "+351 2")


@pytest.mark.django_db
def test_merges_within_merges_are_taken_back_in_turn() -> None:
    dana, other = pair()
    third = make("Dana Lee-Ruiz", phone="+351 4")
    before = book()
    first, second = join(dana, other), join(third, dana)
    assert Person.objects.get(pk=other.pk).merged_into == third
    with pytest.raises(NotAllowed, match="take that back first"):
        first.undo(by=world.alex(), at=LATER)
    second.undo(by=world.alex(), at=LATER)
    first.undo(by=world.alex(), at=LATER)
    with pytest.raises(NotAllowed, match="taken back already"):
        first.undo(by=world.alex(), at=LATER)
    assert book() == before


texts = st.sampled_from(
    ["", "Director", "Baker", "Acme", "+351 912 345 678", "https://a.example/", "x@acme.example"]
)
cards = st.fixed_dictionaries(
    {"title": texts, "organisation": texts, "email": texts, "phone": texts, "url": texts}
)
fields = st.sets(
    st.sampled_from(["name", "title", "organisation", "phones", "urls", "birthday", "addresses"])
)


class TestMerging(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(cards, cards, st.lists(cards, max_size=2), fields)
    def test_merging_and_taking_it_back_gives_the_book_back(
        self, mine: dict[str, str], theirs: dict[str, str], more: list[dict[str, str]], chosen: set[str]
    ) -> None:
        dana, other = make(**mine), make("Dana R. Lee", **theirs)
        for each in more:
            other.absorb(Card.of(name="Dana Lee", **each), source="more.vcf", at=world.NOW)
        before = book()
        join(dana, other, *chosen).undo(by=world.alex(), at=LATER)
        assert book() == before

    @settings(max_examples=12, deadline=None)
    @given(cards, cards, fields)
    def test_an_edit_between_outlives_the_undo(
        self, mine: dict[str, str], theirs: dict[str, str], chosen: set[str]
    ) -> None:
        dana, other = make(**mine), make(**theirs)
        merge = join(dana, other, *chosen)
        dana.refresh_from_db()
        dana.absorb(Card.of(name=dana.name, title="Astronaut"), source="what you typed", at=world.NOW)
        merge.undo(by=world.alex(), at=LATER)
        dana.refresh_from_db()
        assert dana.title == "Astronaut"
        assert Person.objects.get(pk=other.pk).title == theirs["title"]
