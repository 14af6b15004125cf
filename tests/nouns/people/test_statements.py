"""What the member says about a person."""

import pytest

from rapport.journal.errors import NotAllowed
from tests import world

pytestmark = pytest.mark.django_db


def test_the_newest_statement_counts() -> None:
    dana = world.person()
    dana.state("rapport", "fair", by=world.alex(), at=world.NOW)
    dana.state("rapport", "strong", by=world.alex(), at=world.NOW)
    assert [statement.known for statement in dana.statements.all()] == ["strong"]
    entry = world.alex().journal.filter(verb="person.fact_stated").first()
    assert entry is not None
    assert entry.changes == {"rapport": ["fair", "strong"]}


@pytest.mark.parametrize(
    ("fact", "value"), [("rapport", "splendid"), ("repport", "strong"), ("connections", True)]
)
def test_what_is_not_in_the_vocabulary_is_refused_with_a_sentence(fact: str, value: object) -> None:
    with pytest.raises(NotAllowed, match=fact):
        world.person().state(fact, value, by=world.alex(), at=world.NOW)


def test_a_statement_is_taken_back_once() -> None:
    dana = world.person()
    dana.state("connections", 250, by=world.alex(), at=world.NOW)
    dana.retract("connections", by=world.alex(), at=world.NOW)
    assert not dana.statements.exists()
    with pytest.raises(NotAllowed, match="Nothing was stated"):
        dana.retract("connections", by=world.alex(), at=world.NOW)


def test_a_stranger_states_and_describes_nothing() -> None:
    dana = world.person()
    with pytest.raises(NotAllowed, match="another member's book"):
        dana.state("rapport", "strong", by=world.robin(), at=world.NOW)
    with pytest.raises(NotAllowed, match="another member's book"):
        dana.describe(notes="mine", by=world.robin(), at=world.NOW)
    dana.refresh_from_db()
    assert (dana.statements.count(), dana.notes) == (0, "")


def test_business_and_social_are_kept_apart_as_the_member_says() -> None:
    dana = world.person()
    assert (dana.is_professional, dana.is_social) == (True, False)
    dana.describe(spheres=["social"], how_met="At school", by=world.alex(), at=world.NOW)
    dana.refresh_from_db()
    assert (dana.is_professional, dana.is_social, dana.how_met) == (False, True, "At school")
