"""CSV tables of an archive: told apart by their header, read row by row in bounded memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapport.importers.findings import Place, Problem
from rapport.rules.card.lines import decode

if TYPE_CHECKING:
    from rapport.importers.octets import Line

ROW_LIMIT = (
    1 << 20
)  # bytes of one row with its line breaks; the longest honest ones are messages of some kilobytes
ROWS_LIMIT = 200_000  # rows of one table; the site allows 30,000 connections
TABLE_LIMIT = 64 << 20  # bytes of one table; 30,000 connections are 4 MB
MANY = 20  # problems of one table that are told one by one
_PREAMBLE = 40  # lines above a header; the longest known is three
_DELIMITERS = (",", ";", "\t")  # a spreadsheet in another language saves with its own
_WIDEST = 100  # columns; the widest known table has 16

HEADERS: Mapping[str, frozenset[str]] = {
    "connections": frozenset({"first name", "last name", "company", "position", "connected on"}),
    "invitations": frozenset({"from", "to", "sent at", "direction"}),
    "profile": frozenset({"first name", "last name", "headline", "summary", "industry"}),
    "positions": frozenset({"company name", "title", "started on", "finished on"}),
    "messages": frozenset({"conversation id", "from", "to", "date", "content"}),
    "contacts": frozenset({"firstname", "lastname", "emails", "phonenumbers", "createdat"}),
    "notes": frozenset({"connection first name", "connection last name", "note"}),
    "applications": frozenset({"application date", "company name", "job title", "job url"}),
}
"""The columns, in small letters, by which each kind of table is known in every era; a table may have more."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its columns, and the line in which it begins, counted from 1."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Give a cell as one line without space around it; "" where the table has no such column."""
        return " ".join(self.cells.get(column, "").split())


@dataclass(frozen=True, slots=True)
class _Header:
    kind: str
    columns: tuple[str, ...]
    delimiter: str


def kind_of(head: bytes) -> str:
    """Name the kind of table that a file's beginning shows, "" for no table of an archive."""
    for line in head.splitlines()[:_PREAMBLE]:
        if found := _header(line):
            return found.kind
    return ""


def _header(line: bytes) -> _Header | None:
    text = decode(line).lstrip("\ufeff").strip()
    for delimiter in _DELIMITERS:
        if delimiter not in text or text.count(delimiter) > _WIDEST:
            continue
        try:
            cells = next(csv.reader([text], delimiter=delimiter), [])
        except csv.Error:
            continue
        columns = tuple(" ".join(cell.split()).casefold() for cell in cells)
        for kind, needed in HEADERS.items():
            if needed <= set(columns):
                return _Header(kind, columns, delimiter)
    return None


class _TooLong(Exception):
    """A row that no honest archive has."""


class _Feed:
    """Lines for the CSV reader; refuses a row beyond `ROW_LIMIT`, whether on one line or on thousands."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self.begun = 0
        self.total = 0
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.begun = self.begun or line.number
        self._size += len(line.octets)
        self.total += len(line.octets) + 1
        if line.is_cut or self._size > ROW_LIMIT:
            raise _TooLong
        return decode(line.octets) + "\n"

    def next_row(self) -> None:
        """Begin to count anew."""
        self.begun, self._size = 0, 0


def rows(file: str, lines: Iterable[Line]) -> Iterator[Row | Problem]:
    """Give each row of a table; one that cannot be read is a Problem, and the next is read all the same.

    The header is looked for: above it some eras have a preamble. Empty rows are passed over.
    """
    numbered = iter(lines)
    header = next((found for line in numbered if (found := _header(line.octets))), None)
    if header is None:
        return
    feed = _Feed(numbered)
    reader = csv.reader(feed, delimiter=header.delimiter)
    count = 0
    while True:
        feed.next_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_TooLong, csv.Error):
            yield Problem(
                Place(file, feed.begun),
                "A row begins here that no archive holds: a cell of more than 128 kB, or a quotation mark that is "
                "never closed. It was passed over. Download the archive again, or mend the row in a text editor.",
            )
            continue
        count += 1
        if count > ROWS_LIMIT or feed.total > TABLE_LIMIT:
            says = "The table is longer than any archive's; what comes from here on was not read."
            yield Problem(Place(file, feed.begun), says)
            return
        if any(cell.strip() for cell in cells):
            yield _row(file, feed.begun, header, cells)


def _row(file: str, line: int, header: _Header, cells: list[str]) -> Row | Problem:
    extra = [cell for cell in cells[len(header.columns) :] if cell.strip()]
    if extra or len(cells) < min(len(header.columns), 2):
        says = (
            f"This row has {len(cells)} cells where the header has {len(header.columns)}, and was left out. A cell "
            "that holds a comma needs quotation marks around it; a file that ends in the middle, a new download."
        )
        return Problem(Place(file, line), says)
    return Row(line, dict(zip(header.columns, cells, strict=False)))
