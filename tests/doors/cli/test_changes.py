"""`rapport changes`: who moved since the last archive, by what it says, to read and as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rapport.intake.models import Batch
from rapport.people.models import Person
from tests import world
from tests.doors.cli.conftest import NOW, ROOT

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
SAM = """BEGIN:VCARD
VERSION:3.0
FN:Sam Ortiz
EMAIL:sam@globex.example
TEL:+351 21 000 00 00
ADR:;;Rua Augusta 1;Lisboa;;1100;Portugal
URL:https://sam.example
NOTE:Plays the cello
BDAY:1980-05-21
ANNIVERSARY:2011-03-04
CATEGORIES:choir
END:VCARD
"""
LATER = "2027-03-01T09:00:00+00:00"


@pytest.mark.django_db
def test_a_new_archive_says_who_moved_and_since_when(rapport: Any, tmp_path: Any) -> None:
    table = tmp_path / "Connections.csv"
    for company, title, mail, at in (
        ("Acme", "Staff Engineer", "", NOW),
        ("Initech", "Director", "sam@globex.example", LATER),
    ):
        table.write_text(
            f"{HEADER}\nDana,Lee,https://www.linkedin.com/in/dana,,{company},{title},08 Feb 2026\n"
            f"Sam,Ortiz,https://www.linkedin.com/in/sam,{mail},Globex,Peer,08 Feb 2026\n"
        )
        imported = rapport("import", table, "--json", "--now", at).document
    schema = json.loads((ROOT / "docs" / "changes.schema.json").read_text())
    document = rapport("changes", "--json").document
    Draft202012Validator(schema).validate(document)
    expected = [("title", "Staff Engineer", "Director"), ("organisation", "Acme", "Initech")]
    expected.append(("emails", "", "sam@globex.example"))
    assert [(one["field"], one["before"], one["after"]) for one in document["changes"]] == expected
    assert [(one["field"], one["before"], one["after"]) for one in imported["changes"]] == expected
    first = document["changes"][0]
    assert (first["id"], first["person"], first["source"]) == (
        Person.objects.get(name="Dana Lee").pk,
        "Dana Lee",
        "Connections.csv",
    )
    assert rapport("changes").out.startswith(
        "2027-03-01  Dana Lee, title: Staff Engineer → Director (Connections.csv)"
    )
    assert rapport("changes", "--since", "2027-03-02", "--json").document == {"changes": []}
    card = tmp_path / "sam.vcf"
    card.write_text(SAM)
    rapport("import", card, "--now", LATER)
    document = rapport("changes", "--json").document
    Draft202012Validator(schema).validate(document)
    assert {"phones", "addresses", "urls", "note", "birthday", "days", "tags"} < {
        one["field"] for one in document["changes"]
    }
    Batch.objects.latest("pk").undo(by=Person.objects.first().member, at=world.NOW)
    batch = Batch.objects.standing().latest("pk")
    batch.undo(by=batch.member, at=world.NOW)
    assert rapport("changes").out == "Nothing changed about anybody in your book.\n"
