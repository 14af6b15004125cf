"""`rapport import` of pictures: read and printed, kept until confirmed, or brought in as read; the rest is done."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from rapport.intake.models import Photograph
from rapport.people.models import Person
from tests.doors.cli.test_import import ME, validated
from tests.drawn_cards import INITECH, drawn, jpeg

pytestmark = pytest.mark.django_db
VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jürgen Müller-Lüdenscheidt\r\nEND:VCARD"


def test_a_picture_is_read_and_waits_beside_a_file_that_is_done_and_one_that_is_none(
    rapport: Any, tmp_path: Path
) -> None:
    photo, torn, card = (tmp_path / name for name in ("photo.bin", "torn.jpg", "noor.vcf"))
    photo.write_bytes(jpeg(drawn(INITECH, VCARD)))
    torn.write_bytes(photo.read_bytes()[:300])
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Noor Haddad\nEND:VCARD\n")
    ran = rapport("import", photo, torn, card, tmp_path / "missing.jpg", *ME, "--json")
    said = validated(ran.document)
    assert (ran.code, said["new"]) == (1, 1)
    assert [problem["file"] for problem in said["problems"]] == ["torn.jpg", str(tmp_path / "missing.jpg")]
    (picture,) = said["pictures"]
    assert (picture["file"], picture["cards"][0]["name"]) == ("photo.bin", "Jürgen Müller-Lüdenscheidt")
    assert picture["cards"][0]["organisation"] == "Initech GmbH"
    assert {"number": "+49 171 2345678", "kind": "mobile"} in picture["cards"][0]["phones"]
    assert Person.objects.get().name == "Noor Haddad"
    assert Photograph.objects.get().name == "photo.bin"


def test_what_a_code_says_is_brought_in_as_read_and_a_preview_keeps_nothing(
    rapport: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)  # as where the extra is not installed
    photo, shadow = tmp_path / "photo.jpg", tmp_path / "shadow.jpg"
    photo.write_bytes(jpeg(drawn((), VCARD, dots=120)))
    shadow.write_bytes(jpeg(drawn((), dots=60)))
    ran = rapport("import", photo, *ME, "--preview")
    assert "name          Jürgen Müller-Lüdenscheidt" in ran.out
    assert "pip install 'rapport[ocr]'" in " ".join(ran.out.split())
    assert not Photograph.objects.exists()
    ran = rapport("import", photo, shadow, *ME, "--as-read", "--json")
    (problem,) = validated(ran.document)["problems"]
    assert (ran.code, problem["file"], problem["row"]) == (1, "shadow.jpg", None)
    assert problem["says"].startswith("The words on it were not read")
    assert Person.objects.get().name == "Jürgen Müller-Lüdenscheidt"
    assert Photograph.objects.get().name == "shadow.jpg"
