"""People found by what their cards say: every field, accents and typos forgiven, the name first."""

from __future__ import annotations

import pytest
from django.db import connection

from rapport.people.finding import AT_ONCE, best, fitting
from rapport.people.models import CardIndex, Person, Tag
from rapport.rules.card import Card
from tests import world

CARDS = {
    "Dana Lee": "ORG:Initech;Platform\r\nTITLE:VP Engineering\r\nEMAIL:dana.lee@initech.example\r\n"
    "TEL:+351 21 345 67 89",
    "José Ångström": "NICKNAME:Pepe\r\nNOTE:Sails\\, and bakes rye bread\r\nCATEGORIES:choir,alumni 2019",
    "Zoë O'Brien-Müller": "ADR:;;Rua da Boavista 12;Lisboa;;1200-066;Portugal\r\nURL:https://profile.example/zoe",
    "Danielle Ortiz": "ORG:Dana Holdings\r\nBDAY:--0229",
    "田中太郎": "ORG:東京商事",
    "김민수": "TITLE:개발자",
    "محمد الأحمد": "TEL:030 901820",
    "Иван Петров": "NOTE:dana is his sister",
    "Jonathan Archer 🚀": "TITLE:Captain",
}


@pytest.fixture
def people(db):
    member = world.alex()
    for name, said in CARDS.items():
        card = Card.parse(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n{said}\r\nEND:VCARD\r\n")
        Person.make(member, card, source="a book", at=world.NOW)
    stranger = world.robin()
    Person.make(stranger, Card.of(name="Dana Stranger"), source="a book", at=world.NOW)
    for one in (member, stranger):
        assert CardIndex.catch_up(one, at_most=AT_ONCE) == 0
    return member


def found(member, text):
    names = Person.objects.in_bulk(keys := best(Person.objects.seen_by(member), text, member))
    return [names[key].name for key in keys]


FOUND = {
    "dana": ["Dana Lee", "Danielle Ortiz", "Иван Петров"],  # by name, by organisation, by a note
    "da": ["Dana Lee", "Danielle Ortiz", "Zoë O'Brien-Müller", "Иван Петров"],
    "lee initech": ["Dana Lee"],
    "vp": ["Dana Lee"],
    "DANA.LEE@initech.example": ["Dana Lee"],
    "+351213456789": ["Dana Lee"],
    "00351 (21) 345-67-89": ["Dana Lee"],
    "21 345 67 89": ["Dana Lee"],
    "+49 30 901820": ["محمد الأحمد"],
    "jose angstrom": ["José Ångström"],
    "pepe": ["José Ångström"],
    "rye": ["José Ångström"],
    "choir": ["José Ångström"],
    "2019": ["José Ångström"],
    "obrien": ["Zoë O'Brien-Müller"],
    "O’Brien muller": ["Zoë O'Brien-Müller"],
    "boavista": ["Zoë O'Brien-Müller"],
    "profile.example/zoe": ["Zoë O'Brien-Müller"],
    "田中": ["田中太郎"],
    "太郎": ["田中太郎"],
    "中": ["田中太郎"],
    "商事": ["田中太郎"],
    "민": ["김민수"],
    "김민": ["김민수"],
    "الاحمد": ["محمد الأحمد"],
    "ivan": ["Иван Петров"],
    "петр": ["Иван Петров"],
    "🚀": ["Jonathan Archer 🚀"],
    "jonahtan": ["Jonathan Archer 🚀"],
    "archre captian": ["Jonathan Archer 🚀"],
    "intech": ["Dana Lee"],
    "nobody": [],
    "dana nobody": [],
}


def test_people_are_found_by_every_field_and_the_likeliest_come_first(people):
    assert {text: found(people, text) for text in FOUND} == FOUND


def test_hostile_words_find_nobody_or_are_words_like_others(people):
    asked = [
        '"',
        "'",
        "%",
        "_",
        "*",
        "^dana",
        "NEAR(dana)",
        "-dana",
        "name:dana",
        '"dana" OR "x"',
        "\0",
        "{name}:x",
        "(",
        "x" * 10_000,
    ]
    for text in [*asked, " ".join(asked), "dana\0", "٣" * 40]:
        assert set(found(people, text)) <= set(CARDS)
    assert found(people, "^dana*") == FOUND["dana"]
    assert found(people, '"%_') == []
    assert fitting(Person.objects.seen_by(people), " ", people).count() == len(CARDS)
    assert fitting(Person.objects.seen_by(people), "%", people).count() == 0


def test_what_changes_on_a_card_is_found_and_what_went_is_not(people):
    dana = Person.objects.get(name="Dana Lee")
    card = Card.parse(
        dana.card.replace("VP Engineering", "Chief of Staff").replace("END:", "CATEGORIES:press\r\nEND:")
    )
    dana.take_card(card)
    dana.describe(by=people, at=world.NOW, notes="Knows the harbour master")
    assert not Person.objects.get(pk=dana.pk).is_indexed
    CardIndex.catch_up(people, at_most=AT_ONCE)
    assert [found(people, text) for text in ("chief", "harbour", "press", "vp")] == [["Dana Lee"]] * 3 + [[]]
    assert list(Tag.objects.filter(person=dana).values_list("name", flat=True)) == ["press"]
    dana.delete()
    assert found(people, "chief") == []


def test_cards_are_read_some_at_a_time_and_what_waits_is_counted(people):
    Person.objects.update(is_indexed=False)
    assert CardIndex.catch_up(people, at_most=4) == len(CARDS) - 4
    assert CardIndex.catch_up(people, at_most=100) == 0
    assert CardIndex.objects.get(person__name="Danielle Ortiz").birthday == 229


@pytest.mark.django_db
def test_no_search_reads_through_more_than_a_little_that_is_not_sorted_in():
    asks, sorted_in = {
        # FTS5 sorts each word in as it is written.
        "sqlite": (
            "SELECT sql LIKE '%USING fts5%' FROM sqlite_master WHERE name = 'people_cardwords'",
            [(1,)],
        ),
        "postgresql": (
            "SELECT reloptions FROM pg_class WHERE relname LIKE 'people_cardwords_%'",
            [(["gin_pending_list_limit=256"],)] * 3,
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asks)
        assert cursor.fetchall() == sorted_in
