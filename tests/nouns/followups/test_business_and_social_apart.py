"""Nothing of business goes to a social address by itself; on purpose it may."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.correspondence.models import Mailbox
from rapport.followups.letters import recipient_of
from rapport.followups.models import Step
from rapport.followups.sending import dispatch
from rapport.journal.errors import NotAllowed
from rapport.people.editing import edit
from rapport.rules.card import Card
from tests import world

LINES = st.lists(
    st.sampled_from(
        [
            "EMAIL;TYPE=home:a-social@x.example",
            "EMAIL;TYPE=HOME,PREF:b-social@x.example",
            "EMAIL:c@x.example",
            "EMAIL;TYPE=work:d@x.example",
            "EMAIL;TYPE=home;TYPE=work:e@x.example",
            "TEL;TYPE=home,pref:1 social",
            "TEL;TYPE=cell:2",
            "ADR;TYPE=home,pref:;;Social Street 1;Porto;;;Portugal",
            "ADR;TYPE=work:;;Work Street 1;Porto;;;Portugal",
        ]
    ),
    unique=True,
)


def step_with(lines: list[str]) -> Step:
    dana, alex = world.person(), world.alex()
    box = {"address": "alex@mail.example", "username": "alex", "smtp_host": "mail.example"}
    Mailbox.keep(alex, at=world.NOW, **box)
    card = Card(["VERSION:4.0", "FN:Dana Lee", *lines])
    edit(dana, card, of=dana.current_card, by=alex, at=world.NOW)
    return Step.objects.with_all().get(act="thank", channel="email", person=dana)


class TestApart(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(LINES)
    def test_no_mail_letter_or_number_of_business_is_a_social_one(self, lines: list[str]) -> None:
        step = step_with(lines)
        business = [line for line in lines if line.startswith("EMAIL") and "social" not in line]
        person = step.person
        assert "social" not in f"{person.work_email} {person.phone} {person.postal_address}"
        assert "Social" not in str(recipient_of(step).address)
        assert bool(person.work_email) == bool(business)
        if business:
            assert "social" not in dispatch(step, by=world.alex(), at=world.NOW, confirmed=True).recipient
        else:
            with pytest.raises(NotAllowed, match=r"(social|no) address of Dana Lee"):
                dispatch(step, by=world.alex(), at=world.NOW, confirmed=True)


@pytest.mark.django_db
def test_a_social_address_is_written_to_on_purpose() -> None:
    step = step_with(["EMAIL;TYPE=home:a-social@x.example"])
    chosen = dispatch(step, by=world.alex(), at=world.NOW, confirmed=True, recipient="a-social@x.example")
    assert chosen.recipient == "a-social@x.example"


@pytest.mark.django_db
def test_who_is_social_alone_has_only_social_addresses_unless_one_is_marked_for_work() -> None:
    step = step_with(["EMAIL:c@x.example", "EMAIL;TYPE=work:d@x.example"])
    step.person.describe(spheres=["social"], by=world.alex(), at=world.NOW)
    assert [(each.email, each.sphere) for each in step.person.emails.order_by("email")] == [
        ("c@x.example", "social"),
        ("d@x.example", "professional"),
    ]
