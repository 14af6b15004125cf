"""One card against a whole book through the table of match keys, and the book against itself."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.people.duplicates import alike, duplicates, take_back, tell_apart
from rapport.people.models import MatchKey, Person
from rapport.rules.card import Card
from rapport.rules.sameness import MAYBE, SAME, groups, judge, match_keys, traits
from tests import world
from tests.rules.sameness.population import population

pytestmark = pytest.mark.django_db


def _card(name: str, **said: str) -> Card:
    return Card.of(name=name, **said)


def _made(member: Member, name: str, **said: str) -> Person:
    return Person.make(member, _card(name, **said), source="book.vcf", at=world.NOW)


def _keys(person: Person) -> set[str]:
    return set(MatchKey.objects.filter(person=person).values_list("key", flat=True))


def test_somebody_is_found_by_each_identifier_and_proposed_by_name_and_company():
    alex = world.alex()
    dana = _made(alex, "Dana Leeuwarden", email="dana@freemail.example", organisation="Acme")
    by_mail = alike(alex, _card("D. Leeuwarden", email="DANA@freemail.example"))
    assert [(one.person, one.judgement.verdict) for one in by_mail] == [(dana, SAME)]
    by_name = alike(alex, _card("Leeuwarden, Dana", organisation="Acme Inc."))
    assert [(one.person, one.judgement.verdict) for one in by_name] == [(dana, MAYBE)]
    assert "The same company, Acme Inc." in by_name[0].judgement.because
    assert alike(alex, _card("Robert Miller", email="rob@freemail.example")) == []


def test_nobody_of_another_book_is_found():
    _made(world.robin(), "Dana Leeuwarden", email="dana@freemail.example")
    assert alike(world.alex(), _card("Dana Leeuwarden", email="dana@freemail.example")) == []


def test_the_keys_follow_the_card_and_its_undoing():
    alex = world.alex()
    dana = _made(alex, "Dana Leeuwarden", email="dana@freemail.example")
    before = _keys(dana)
    revision = dana.absorb(_card("Dana Leeuwarden", phone="+351 912 345 678"), source="new.vcf", at=world.NOW)
    assert revision is not None
    assert _keys(dana) - before == {"t:912345678"}
    revision.undo(by=alex, at=world.NOW)
    assert _keys(dana) == before == match_keys(traits(Card.parse(dana.card)))


def test_the_keys_go_with_the_person():
    dana = _made(world.alex(), "Dana Leeuwarden")
    dana.delete()
    assert not MatchKey.objects.exists()


def test_a_new_family_name_is_counted_behind_every_key():
    dana = _made(world.alex(), "Dana Leeuwarden", phone="+351 912 345 678")
    dana.absorb(_card("Dana Silva"), source="new.vcf", at=world.NOW)
    assert set(MatchKey.objects.filter(person=dana).values_list("surname", flat=True)) == {"silva"}


def test_a_switchboard_is_seen_in_the_table():
    alex = world.alex()
    for name in ("Dana Leeuwarden", "Ana Costa", "Tom Weber"):
        _made(alex, name, phone="+49 30 7654321")
    found = alike(alex, _card("Dana Leeuwarden", phone="030 7654321"))
    assert all(one.judgement.verdict != SAME for one in found)


def test_one_card_and_the_whole_book_are_judged_by_the_same_counts():
    alex = world.alex()
    records = population(300, seed=11)
    made = Person.make_all(
        alex, [(record.card, None) for record in records], source="generated", at=world.NOW
    )
    book = [traits(record.card, alex.country) for record in records]
    keys = [match_keys(one) for one in book]
    checked = 0
    for group in groups(book):
        one, other = group.places[:2]
        census = MatchKey.census(alex, keys[one], len(made))
        assert all(held == sum(key in some for some in keys) for key, held in census.holders.items())
        found = {close.person.pk: close.judgement for close in alike(alex, records[one].card, but=made[one])}
        if made[other].pk in found:
            assert found[made[other].pk] == judge(book[one], traits(Card.parse(made[other].card)), census)
            checked += 1
    assert checked > 20


def test_looking_one_card_up_costs_the_same_few_queries_in_any_book():
    alex = world.alex()
    costs = []
    for size in (5, 60):
        for number in range(size):
            _made(alex, f"Dana Leeuwarden {number}", email=f"dana{number}@freemail.example")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            alike(alex, _card("Dana Leeuwarden", email="dana3@freemail.example"))
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 4


def test_the_book_is_grouped_and_who_was_told_apart_is_not_proposed_again():
    alex = world.alex()
    one = _made(alex, "Dana Leeuwarden", email="dana@freemail.example")
    other = _made(alex, "Dana Leeuwarden", phone="+351 912 345 678")
    _made(alex, "Ana Costa", email="ana@freemail.example")
    (group,) = duplicates(alex)
    assert (group.people, group.verdict) == ((one, other), MAYBE)
    assert "rare in this book" in group.because[0]
    told = tell_apart(other, one, by=alex, at=world.NOW)
    assert duplicates(alex) == []
    assert alike(alex, Card.parse(one.card), but=one) == []
    assert Entry.objects.filter(verb="person.told_apart").count() == 1
    tell_apart(one, other, by=alex, at=world.NOW)
    assert Entry.objects.filter(verb="person.told_apart").count() == 1, "said once"
    take_back(told, by=alex, at=world.NOW)
    assert [group.people for group in duplicates(alex)] == [(one, other)]
    with pytest.raises(NotAllowed, match="taken back already"):
        take_back(told, by=alex, at=world.NOW)


def test_nobody_tells_people_of_another_book_apart():
    alex, robin = world.alex(), world.robin()
    mine, theirs = _made(alex, "Dana Leeuwarden"), _made(robin, "Dana Leeuwarden")
    with pytest.raises(NotAllowed):
        tell_apart(mine, theirs, by=alex, at=world.NOW)
    with pytest.raises(NotAllowed):
        tell_apart(mine, _made(alex, "Ana Costa"), by=robin, at=world.NOW)


def test_people_of_before_get_their_keys_by_the_migration():
    alex = world.alex()
    dana = _made(alex, "Dana Leeuwarden", email="dana@freemail.example", organisation="Acme")
    before = _keys(dana)
    MatchKey.objects.all().delete()
    migration = import_module("rapport.people.migrations.0004_keys_of_all_people")
    migration.write_keys(apps, None)
    assert _keys(dana) == before
