"""`rapport people` and `rapport export`: the book as a page, as JSON with its sources, and as files for others."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from rapport.accounts.models import Member
from rapport.people.models import Merge, Person
from rapport.rules.card import Card
from tests import world
from tests.doors.cli.conftest import NOW, ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

ME = ("--me", "Alex Morgan <alex.morgan@mail.example>", "--zone", "Europe/Lisbon", "--now", NOW)
WORK = "Dana,Lee,Initech,VP Engineering"
DANA = f"{WORK},choir ::: * myContacts,--05-21,Work,dana.lee@initech.example,+351 21 345 67 89"
GOOGLE = f"""First Name,Last Name,Organization Name,Organization Title,Labels,Birthday,E-mail 1 - Label,\
E-mail 1 - Value,Phone 1 - Value
{DANA}
{DANA}
Zoë,Ortiz,,=cmd(),,,Home,zoe@mail.example,
"""
VCF = """BEGIN:VCARD
VERSION:3.0
UID:dana-3
FN:Dana Lee
EMAIL:dana.lee@initech.example
TEL:+351 21 000 00 00
END:VCARD
"""


@pytest.fixture
def book(rapport: Any, tmp_path: Path) -> Member:
    (tmp_path / "google.csv").write_text(GOOGLE)
    (tmp_path / "dana.vcf").write_text(VCF)
    assert rapport("import", tmp_path / "google.csv", *ME).code == 0
    assert rapport("import", tmp_path / "dana.vcf", *ME).code == 0
    return Member.objects.of_this_laptop()


def test_people_are_one_object_each_with_the_rows_they_came_from(rapport: Any, book: Member) -> None:
    schema = json.loads((ROOT / "docs" / "people.schema.json").read_text())
    found = rapport("people", "--json").document
    Draft202012Validator(schema).validate(found)
    dana, zoe = found
    assert len(dana["uids"]) == 2
    assert dana["uids"][1] == "dana-3"
    assert dana["sources"] == [
        {"file": "google.csv", "row": 2},
        {"file": "google.csv", "row": 3},
        {"file": "dana.vcf", "row": 1},
    ]
    assert dana | {"id": 0, "uids": [], "sources": []} == {
        "id": 0,
        "uids": [],
        "name": "Dana Lee",
        "emails": ["dana.lee@initech.example"],
        "phones": ["+351 21 345 67 89", "+351 21 000 00 00"],
        "organisations": ["Initech"],
        "titles": ["VP Engineering"],
        "spheres": ["professional"],
        "tags": ["choir"],
        "birthday": "--05-21",
        "sources": [],
    }
    assert zoe["sources"] == [{"file": "google.csv", "row": 4}]
    other = Person.make(book, Card.of(name="D. Lee", uid="other"), source="o.vcf", row=7, at=world.NOW)
    Merge.join(Person.objects.get(pk=dana["id"]), other, by=book, at=world.NOW)
    merged = rapport("people", "--search", "dana", "--json").document[0]
    assert merged["uids"] == [*dana["uids"], "other"]
    assert merged["sources"][-1] == {"file": "o.vcf", "row": 7}


def test_people_are_listed_and_looked_for(rapport: Any, book: Member) -> None:
    assert [line.split(maxsplit=1)[1] for line in rapport("people").out.splitlines()] == [
        "Dana Lee, VP Engineering at Initech",
        "Zoë Ortiz, =cmd()",
    ]
    assert rapport("people", "--search", "zoe").out.endswith("Zoë Ortiz, =cmd()\n")
    assert rapport("people", "--search", "nobody").out == "Nobody fits.\n"


def test_a_book_is_exported_in_every_format(rapport: Any, book: Member, tmp_path: Path) -> None:
    def exported(form: str, *more: str) -> str:
        file = tmp_path / f"out.{form}"
        assert rapport("export", "--format", form, "-o", file, *more).code == 0
        return file.read_bytes().decode()

    cards = list(Card.all(exported("vcard4")))
    assert [(card.version, card.name, card.phones) for card in cards] == [
        ("4.0", "Dana Lee", ("+351 21 345 67 89", "+351 21 000 00 00")),
        ("4.0", "Zoë Ortiz", ()),
    ]
    assert [card.version for card in Card.all(exported("vcard3", "--search", "dana"))] == ["3.0"]
    rows = list(csv.DictReader(StringIO(exported("csv"))))
    assert (rows[1]["First Name"], rows[1]["Organization Title"]) == ("Zoë", "'=cmd()")
    assert rows[0]["Phone 2 - Value"] == "+351 21 000 00 00"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in set("=@")]
    assert [one["name"] for one in json.loads(exported("json"))] == ["Dana Lee", "Zoë Ortiz"]
    assert exported("json", "--search", "nobody") == "[]\n"
    refused = rapport("export", "-o", tmp_path / "no" / "where.vcf")
    assert refused.code == 1
    assert "cannot be written" in refused.err
