"""The member's own card: where letters come from."""

import pytest

from rapport.rules.card import Card, PostalAddress
from tests import world

pytestmark = pytest.mark.django_db

BERLIN = PostalAddress(
    street="Unter den Linden 5", locality="Berlin", postal_code="10117", country="DE", place="home"
)


def test_without_a_card_there_is_the_name_and_the_address_one_signs_in_with():
    card = world.alex().own_card
    assert (card.name, card.emails, card.postal_address) == (
        "Alex Morgan",
        ("alex.morgan@mail.example",),
        None,
    )


def test_a_card_is_kept_and_goes_by_the_members_present_name():
    alex = world.alex()
    alex.keep_card(
        Card.of(name="Alex Morgan", phone="+351 1").saying(address=BERLIN, signature="Yours,\nAlex")
    )
    alex.name = "Alex Morgan-Reis"
    alex.save()
    card = world.alex().own_card
    assert (card.name, card.family_name, card.phones) == ("Alex Morgan-Reis", "Morgan-Reis", ("+351 1",))
    assert card.signature == "Yours,\nAlex"


def test_letters_are_posted_where_the_address_is_else_where_one_lives():
    alex = world.alex()
    assert alex.posts_from == "PT"
    alex.post_from(BERLIN)
    assert (alex.posts_from, alex.country) == ("DE", "PT")
    assert alex.working_calendar.home_country == "DE"


def test_the_address_gives_the_country_to_a_member_who_named_none():
    robin = world.robin()
    robin.post_from(BERLIN)
    assert world.robin().country == "DE"


def test_a_new_address_takes_the_place_of_the_old_and_the_rest_stays():
    alex = world.alex()
    alex.keep_card(Card.of(name="Alex Morgan", phone="+351 1").saying(address=BERLIN, signature="Yours,"))
    moved = PostalAddress(street="Rua Augusta 10", locality="Lisboa", country="PT", place="home")
    alex.post_from(moved)
    card = world.alex().own_card
    assert [address.locality for address in card.addresses] == ["Lisboa"]
    assert (card.phones, card.signature) == (("+351 1",), "Yours,")
