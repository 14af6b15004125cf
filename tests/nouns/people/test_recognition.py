"""One card against a book: found by its keys, judged by the scoring of the whole book; proposals follow the cards."""

from __future__ import annotations

from typing import Any

import pytest

from rapport.importers.findings import FoundCard, Place
from rapport.intake.models import Batch
from rapport.people.duplicates import compare, duplicates, judged, proposed
from rapport.people.models import MatchKey, Merge, Person, Proposal, ToldApart
from rapport.people.recognition import Looking, certain, write_keys
from rapport.rules.card import Card
from rapport.rules.sameness import groups, traits
from tests import world
from tests.rules.sameness.population import population

pytestmark = pytest.mark.django_db


def make(name: str, **said: Any) -> Person:
    return Person.make(world.alex(), Card.of(name=name, **said), source="book.vcf", at=world.NOW)


def taken_in(name: str, **said: str) -> Batch:
    return world.taken_in(world.card(name=name, **said))


def test_one_card_is_judged_as_the_whole_book_would_judge_it() -> None:
    records = population(150, 4)
    people = Person.make_all(
        world.alex(), [(record.card, None) for record in records], source="x", at=world.NOW
    )
    write_keys(world.alex())
    book = [traits(record.card, "PT") for record in records]
    places = {person.pk: place for place, person in enumerate(people)}
    together = {place: group for group in groups(book) for place in group.places}
    found = {
        place: {
            places[one.person] for one in Looking(world.alex()).alike(book[place], besides=people[place].pk)
        }
        for place in range(len(records))
    }
    for place, group in together.items():
        assert found[place] & set(group.places), group
    assert sum(map(bool, found.values())) == len(together)


def test_keys_follow_the_card() -> None:
    dana = make("Dana Leeuwarden", email="dana@initech.example")
    assert (write_keys(world.alex()), write_keys(world.alex())) == (1, 0)
    dana.absorb(Card.of(name="Dana Leeuwarden", phone="+351 912 345 678"), source="x", at=world.NOW)
    assert write_keys(world.alex()) == 1
    held = set(MatchKey.objects.filter(person=dana).values_list("key", flat=True))
    assert {"m:dana@initech.example", "t:912345678"} <= held


def test_a_telephone_and_a_name_are_certain_and_a_name_alone_is_not() -> None:
    dana = make("Dana Leeuwarden", phone="+351 912 345 678")
    same = Card.of(name="Dana Leeuwarden", phone="912 345 678", title="CTO")
    named = Card.of(name="Dana Leeuwarden", phone="912 000 111")
    assert [one.person for one in certain(world.alex(), [same, named]).values()] == [dana.pk]
    taken_in("Dana Leeuwarden", email="", phone="912 345 678", title="CTO")
    assert [person.title for person in Person.objects.seen_by(world.alex())] == ["CTO"]
    batch = taken_in("Dana Leeuwarden", email="", phone="912 000 111")
    assert Person.objects.seen_by(world.alex()).count() == 2
    batch.undo(by=world.alex(), at=world.NOW)
    assert list(Person.objects.seen_by(world.alex())) == [dana]


def test_two_files_of_one_import_are_recognised_as_two_imports_would_be() -> None:
    said = {"name": "Dana Leeuwarden", "phone": "+351 912 345 678"}
    files = {
        "phone.vcf": Card.of(**said),
        "work.csv": Card.of(**said | {"phone": "912 345 678"}, title="CTO", email="dana@initech.example"),
        "home.csv": Card.of(name="Dirk Leeuwarden", phone="912 345 678"),
        "names.csv": Card.of(name="Dana Leeuwarden", phone="912 000 111"),
    }
    found = [FoundCard(card, Place(file, 2)) for file, card in files.items()]
    batch = world.taken_in(*found)
    people = Person.objects.seen_by(world.alex()).order_by("pk")
    assert list(people.values_list("name", "title")) == [
        ("Dana Leeuwarden", "CTO"),
        ("Dirk Leeuwarden", ""),
        ("Dana Leeuwarden", ""),
    ]
    assert batch.tally["new"] == 3
    assert MatchKey.objects.filter(key="t:912345678", person=people[0]).exists()
    (why,) = batch.remarks
    assert (why["file"], why["line"]) == ("work.csv", 2)
    assert why["says"].startswith("Dana Leeuwarden was recognised. The same telephone number, ")
    assert world.taken_in(*found).tally == {"new": 0, "updated": 0, "unchanged": 3, "proposed": 0}
    assert batch.undo(by=world.alex(), at=world.NOW) == ()
    assert not people.exists()


def test_who_was_met_stands_in_a_file_of_the_same_import() -> None:
    world.taken_in(
        world.meeting(participants=(world.sam(phone="+351 912 345 678"),)),
        world.card(name="Sam Ortiz", email="sam@ortiz.example", phone="912 345 678"),
        world.card(name="Sam Ortiz", email="", phone="912 345 678", title="Staff Engineer, Platform"),
    )
    assert [sam.title for sam in Person.objects.all()] == ["Staff Engineer, Platform"]


def test_the_mailbox_of_a_role_joins_nobody_of_another_name() -> None:
    make("Yan Yang", email="info@acumind.example")
    taken_in("谷野 太郎", email="info@acumind.example")
    taken_in("Yan Yang", email="info@acumind.example", title="Buyer")
    people = Person.objects.seen_by(world.alex()).order_by("pk")
    assert list(people.values_list("name", "title")) == [("Yan Yang", "Buyer"), ("谷野 太郎", "")]


def test_two_first_names_at_one_mailbox_are_two_people() -> None:
    make("Mary Smithson", email="smithson@home.example")
    taken_in("John Smithson", email="smithson@home.example")
    taken_in("John Smithson", email="smithson@home.example", title="Baker")
    people = Person.objects.seen_by(world.alex()).order_by("pk")
    assert list(people.values_list("name", "title")) == [("Mary Smithson", ""), ("John Smithson", "Baker")]


def test_proposals_follow_what_the_member_says() -> None:
    one = make("Dana Leeuwarden", phone="+351 912 345 678", organisation="Initech")
    other = make("Dana Leeuwarden", phone="912 345 678", organisation="Acme")
    make("Robin Vale", email="robin@vale.example")
    alex = world.alex()
    compare(alex)
    assert proposed(alex) == [(one.pk, other.pk)]
    (group,) = judged(alex, proposed(alex))
    assert ([person.pk for person in group.people], group.verdict) == ([one.pk, other.pk], "same")
    assert "The same telephone number, ending in 5678." in group.because
    assert duplicates(alex) == [group]
    told = ToldApart.tell(other, one, by=alex, at=world.NOW)
    one.absorb(Card.of(name="Dana Leeuwarden", title="CEO"), source="again", at=world.NOW)
    compare(alex)
    assert (proposed(alex), duplicates(alex)) == ([], [])
    told.take_back(by=alex, at=world.NOW)
    compare(alex)
    assert proposed(alex) == [(one.pk, other.pk)]
    merge = Merge.join(one, other, by=alex, at=world.NOW)
    compare(alex)
    assert (proposed(alex), duplicates(alex)) == ([], [])
    merge.undo(by=alex, at=world.NOW)
    compare(alex)
    assert proposed(alex) == [(one.pk, other.pk)]


def test_of_many_the_whole_book_is_grouped_at_once() -> None:
    records = population(60, 4)
    Person.make_all(world.alex(), [(record.card, None) for record in records], source="x", at=world.NOW)
    compare(world.alex(), few=20)
    assert {frozenset(found) for found in proposed(world.alex())} == {
        frozenset(person.pk for person in group.people) for group in duplicates(world.alex())
    }
    assert Proposal.objects.seen_by(world.robin()).count() == 0
    assert not Person.objects.filter(recognised__lt=2).exists()


def test_an_import_says_who_may_be_in_the_book_already() -> None:
    dana = make("Dana Leeuwarden", phone="+351 912 345 678")
    batch = taken_in("D. Leeuwarden", email="", phone="912 345 678")
    assert (batch.tally["new"], batch.tally["proposed"]) == (1, 1)
    (proposal,) = batch.proposed
    assert str(proposal["says"]).startswith(f"D. Leeuwarden may be {dana.name}, who is in your book. ")
    assert taken_in("Robin Stone", email="robin@stone.example").tally["proposed"] == 0
