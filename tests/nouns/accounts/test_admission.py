"""An administrator admits an address; it accepts once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rapport.accounts.models import Admission, AlreadyMember, Member
from rapport.accounts.secret_link import LinkRefused

pytestmark = pytest.mark.django_db
CHOSEN = {"name": "Dana Lee", "password": "eleven grey herons", "time_zone": "Europe/Lisbon"}


def test_an_admitted_address_becomes_a_member_who_can_sign_in_with_the_chosen_password(alex, now):
    token = Admission.admit("Dana.Lee@Initech.example ", by=alex, at=now)
    member = Admission.open_at(token, at=now).accept(**CHOSEN, at=now)
    assert member.email == "dana.lee@initech.example"
    assert (member.name, member.time_zone) == ("Dana Lee", "Europe/Lisbon")
    assert member.check_password("eleven grey herons")
    assert not member.is_administrator


def test_an_admission_may_name_an_administrator(now):
    token = Admission.admit("dana@initech.example", by=None, at=now, as_administrator=True)
    assert Admission.open_at(token, at=now).accept(**CHOSEN, at=now).is_administrator


def test_only_a_digest_of_the_token_is_stored(alex, now):
    token = Admission.admit("dana@initech.example", by=alex, at=now)
    stored = Admission.objects.values().get()
    assert token not in str(stored)
    assert len(stored["digest"]) == 64


def test_the_link_works_once(alex, now):
    token = Admission.admit("dana@initech.example", by=alex, at=now)
    Admission.open_at(token, at=now).accept(**CHOSEN, at=now)
    with pytest.raises(LinkRefused):
        Admission.open_at(token, at=now)


def test_of_two_that_accept_at_the_same_moment_one_is_refused(alex, now):
    token = Admission.admit("dana@initech.example", by=alex, at=now)
    first, second = Admission.open_at(token, at=now), Admission.open_at(token, at=now)
    first.accept(**CHOSEN, at=now)
    with pytest.raises(LinkRefused):
        second.accept(**CHOSEN, at=now)
    assert Member.objects.filter(email="dana@initech.example").count() == 1


def test_the_link_ends_after_two_weeks(alex, now):
    token = Admission.admit("dana@initech.example", by=alex, at=now)
    assert Admission.open_at(token, at=now + timedelta(days=13))
    with pytest.raises(LinkRefused):
        Admission.open_at(token, at=now + timedelta(days=14))


def test_a_new_admission_ends_the_older_link(alex, now):
    older = Admission.admit("dana@initech.example", by=alex, at=now)
    newer = Admission.admit("dana@initech.example", by=alex, at=now)
    with pytest.raises(LinkRefused):
        Admission.open_at(older, at=now)
    assert Admission.open_at(newer, at=now)


def test_a_member_is_not_admitted_again(alex, now):
    with pytest.raises(AlreadyMember, match="is a member already"):
        Admission.admit(alex.email.upper(), by=alex, at=now)


def test_a_token_never_given_opens_nothing(now):
    with pytest.raises(LinkRefused):
        Admission.open_at("guessed", at=now)
