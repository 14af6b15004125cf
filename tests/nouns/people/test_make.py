"""Somebody new comes into the book; who has the address already is no second person."""

import pytest

from rapport.people.models import Organisation, Person
from rapport.rules.card import Card
from tests import world

pytestmark = pytest.mark.django_db


def test_somebody_new_comes_into_the_book_as_the_card_says() -> None:
    card = Card.of(
        name="Sam Ortiz",
        email="Sam@Initech.example",
        title="Staff Engineer",
        organisation="Initech",
        phone="+351 21 000 000",
        url="https://network.example/in/sam",
    )
    sam = Person.make(world.alex(), card, source="sam.vcf", at=world.NOW)
    assert (sam.name, sam.title, str(sam.organisation)) == ("Sam Ortiz", "Staff Engineer", "Initech")
    assert (sam.phone, sam.profile) == ("+351 21 000 000", "https://network.example/in/sam")
    assert [address.email for address in sam.emails.all()] == ["sam@initech.example"]
    assert sam.revisions.get().given == card.text()
    said = world.alex().journal.get(verb="person.met").says
    assert said == "Sam Ortiz, Staff Engineer at Initech came into the book from sam.vcf."


def test_the_same_address_in_other_capitals_is_the_same_person() -> None:
    world.taken_in(world.card())
    world.taken_in(world.card(email="SAM@initech.example", title="Director"))
    assert Person.objects.get().title == "Director"


def test_the_same_address_in_another_members_book_is_another_person() -> None:
    world.taken_in(world.card())
    world.taken_in(world.card(), member=world.robin())
    assert Person.objects.seen_by(world.robin()).count() == 1
    assert Person.objects.seen_by(world.alex()).count() == 1


def test_an_organisation_in_other_capitals_is_the_same() -> None:
    world.taken_in(world.card(organisation="Initech"))
    world.taken_in(world.card(name="Dana Lee", email="dana@initech.example", organisation="INITECH"))
    assert [place.name for place in Organisation.objects.all()] == ["Initech"]
