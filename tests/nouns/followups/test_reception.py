"""What somebody stated about being approached counts over the school of whoever plans to."""

import pytest

from rapport.accounts.models import Address, Member
from rapport.followups.asking import advice_for
from rapport.followups.models import Step
from tests import world

pytestmark = pytest.mark.django_db

LATER = [
    {
        "id": "rather-not",
        "act": "invite",
        "channel": "professional",
        "verdict": "avoid",
        "strength": "must",
        "because": "They connect only with people they know well.",
        "source": "Their own word",
    }
]


def invitation(name: str = "Dana Lee") -> Step:
    return Step.objects.get(act="invite", channel="professional", person__name=name)


def dana(email: str = "dana.lee@initech.example") -> Member:
    return Member.objects.create_user(email, name="Dana Lee", reception=LATER)


def test_a_members_own_word_counts_over_the_school() -> None:
    dana()
    world.interview().plan.follow("next-day", by=world.alex(), at=world.NOW)
    said = invitation()
    assert (said.verdict, said.because[0]["says"]) == (
        "avoid",
        "They connect only with people they know well.",
    )
    assert said.falls_back is False
    assert invitation("Sam Ortiz").verdict == "do"
    assert advice_for(world.person(), world.NOW).on("invite", "professional").verdict == "avoid"


def test_an_address_that_somebody_only_claims_is_nobodys_word() -> None:
    claimed = dana("somebody.else@mail.example")
    Address.objects.create(member=claimed, email="dana.lee@initech.example")
    world.interview().plan.follow("next-day", by=world.alex(), at=world.NOW)
    assert invitation().verdict == "do"


def test_who_has_left_says_nothing_any_more() -> None:
    Member.objects.filter(pk=dana().pk).update(is_active=False)
    world.interview().plan.follow("next-day", by=world.alex(), at=world.NOW)
    assert invitation().verdict == "do"
