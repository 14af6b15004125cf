"""A member's own card, seen through its audiences, in the books of fellow members."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.followups.merging import merge, unmerge
from rapport.journal.errors import NotAllowed
from rapport.people.going_round import go_round
from rapport.people.models import (
    CardLink,
    CardRevision,
    CardRound,
    Merge,
    NamedList,
    Person,
    Source,
    Suggestion,
)
from rapport.people.showing import keep_own_card, seen_by, seen_with_link
from rapport.rules.audience import items_of, list_of, showing
from rapport.rules.card import Card
from rapport.worker import circulating
from tests import world

OWN = Card(
    ["VERSION:4.0", "FN:Alex Morgan", "TITLE:CTO", "TEL:+351 91", "EMAIL:alex@new.example", "NOTE:Sings bass"]
)


def told(shown_to: dict[str, set[str]]) -> None:
    """Let Alex's card show to whom is said, by what the item says."""
    card = showing(OWN, [shown_to.get(item.says, set()) for item in items_of(OWN)])
    keep_own_card(world.alex(), card, at=world.NOW)


def in_alexs_book(**spheres: bool) -> Person:
    robin = Person.make(
        world.alex(), Card.of(name="Robin Vale", email="robin.vale@mail.example"), source="x", at=world.NOW
    )
    Person.objects.filter(pk=robin.pk).update(**spheres)
    return Person.objects.get(pk=robin.pk)


def in_robins_book() -> Person:
    card = Card.of(name="Alex Morgan", email="alex.morgan@mail.example", title="Engineer")
    return Person.make(world.robin(), card, source="x", at=world.NOW)


@pytest.mark.django_db
def test_nothing_is_seen_until_it_is_shown_and_only_by_who_is_in_the_book():
    alex, robin = world.alex(), world.robin()
    assert (seen_by(alex, robin), seen_with_link(alex)) == (None, None)
    told({"CTO": {"professional"}})
    assert seen_by(world.alex(), robin) is None
    in_alexs_book(is_professional=True)
    seen = seen_by(world.alex(), robin)
    assert (seen.title, seen.phones, seen_with_link(world.alex())) == ("CTO", (), None)


@pytest.mark.django_db
def test_an_address_that_a_member_only_claims_opens_nothing():
    told({"CTO": {"professional"}})
    Person.make(world.alex(), Card.of(name="Dana", email="dana@initech.example"), source="x", at=world.NOW)
    world.robin().addresses.create(email="dana@initech.example")
    assert seen_by(world.alex(), world.robin()) is None


@pytest.mark.django_db
def test_the_card_goes_round_is_kept_up_to_date_and_goes_again_when_it_is_hidden():
    in_alexs_book(is_professional=True)
    theirs = in_robins_book()
    told({"CTO": {"professional"}, "+351 91": {"social"}})
    assert list(circulating.due(world.NOW)) == [world.alex().pk]
    circulating.work(world.alex(), lambda: world.NOW, lambda: False)
    theirs.refresh_from_db()
    assert (theirs.title, theirs.current_card.phones) == ("CTO", ())
    entry = world.robin().journal.get(verb="person.absorbed")
    assert entry.says == "Alex Morgan: Engineer → CTO (their own card)"
    go_round(world.alex(), at=world.NOW)
    assert world.robin().journal.filter(verb="person.absorbed").count() == 1
    told({})
    circulating.work(world.alex(), lambda: world.NOW, lambda: False)
    theirs.refresh_from_db()
    assert theirs.title == "Engineer"
    assert not list(circulating.due(world.NOW))
    assert CardRound.objects.get().due_at > world.NOW


@pytest.mark.django_db
def test_a_card_that_was_taken_back_does_not_come_again_until_it_says_something_else():
    in_alexs_book(is_professional=True)
    theirs = in_robins_book()
    told({"CTO": {"professional"}})
    go_round(world.alex(), at=world.NOW)
    theirs.revisions.last().undo(by=world.robin(), at=world.NOW)
    go_round(world.alex(), at=world.NOW)
    theirs.refresh_from_db()
    assert theirs.title == "Engineer"
    told({"CTO": {"professional"}, "+351 91": {"professional"}})
    go_round(world.alex(), at=world.NOW)
    theirs.refresh_from_db()
    assert (theirs.title, theirs.phone) == ("CTO", "+351 91")


@pytest.mark.django_db
def test_nobody_new_comes_into_a_book_by_it_and_the_owners_own_book_is_left_alone():
    in_alexs_book(is_professional=True)
    told({"CTO": {"professional", "link"}})
    before = Person.objects.count()
    go_round(world.alex(), at=world.NOW)
    assert Person.objects.count() == before


@pytest.mark.django_db
def test_a_link_is_off_renewed_and_removed():
    alex = world.alex()
    first = CardLink.make(alex, at=world.NOW).token
    assert CardLink.holder(first) == alex
    link = CardLink.make(alex, at=world.NOW)
    assert (CardLink.holder(first), CardLink.holder(link.token)) == (None, alex)
    link.remove(by=alex, at=world.NOW)
    assert CardLink.holder(link.token) is None


@pytest.mark.django_db
def test_a_list_holds_only_its_sphere_and_nothing_crosses_by_it():
    alex, person = world.alex(), in_alexs_book(is_professional=True, is_social=False)
    choir = NamedList.make(" The  choir ", "social", by=alex, at=world.NOW)
    with pytest.raises(NotAllowed, match="The choir is a social list, and Robin Vale is not"):
        choir.put_on(person, by=alex, at=world.NOW)
    person.describe(spheres=["professional", "social"], by=alex, at=world.NOW)
    choir.put_on(person, by=alex, at=world.NOW)
    told({"+351 91": {list_of(choir.pk)}})
    assert seen_by(world.alex(), world.robin()).phones == ("+351 91",)
    person.describe(spheres=["professional"], by=alex, at=world.NOW)
    assert (seen_by(world.alex(), world.robin()), list(choir.people)) == (None, [])
    for name, sphere in (("the CHOIR", "social"), ("", "social"), ("Work", "neither")):
        with pytest.raises(NotAllowed):
            NamedList.make(name, sphere, by=alex, at=world.NOW)


AUDIENCES = ["professional", "social", "link"]


def kept_of(person: Person) -> str:
    """All that Robin's book keeps of a person: cards, suggestions, entries."""
    kinds = (CardRevision, Source, Suggestion)
    rows = [list(kind.objects.filter(person__member=person.member).values_list()) for kind in kinds]
    rows += [list(Person.objects.filter(member=person.member).values_list())]
    rows += [list(person.member.journal.values_list("says", "changes"))]
    return str(rows)


@pytest.mark.django_db
def test_a_member_who_wants_to_be_asked_is_asked_and_what_is_hidden_goes_from_everything():
    robin = world.robin()
    robin.applied_kinds = []
    robin.save()
    in_alexs_book(is_professional=True)
    theirs = in_robins_book()
    told({"CTO": {"professional"}, "+351 91": {"professional"}, "Sings bass": {"professional"}})
    circulating.work(world.alex(), lambda: world.NOW, lambda: False)
    theirs.refresh_from_db()
    waiting = {one.field: one for one in theirs.suggestions.open()}
    assert (theirs.title, set(waiting)) == ("Engineer", {"title", "phones", "note"})
    assert f"{waiting['title'].source}" == "their own card"
    for one in waiting.values():
        one.apply(by=robin, at=world.NOW)
    theirs.refresh_from_db()
    assert (theirs.title, theirs.phone, theirs.current_card.note) == ("CTO", "+351 91", "Sings bass")
    told({"CTO": {"professional"}})
    circulating.work(world.alex(), lambda: world.NOW, lambda: False)
    theirs.refresh_from_db()
    assert (theirs.title, theirs.phone, theirs.current_card.note) == ("CTO", "", "")
    assert [one.field for one in theirs.suggestions.all()] == ["title"]
    for secret in ("+351 91", "+35191", "Sings bass"):
        assert secret not in kept_of(theirs)


@pytest.mark.django_db
def test_what_is_hidden_goes_from_whoever_they_were_merged_into_as_well():
    in_alexs_book(is_professional=True)
    theirs = in_robins_book()
    told({"+351 91": {"professional"}})
    go_round(world.alex(), at=world.NOW)
    friend = Person.make(world.robin(), Card.of(name="Alex M"), source="x", at=world.NOW)
    Merge.join(friend, theirs, by=world.robin(), at=world.NOW)
    friend.refresh_from_db()
    assert friend.phone == "+351 91"
    told({"CTO": {"professional"}})
    go_round(world.alex(), at=world.NOW)
    friend.refresh_from_db()
    assert (friend.phone, friend.title) == ("", "CTO")
    assert "+351 91" not in kept_of(friend)


@pytest.mark.django_db
def test_what_was_hidden_while_two_were_one_waits_for_neither_once_they_are_two_again():
    robin = world.robin()
    robin.applied_kinds = []
    robin.save()
    in_alexs_book(is_professional=True)
    one, other = in_robins_book(), in_robins_book()
    told({"CTO": {"professional"}, "+351 91": {"professional"}})
    go_round(world.alex(), at=world.NOW)
    assert [len(person.suggestions.open()) for person in (one, other)] == [2, 2]
    joined, _ = merge(one, other, by=robin, at=world.NOW)
    told({"CTO": {"professional"}})
    go_round(world.alex(), at=world.NOW)
    joined.refresh_from_db()
    assert "+351 91" not in str(joined.handed)
    told({"Sings bass": {"professional"}})
    unmerge(joined, by=robin, at=world.NOW)
    for person in (one, other):
        person.refresh_from_db()
        assert [found.field for found in person.suggestions.open()] == ["note"]


@pytest.mark.django_db
def test_an_earlier_card_that_was_taken_back_hides_what_the_later_one_showed():
    in_alexs_book(is_professional=True)
    theirs = in_robins_book()
    told({"CTO": {"professional"}})
    go_round(world.alex(), at=world.NOW)
    theirs.revisions.last().undo(by=world.robin(), at=world.NOW)
    for phones in ({"professional"}, set()):
        told({"CTO": {"professional"}, "+351 91": phones})
        go_round(world.alex(), at=world.NOW)
    theirs.refresh_from_db()
    assert (theirs.title, theirs.phone) == ("Engineer", "")


class TestShowing(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(
        st.lists(st.frozensets(st.sampled_from(AUDIENCES)), min_size=4, max_size=4),
        st.lists(st.frozensets(st.sampled_from(AUDIENCES)), min_size=4, max_size=4),
        *([st.booleans()] * 3),
    )
    def test_a_fellow_members_book_never_holds_what_is_kept_from_them(
        self, first, then, business, social, asks
    ):
        robin = world.robin()
        robin.applied_kinds = [] if asks else ["member"]
        robin.save()
        in_alexs_book(is_professional=business, is_social=social)
        theirs = in_robins_book()
        mine = {name for name, is_in in (("professional", business), ("social", social)) if is_in}
        for said in (first, then):
            keep_own_card(world.alex(), showing(OWN, said), at=world.NOW)
            go_round(world.alex(), at=world.NOW)
            for one in theirs.suggestions.open():
                one.apply(by=robin, at=world.NOW)
            theirs.refresh_from_db()
            for item, audiences in zip(items_of(OWN), said, strict=True):
                assert (item.says in theirs.card) == bool(audiences & mine)
                assert bool(audiences & mine) or item.says not in kept_of(theirs)
