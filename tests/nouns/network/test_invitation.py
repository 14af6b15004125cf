"""An invitation on a network outside: recorded, answered, counted and taken back, each with one journal entry."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.journal.errors import NeedsConfirmation, NotAllowed
from rapport.network.models import Invitation
from rapport.people.models import Person
from rapport.rules.card import Card
from rapport.rules.invitation import BEGINS, STATES
from tests import world

pytestmark = pytest.mark.django_db

LATER = world.NOW + timedelta(days=2)


def dana() -> Person:
    card = Card.of(name="Dana Lee", email="dana@initech.example")
    known = Person.objects.seen_by(world.alex()).filter(name="Dana Lee").first()
    return known or Person.make(world.alex(), card, source="a card", at=world.NOW)


def sent(person: Person | None = None, words: str = "Glad we talked.", **said: object) -> Invitation:
    how = {"by": world.alex(), "at": world.NOW} | said
    return Invitation.record_sent(person or dana(), "professional", words=words, **how)  # type: ignore[arg-type]


def received() -> Invitation:
    return Invitation.record_received(dana(), "professional", by=world.alex(), at=world.NOW)


def verbs() -> list[str]:
    found = world.alex().journal.filter(verb__startswith="invitation.")
    return list(found.order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("verb", "state"),
    [("accept", "accepted"), ("decline", "declined"), ("let_rest", "ignored"), ("withdraw", "withdrawn")],
)
def test_what_came_of_it_is_kept_with_its_moment_and_one_entry(verb: str, state: str) -> None:
    invitation = sent()
    getattr(invitation, verb)(by=world.alex(), at=LATER)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_at) == (state, LATER)
    assert verbs() == ["invitation.sent", f"invitation.{state}"]
    invitation.reconsider(by=world.alex(), at=LATER)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_at) == ("sent", None)


def test_an_entry_names_the_person_as_written() -> None:
    sent().withdraw(by=world.alex(), at=LATER)
    says = [entry.says for entry in world.alex().journal.filter(verb="invitation.withdrawn")]
    assert says == ["You withdrew your invitation to Dana Lee on the professional network."]


def test_nothing_yet_leaves_it_with_them_and_looks_again_in_a_week() -> None:
    invitation = sent()
    assert not Invitation.objects.to_look_at(world.NOW + timedelta(days=6)).exists()
    assert Invitation.objects.to_look_at(world.NOW + timedelta(days=7)).get() == invitation
    invitation.look_again(by=world.alex(), at=LATER)
    assert invitation.state == "sent"
    assert not Invitation.objects.to_look_at(LATER + timedelta(days=6)).exists()
    assert Invitation.objects.to_look_at(LATER + timedelta(days=7)).exists()


def test_two_answers_at_the_same_time_count_once() -> None:
    invitation = sent()
    again = Invitation.objects.get(pk=invitation.pk)
    invitation.accept(by=world.alex(), at=LATER)
    with pytest.raises(NotAllowed, match="changed meanwhile"):
        again.decline(by=world.alex(), at=LATER)
    with pytest.raises(NotAllowed, match="is accepted already"):
        invitation.withdraw(by=world.alex(), at=LATER)
    assert verbs() == ["invitation.sent", "invitation.accepted"]


def test_nobody_is_invited_twice() -> None:
    person = dana()
    first = sent(person)
    with pytest.raises(NotAllowed, match="nobody send a second one"):
        sent(person, confirmed=True)
    first.accept(by=world.alex(), at=LATER)
    with pytest.raises(NotAllowed, match="connected already"):
        sent(person, confirmed=True)
    assert Invitation.objects.count() == 1


def test_one_of_theirs_waits_at_a_time() -> None:
    theirs = received()
    with pytest.raises(NotAllowed, match="An invitation of theirs waits already"):
        received()
    theirs.decline(by=world.alex(), at=LATER)
    received()
    with pytest.raises(NotAllowed, match="a later invitation waits"):
        theirs.reconsider(by=world.alex(), at=LATER)


def test_without_words_it_asks_and_counts_once_confirmed() -> None:
    person = dana()
    with pytest.raises(NeedsConfirmation) as asked:
        sent(person, words="")
    assert len(asked.value.reasons) == 1
    assert sent(person, words="", confirmed=True).words == ""


def test_notes_are_counted_by_the_month_and_invitations_by_the_week() -> None:
    member = world.alex()
    people = [
        Person.make(
            member, Card.of(name=f"Person {number}", email=f"{number}@a.example"), source="x", at=world.NOW
        )
        for number in range(6)
    ]
    for person, days in zip(people, (40, 19, 8, 3, 1, 0), strict=True):
        sent(person, words="Hello." if days != 3 else "", at=world.NOW - timedelta(days=days), confirmed=True)
    notes, invitations = Invitation.objects.allowances(member, world.NOW)
    assert (notes.used, notes.of) == (4, 5)
    assert (invitations.used, invitations.of) == (3, 100)
    assert notes.is_near
    slip = Invitation.objects.get(person=people[-1])
    slip.take_back(by=member, at=world.NOW)
    assert Invitation.objects.allowances(member, world.NOW)[0].used == 3


def test_past_a_limit_it_asks_with_every_reason_at_once() -> None:
    member = world.alex()
    member.notes_a_month, member.invitations_a_week, member.note_limit = 1, 1, 5
    sent(
        Person.make(member, Card.of(name="Sam", email="sam@a.example"), source="x", at=world.NOW),
        by=member,
        confirmed=True,
    )
    with pytest.raises(NeedsConfirmation) as asked:
        sent(by=member)
    assert len(asked.value.reasons) == 3


def test_a_slip_is_taken_back_unless_it_was_answered() -> None:
    invitation = sent()
    invitation.accept(by=world.alex(), at=LATER)
    with pytest.raises(NotAllowed, match="Your invitation to Dana Lee has an answer: accepted"):
        invitation.take_back(by=world.alex(), at=LATER)
    invitation.reconsider(by=world.alex(), at=LATER)
    invitation.take_back(by=world.alex(), at=LATER)
    assert not Invitation.objects.standing().exists()
    assert sent().is_waiting


def test_a_stranger_moves_nothing() -> None:
    invitation = sent()
    for verb in ("accept", "decline", "let_rest", "withdraw", "look_again", "take_back"):
        with pytest.raises(NotAllowed, match="another member's book"):
            getattr(Invitation.objects.get(pk=invitation.pk), verb)(by=world.robin(), at=LATER)
    assert Invitation.objects.get().state == "sent"
    assert not Invitation.objects.seen_by(world.robin()).exists()


def test_an_unknown_network_is_refused() -> None:
    with pytest.raises(NotAllowed, match="one of professional, social, microblog"):
        Invitation.record_received(dana(), "pigeon", by=world.alex(), at=world.NOW)


_VERBS = ("accept", "decline", "let_rest", "withdraw", "look_again", "reconsider", "take_back")


class TestWalks(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.booleans(), st.lists(st.sampled_from(_VERBS), max_size=8))
    def test_every_walk_of_verbs_stays_in_the_table_with_one_entry_a_move(
        self, is_sent: bool, walk: list[str]
    ) -> None:
        invitation = sent() if is_sent else received()
        done = 1
        for verb in walk:
            try:
                getattr(invitation, verb)(by=world.alex(), at=LATER)
                done += 1
            except NotAllowed:
                pass
            invitation.refresh_from_db()
            assert invitation.state in STATES[invitation.direction]  # type: ignore[index]
            assert (invitation.answered_at is None) == (invitation.state in BEGINS.values())
        assert len(verbs()) == done
