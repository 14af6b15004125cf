"""`rapport import`: an archive and everything else in, what is new and changed out."""

from __future__ import annotations

import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rapport.cli import bringing
from rapport.network.models import Connection, Invitation
from rapport.people.models import Person
from tests.doors.cli.conftest import INVITATION, NOW, ROOT

pytestmark = pytest.mark.django_db

CORPUS = ROOT / "tests" / "corpus" / "linkedin"
ME = ("--me", "Alex Morgan <alex.morgan@mail.example>", "--zone", "Europe/Lisbon", "--now", NOW)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The whole archive of this era, as the site gives it."""
    packed = tmp_path / "Complete_LinkedInDataExport_11-24-2026.zip"
    named = {
        "Connections.csv": "connections-2026.csv",
        "Invitations.csv": "invitations-2026.csv",
        "Profile.csv": "Profile.csv",
        "Positions.csv": "Positions.csv",
        "messages.csv": "messages.csv",
    }
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, sample in named.items():
            bundle.write(CORPUS / sample, name)
    return packed


def validated(document: Any) -> Any:
    schema = json.loads((ROOT / "docs" / "import.schema.json").read_text())
    Draft202012Validator(schema).validate(document)
    return document


def test_an_archive_is_imported_once_and_keeps_to_its_schema(rapport: Any, archive: Path) -> None:
    ran = rapport("import", archive, *ME, "--json")
    assert ran.code == 0
    assert validated(ran.document) | {"changes": []} == {
        "new": 7, "updated": 0, "unchanged": 0, "proposed": 0, "problems": [], "changes": [],
    }  # fmt: skip
    states = {one.person.name: (one.direction, one.state) for one in Invitation.objects.all()}
    assert states == {
        "Dana Lee": ("sent", "accepted"),
        "Sam Ortiz": ("received", "open"),
        "Vega, Ruth": ("received", "open"),
        "Ana Reis": ("sent", "sent"),
    }
    book = rapport("people", "--json").document
    assert len({uid for person in book for uid in person["uids"]}) == len(book) == 7
    again = validated(rapport("import", archive, *ME, "--json").document)
    assert (again["new"], again["updated"], again["unchanged"]) == (0, 0, 7)
    assert Person.objects.count() == 7
    assert Connection.objects.count() == 4


def test_what_changed_since_the_last_archive_is_told_field_by_field(
    rapport: Any, archive: Path, tmp_path: Path
) -> None:
    rapport("import", CORPUS / "connections-2021.csv", *ME)
    document = validated(rapport("import", archive, *ME, "--json").document)
    (change,) = [
        one for one in document["changes"] if one["field"] == "title" and one["person"] == "Kim Park"
    ]
    assert (change["before"], change["after"]) == ("Senior Recruiter", "Head of Talent")
    assert change["source"].endswith("/Connections.csv")


def test_a_preview_saves_nothing(rapport: Any, archive: Path) -> None:
    ran = rapport("import", archive, *ME, "--preview")
    assert ran.code == 0
    assert "New people                       7" in ran.out
    assert "nothing is saved" in ran.out
    assert not Person.objects.exists()


def test_it_takes_whatever_plan_takes_and_proposes_namesakes(rapport: Any, archive: Path) -> None:
    ran = rapport("import", INVITATION, archive, *ME)
    assert "Perhaps the same person          2" in ran.out
    assert "who is in your book" in " ".join(ran.out.split())
    assert Person.objects.filter(name="Dana Lee").count() == 2


def test_a_problem_has_file_and_row_and_costs_nothing_else(rapport: Any, tmp_path: Path) -> None:
    table = tmp_path / "Connections.csv"
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    table.write_text(
        f"{header}\nKim,Park,,,Hooli, Inc.,VP,08 Feb 2026,x\nDana,Lee,https://www.linkedin.com/in/dana,,,,08 Feb 2026"
    )
    ran = rapport("import", table, tmp_path / "missing.csv", *ME, "--json")
    assert ran.code == 1
    document = validated(ran.document)
    assert [(one["file"], one["row"]) for one in document["problems"]] == [
        (str(tmp_path / "missing.csv"), None),
        ("Connections.csv", 2),
    ]
    assert Person.objects.get().name == "Dana Lee"


def test_a_text_in_which_nothing_is_found_is_named_and_what_is_no_interview_too(
    rapport: Any, tmp_path: Path
) -> None:
    shopping, dentist = tmp_path / "shopping.txt", tmp_path / "dentist.ics"
    shopping.write_text("Milk, eggs, bread")
    event = "UID:x\nDTSTART:20261120T100000Z\nDTEND:20261120T110000Z\nSUMMARY:Dentist"
    dentist.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n")
    ran = rapport("import", shopping, dentist, INVITATION, *ME, "--json")
    document = validated(ran.document)
    (problem,) = document["problems"]
    assert (ran.code, problem["file"], problem["row"]) == (1, "shopping.txt", 1)
    (aside,) = document["not_interviews"]
    assert (aside["file"], aside["row"], aside["title"]) == ("dentist.ics", 3, "Dentist")


def test_wrong_use_is_a_sentence(rapport: Any, archive: Path) -> None:
    ran = rapport("import", archive, "--me", "Alex")
    assert (ran.code, ran.out) == (2, "")
    assert "takes an e-mail address" in ran.err


def test_address_books_come_in_once_and_what_cannot_be_read_has_its_row(rapport: Any, tmp_path: Path) -> None:
    books = ROOT / "tests" / "corpus" / "books"
    torn = tmp_path / "torn.csv"
    torn.write_bytes((books / "google.csv").read_bytes()[:1500])
    names = ("google.csv", "google-old.csv", "outlook.csv", "outlook-live.csv", "apple.vcf")
    ran = rapport("import", *(books / name for name in names), torn, *ME, "--json")
    document = validated(ran.document)
    assert (ran.code, document["new"]) == (1, 14)
    (problem,) = document["problems"]
    assert (problem["file"], "ends in the middle" in problem["says"]) == ("torn.csv", True)
    again = validated(rapport("import", *(books / name for name in names), *ME, "--json").document)
    assert (again["new"], again["updated"], again["unchanged"], again["problems"]) == (0, 0, 14, [])


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_how_far_the_work_is_and_a_pipe_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "_EVERY", 0)
    screen, pipe = Terminal(), StringIO()
    for stream in (screen, pipe):
        with bringing.told_on(stream) as tell:
            tell("Reading", 500)
            tell("Bringing in", 1000, 30_000)
    assert screen.getvalue().split("\r\x1b[K") == ["", "Reading: 500", "Bringing in: 1,000 of 30,000", ""]
    assert pipe.getvalue() == ""
