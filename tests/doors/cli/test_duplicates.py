"""`rapport duplicates`: the groups of one laptop's book, to read and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rapport.accounts.models import Member
from rapport.people.models import Person, ToldApart
from rapport.rules.card import Card
from tests import world
from tests.doors.cli.conftest import ROOT

pytestmark = pytest.mark.django_db


def _twice() -> tuple[Person, Person]:
    member = Member.objects.of_this_laptop()
    said = {"name": "Dana Leeuwarden", "phone": "+351 912 345 678"}
    cards = [Card.of(**said, uid="first"), Card.of(**said, uid="second", organisation="Acme")]
    one, other = (Person.make(member, card, source="book.vcf", at=world.NOW) for card in cards)
    return one, other


def test_the_groups_are_given_as_json_with_the_identifiers_of_their_cards(rapport: Any) -> None:
    one, other = _twice()
    one.absorb(Card.of(name="Dana Leeuwarden", title="CTO", uid="third"), source="new.vcf", at=world.NOW)
    ran = rapport("duplicates", "--json")
    assert ran.code == 0
    schema = json.loads((ROOT / "docs" / "duplicates.schema.json").read_text())
    Draft202012Validator(schema).validate(ran.document)
    (group,) = ran.document["groups"]
    assert group["verdict"] == "same"
    assert group["people"] == [
        {"id": one.pk, "uids": ["first", "third"], "name": "Dana Leeuwarden"},
        {"id": other.pk, "uids": ["second"], "name": "Dana Leeuwarden"},
    ]
    assert "The same telephone number, ending in 5678." in group["because"]


def test_the_page_says_who_and_why(rapport: Any) -> None:
    one, _ = _twice()
    out = rapport("duplicates").out
    assert out.startswith("The same person\n")
    assert f"{one.pk}  Dana Leeuwarden" in out
    assert "The same telephone number, ending in 5678." in out


def test_a_book_without_duplicates_says_so(rapport: Any) -> None:
    assert rapport("duplicates", "--json").document == {"groups": []}
    assert rapport("duplicates").out == "Nobody is in your book twice, as far as their cards tell.\n"


def test_people_are_merged_and_all_of_it_is_taken_back_by_its_number(rapport: Any) -> None:
    one, other = _twice()
    ran = rapport("merge", one.pk, other.pk, "--show", "organisation")
    assert (ran.code, ran.out.splitlines()[0]) == (0, f"{one.pk}  Dana Leeuwarden, Acme")
    assert rapport("duplicates", "--json").document == {"groups": []}
    one.refresh_from_db()
    ToldApart.tell(one, _twice()[0], by=one.member, at=world.NOW)
    listed = rapport("undo", "--list").out.splitlines()
    assert [line.split(maxsplit=3)[3] for line in listed] == [
        "Merged Dana Leeuwarden, Acme into Dana Leeuwarden.",
        "Dana Leeuwarden, Acme and Dana Leeuwarden are not the same person, you said.",
    ]
    merge, told = (line.split()[0] for line in listed)
    ran = rapport("undo", merge)
    assert (ran.code, ran.out) == (0, "Taken back: Merged Dana Leeuwarden, Acme into Dana Leeuwarden.\n")
    assert not Person.objects.exclude(merged_into=None).exists()
    assert rapport("undo", merge).err.startswith("rapport undo: This cannot be taken back (any more): Merged")
    assert rapport("undo").out.startswith("Taken back: Dana Leeuwarden")
    assert not ToldApart.objects.filter(pk=told).exists()
    ran = rapport("undo")
    assert (ran.code, ran.err) == (1, "rapport undo: There is nothing to take back.\n")


def test_what_cannot_be_merged_is_said(rapport: Any) -> None:
    one, _ = _twice()
    assert rapport("merge", one.pk, one.pk).code == 2
    ran = rapport("merge", one.pk, one.pk + 1000)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"rapport merge: There is nobody with the number {one.pk + 1000}")
    assert rapport("undo", 10**6).err.startswith("rapport undo: There is nothing with the number 1000000.")


def test_the_last_import_is_taken_back_as_a_whole(rapport: Any, tmp_path: Path) -> None:
    card = tmp_path / "dana.vcf"
    card.write_text(Card.of(name="Dana Lee", email="dana@initech.example").text())
    rapport("import", card)
    card.write_text(Card.of(name="Dana Lee", email="dana@initech.example", title="CTO").text())
    rapport("import", card)
    assert Person.objects.get().title == "CTO"
    assert rapport("undo").code == 0
    assert Person.objects.get().title == ""
    assert rapport("undo").code == 0
    assert not Person.objects.exists()
