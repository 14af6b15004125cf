"""An address that ended all mail is left in peace, in whatever capitals, and by whatever key."""

from __future__ import annotations

import pytest

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.notifications.mail import Unwanted, write
from rapport.notifications.models import Silence
from tests import world

pytestmark = pytest.mark.django_db

ALEX = "alex.morgan@mail.example"


@pytest.fixture
def sends(settings, server):
    settings.MAIL_URL, settings.MAIL_FROM = "smtp://127.0.0.1:1", "Rapport <rapport@rapport.example>"


def ended(address: str) -> bool:
    return Silence.begin(Silence.token_of(address), at=world.NOW)


def test_nothing_can_be_written_to_an_address_that_ended_all_mail(sends):
    member = world.alex()
    letter = write(member, "Today", "Words", "<p>Words</p>", at=world.NOW)
    assert ended(ALEX)
    with pytest.raises(Unwanted, match="was ended there"):
        write(member, "Today", "Words", "<p>Words</p>", at=world.NOW)
    with pytest.raises(Unwanted):
        letter.ask_again()


@pytest.mark.parametrize("typed", ["Alex.Morgan@Mail.Example", "ALEX.MORGAN@MAIL.EXAMPLE", ALEX])
def test_other_capitals_are_the_same_address(sends, typed):
    ended(typed)
    assert Silence.covers(ALEX)
    Member.objects.filter(pk=world.alex().pk).update(email=typed)
    with pytest.raises(Unwanted):
        write(Member.objects.get(), "Today", "Words", "", at=world.NOW)


def test_an_international_domain_is_the_same_in_both_of_its_forms():
    ended("lea@bücher.example")
    assert Silence.covers("LEA@xn--bcher-kva.example")


def test_somebody_else_still_gets_mail():
    ended(ALEX)
    assert not Silence.covers("robin.vale@mail.example")


def test_twice_is_once():
    assert ended(ALEX)
    assert ended(ALEX)
    assert Silence.objects.count() == 1


def test_only_a_keyed_digest_is_kept():
    ended(ALEX)
    row = str(Silence.objects.values().get()).lower()
    assert "alex" not in row
    assert "mail.example" not in row


@pytest.mark.parametrize("spoil", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: t[:40], lambda t: t * 2,
                                   lambda _: "é" * 64, lambda _: "A" * 64, lambda _: ""])  # fmt: skip
def test_a_link_that_was_not_made_here_ends_nothing(spoil):
    token = spoil(Silence.token_of(ALEX))
    assert not Silence.is_token(token)
    assert not Silence.begin(token, at=world.NOW)
    assert not Silence.objects.exists()


def test_a_new_first_key_changes_nothing_while_the_old_one_is_kept(settings):
    settings.VAULT_KEY = "old"
    token = Silence.token_of("somebody@else.example")
    ended(ALEX)
    settings.VAULT_KEY = "new,old"
    assert Silence.covers(ALEX)
    assert Silence.begin(token, at=world.NOW)
    assert Silence.covers("somebody@else.example")


def test_only_the_member_lets_mail_go_again_to_the_address_they_sign_in_with():
    ended(ALEX)
    ended("robin.vale@mail.example")
    with pytest.raises(NotAllowed, match="was not ended"):
        Silence.lift(Member.objects.create_user("other@mail.example"), at=world.NOW)
    Silence.lift(world.alex(), at=world.NOW)
    assert not Silence.covers(ALEX)
    assert Silence.covers("robin.vale@mail.example")
    with pytest.raises(NotAllowed, match="without an address"):
        Silence.lift(Member.objects.create_user(None), at=world.NOW)


def test_it_outlives_the_account():
    ended(ALEX)
    world.alex().delete()
    assert Silence.covers(ALEX)
