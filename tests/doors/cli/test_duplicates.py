"""`rapport duplicates`: the groups of one laptop's book, to read and as JSON."""

from __future__ import annotations

from typing import Any

import pytest

from rapport.accounts.models import Member
from rapport.people.models import Person
from rapport.rules.card import Card
from tests import world

pytestmark = pytest.mark.django_db


def _twice() -> tuple[Person, Person]:
    member = Member.objects.of_this_laptop()
    said = {"name": "Dana Leeuwarden", "phone": "+351 912 345 678"}
    cards = [Card.of(**said, uid="first"), Card.of(**said, uid="second", organisation="Acme")]
    one, other = (Person.make(member, card, source="book.vcf", at=world.NOW) for card in cards)
    return one, other


def test_the_groups_are_given_as_json_with_the_identifiers_of_their_cards(rapport: Any) -> None:
    one, other = _twice()
    one.absorb(Card.of(name="Dana Leeuwarden", title="CTO", uid="third"), source="new.vcf", at=world.NOW)
    ran = rapport("duplicates", "--json")
    assert ran.code == 0
    (group,) = ran.document["groups"]
    assert group["verdict"] == "same"
    assert group["people"] == [
        {"id": one.pk, "uids": ["first", "third"], "name": "Dana Leeuwarden"},
        {"id": other.pk, "uids": ["second"], "name": "Dana Leeuwarden"},
    ]
    assert "The same telephone number, ending in 5678." in group["because"]


def test_the_page_says_who_and_why(rapport: Any) -> None:
    one, _ = _twice()
    out = rapport("duplicates").out
    assert out.startswith("The same person\n")
    assert f"{one.pk}  Dana Leeuwarden" in out
    assert "The same telephone number, ending in 5678." in out


def test_a_book_without_duplicates_says_so(rapport: Any) -> None:
    assert rapport("duplicates", "--json").document == {"groups": []}
    assert rapport("duplicates").out == "Nobody is in your book twice, as far as their cards tell.\n"
