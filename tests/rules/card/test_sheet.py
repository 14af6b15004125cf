"""A card as a row of Google's table: read again it says the same, and no cell is a formula."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.importers.books.reading import read_book
from rapport.importers.findings import FoundCard
from rapport.importers.octets import Octets
from rapport.rules.card import Card
from rapport.rules.card.sheet import HEADER, bare, line, row_of, safe

CARD = """BEGIN:VCARD
VERSION:3.0
FN:Dr. Zoë Ortiz
N:Ortiz;Zoë;;Dr.;
ORG:Initech;Platform
TITLE:VP
EMAIL;TYPE=home:zoe@mail.example
EMAIL;TYPE=work:z1@initech.example
EMAIL;TYPE=work:z2@initech.example
EMAIL;TYPE=work:z3@initech.example
TEL;TYPE=cell:+351 912 345 678
ADR;TYPE=work:;;Rua 1;Lisboa;;1200;Portugal
BDAY:1980-05-21
CATEGORIES:choir,press
NOTE:Two\\nlines\\, and a comma
URL:https://zoe.example
END:VCARD
"""


def read_again(card: Card) -> Card:
    cells = row_of(card)
    assert len(cells) == len(HEADER)
    table = line(HEADER) + line(cells)
    (found,) = (
        one
        for one in read_book("google", "x.csv", Octets(BytesIO(table)).rows())
        if isinstance(one, FoundCard)
    )
    return found.card


def test_a_birthday_in_words_stays_in_words() -> None:
    card = Card(["FN:Zoë Ortiz", "BDAY;VALUE=text:about midsummer"])
    assert [day.text for day in read_again(card).every("BDAY")] == ["about midsummer"]


def test_a_row_read_again_says_the_same() -> None:
    card = Card.parse(CARD)
    again = read_again(card)
    assert (again.name, again.organisation, again.title, again.note) == (
        card.name,
        card.organisation,
        card.title,
        card.note,
    )
    assert (again.emails, again.phones, again.birthday, again.categories) == (
        card.emails,
        card.phones,
        card.birthday,
        card.categories,
    )
    assert [(one.street, one.locality, one.country) for one in again.addresses] == [("Rua 1", "Lisboa", "PT")]
    assert again.urls == card.urls


CELL = st.text("=+-@＝'\t\r\n a1,\"", max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELL, min_size=1, max_size=4))
def test_no_cell_begins_a_formula(cells: list[str]) -> None:
    written = line(cells).decode("utf-8", "replace")
    for cell in next(iter(csv.reader(StringIO(written, newline="")))):
        is_number = re.fullmatch(r"[+-]+[0-9 ().-]+", cell)
        assert is_number or not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))
    as_they_were = [cell for cell in cells if not cell.startswith("'")]
    assert [bare(safe(cell)) for cell in as_they_were] == as_they_were
    assert safe("plain") == "plain"


@pytest.mark.parametrize("number", ["+351 21 345 67 89", "+49 (170) 123-45.67", "--12-01", "-3"])
def test_a_number_is_no_formula_and_stays_what_address_books_read(number: str) -> None:
    assert safe(number) == number
    assert bare(f"'{number}") == number, "as others guard it"


@pytest.mark.parametrize(
    "cell", ["+cmd|' /C calc'!A0", "-1+A1", "+1+cmd()", "-2+3+cmd|x", "+", "@SUM(1)", "+1,2", "+1;2"]
)
def test_what_is_more_than_a_number_is_guarded(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
