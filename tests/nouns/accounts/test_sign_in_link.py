"""A one-time link serves its member, its purpose, its hour, once."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from rapport.accounts.models import Purpose, SignInLink
from rapport.accounts.secret_link import LinkRefused

pytestmark = pytest.mark.django_db


def test_a_link_gives_its_member_once(alex, now):
    token = SignInLink.give(alex, at=now)
    assert SignInLink.use(token, at=now) == alex
    with pytest.raises(LinkRefused):
        SignInLink.use(token, at=now)


def test_looking_at_a_link_does_not_use_it_up(alex, now):
    token = SignInLink.give(alex, at=now)
    assert SignInLink.holder(token, at=now) == SignInLink.holder(token, at=now) == alex


def test_a_link_ends_after_an_hour(alex, now):
    token = SignInLink.give(alex, at=now)
    with pytest.raises(LinkRefused):
        SignInLink.use(token, at=now + timedelta(hours=1))


def test_a_link_for_a_new_password_does_not_sign_in(alex, now):
    token = SignInLink.give(alex, at=now, purpose=Purpose.NEW_PASSWORD)
    with pytest.raises(LinkRefused):
        SignInLink.use(token, at=now)


def test_a_member_who_was_closed_out_has_no_use_for_a_link(alex, now):
    token = SignInLink.give(alex, at=now)
    alex.is_active = False
    alex.save()
    with pytest.raises(LinkRefused):
        SignInLink.use(token, at=now)


def test_only_a_digest_of_the_token_is_stored(alex, now):
    token = SignInLink.give(alex, at=now)
    assert token not in str(SignInLink.objects.values().get())


def test_expired_links_are_swept_away_when_a_new_one_is_given(alex, now):
    SignInLink.give(alex, at=now)
    SignInLink.give(alex, at=now + timedelta(hours=2))
    assert SignInLink.objects.count() == 1


def test_a_new_password_ends_the_other_links_for_one(alex, now):
    first, second = (SignInLink.give(alex, at=now, purpose=Purpose.NEW_PASSWORD) for _ in range(2))
    SignInLink.use(second, at=now, purpose=Purpose.NEW_PASSWORD)
    with pytest.raises(LinkRefused):
        SignInLink.use(first, at=now, purpose=Purpose.NEW_PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_refused(alex, now):
    token = SignInLink.give(alex, at=now)
    refused = []

    def second():
        try:
            SignInLink.use(token, at=now)
        except LinkRefused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    with transaction.atomic():
        SignInLink.use(token, at=now)
        other = Thread(target=second)
        other.start()
        other.join(1)  # seconds: it has read the link as unused by then, and waits for this transaction
        assert other.is_alive()
    other.join()
    assert len(refused) == 1
