"""Where letters reach a person, as cards say it one after the other."""

import pytest

from rapport.followups import happenings
from rapport.followups.models import Step
from rapport.rules.card import Card, PostalAddress
from tests import world

pytestmark = pytest.mark.django_db

LISBON = PostalAddress(
    street="Rua Augusta 10", locality="Lisboa", postal_code="1100-053", country="PT", place="work"
)
BERLIN = PostalAddress(
    street="Unter den Linden 5", locality="Berlin", postal_code="10117", country="DE", place="work"
)


def says(person, address, at=world.NOW):
    return happenings.update_card(
        person, Card.of(name=person.name).saying(address=address), source="what you typed", at=at
    )


def test_an_address_comes_onto_the_card_and_says_where_somebody_is():
    dana = world.person()
    says(dana, LISBON)
    dana.refresh_from_db()
    assert (dana.postal_address.street, dana.country) == ("Rua Augusta 10", "PT")
    assert (
        "Rua Augusta 10, 1100-053 Lisboa, Portugal"
        in dana.member.journal.filter(verb="person.absorbed").last().says
    )


def test_a_move_is_told_as_one_and_can_be_taken_back():
    dana = world.person()
    says(dana, LISBON)
    says(dana, BERLIN)
    dana.refresh_from_db()
    assert (str(dana.postal_address), dana.country) == ("Unter den Linden 5, 10117 Berlin, Germany", "DE")
    dana.revisions.last().undo(by=dana.member, at=world.NOW)
    dana.refresh_from_db()
    assert (dana.postal_address.locality, dana.country) == ("Lisboa", "PT")


def test_advice_follows_when_it_is_known_in_which_country_they_are():
    dana = world.person()
    assert Step.objects.get(act="thank", channel="letter", person=dana).verdict == "do"
    changed = says(dana, BERLIN)
    assert {(one.step.act, one.step.channel, one.after) for one in changed} >= {
        ("thank", "letter", "optional")
    }


def test_a_card_that_names_only_the_country_takes_no_street_away():
    dana = world.person()
    says(dana, LISBON)
    says(dana, PostalAddress(country="DE", country_name="Germany", place="work"))
    dana.refresh_from_db()
    assert dana.postal_address.street == "Rua Augusta 10"
