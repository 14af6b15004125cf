"""An address book's table as cards, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rapport.importers.books import google, outlook
from rapport.importers.findings import FoundCard, Place, Problem
from rapport.importers.tables import Family, Row, rows, told_in_part

if TYPE_CHECKING:
    from rapport.importers.octets import Line
    from rapport.rules.card import Card

BOOK = Family(
    "address book",
    {
        "google": frozenset({"first name", "last name", "labels"}),
        "old google": frozenset({"given name", "family name", "group membership"}),
        "outlook": frozenset({"first name", "last name", "e-mail address", "home phone"}),
        # What somebody left of such a table, in a spreadsheet or a program of their own.
        "google’s mails": frozenset({"first name", "last name", "e-mail 1 - value"}),
        "google’s numbers": frozenset({"first name", "last name", "phone 1 - value"}),
        "old google’s mails": frozenset({"given name", "family name", "e-mail 1 - value"}),
        "old google’s numbers": frozenset({"given name", "family name", "phone 1 - value"}),
        "outlook’s mails": frozenset({"first name", "last name", "e-mail address"}),
    },
    widest=2000,  # Google repeats columns as often as the person with most phones and mails needs
)
"""The columns by which each kind of address book is known; all of Outlook's shapes share theirs."""

_CARDS: Mapping[str, Callable[[Row], Card]] = {
    kind: outlook.card_of if "outlook" in kind else google.card_of for kind in BOOK.headers
}


def read_book(kind: str, file: str, lines: Iterable[Line]) -> Iterator[FoundCard | Problem]:
    """Give a card a row; of many problems the first are told, and the rest counted."""
    found = (
        row if isinstance(row, Problem) else _found(file, row, _CARDS[kind])
        for row in rows(file, lines, BOOK)
    )
    return told_in_part(file, found)


def _found(file: str, row: Row, card_of: Callable[[Row], Card]) -> FoundCard | Problem:
    place = Place(file, row.line)
    card = card_of(row)
    if not card.name:
        says = "Nobody is named in this row, nor is there an address or a number; it was left out. Give it a name."
        return Problem(place, says)
    return FoundCard(card, place)
