"""CSV tables: told apart by their header, read row by row in bounded memory, mended where one row is broken."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from rapport.importers.findings import Place, Problem
from rapport.rules.card.lines import decode
from rapport.rules.card.sheet import bare

if TYPE_CHECKING:
    from rapport.importers.octets import Line

_Found = TypeVar("_Found")

# Bytes of one row with its line breaks; honest notes of a thousand lines are a tenth of that.
ROW_LIMIT = 1 << 20
ROWS_LIMIT = 200_000  # rows of one table; the largest honest ones have 30,000
TABLE_LIMIT = 64 << 20  # bytes of one table; 30,000 connections are 4 MB
MANY = 20  # problems of one table that are told one by one
_PREAMBLE = 40  # lines above a header; the longest known is three
_WIDE = 200  # names in one line: no sentence has as many commas
_DELIMITERS = (",", ";", "\t")  # a spreadsheet in another language saves with its own

# The module's own, 128 kB, is less than a long note; a row is measured anyway.
csv.field_size_limit(ROW_LIMIT)


@dataclass(frozen=True, slots=True)
class Family:
    """Tables of one origin: the columns, in small letters, by which each kind is known; a table may have more.

    `origin` names where they come from in sentences. `widest` is the most columns that an honest table has.
    """

    origin: str
    headers: Mapping[str, frozenset[str]]
    widest: int

    def kind_of(self, head: bytes) -> str:
        """Name the kind of table that a file's beginning shows, "" for none of these."""
        for line in head.splitlines()[:_PREAMBLE]:
            if found := self.header(line):
                return found.kind
        return ""

    def header(self, line: bytes) -> Header | None:
        """Give the header that a line is, None when it is none of these tables'."""
        text = decode(line).lstrip("\ufeff").strip()
        for delimiter in _DELIMITERS:
            if delimiter not in text:
                continue
            columns = tuple(" ".join(cell.split()).casefold() for cell in _cells(text, delimiter))
            for kind, needed in self.headers.items():
                if needed <= set(columns):
                    return Header(kind, columns, delimiter)
        return None


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, in small letters, and what divides them."""

    kind: str
    columns: tuple[str, ...]
    delimiter: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its columns, and the line in which it begins, counted from 1."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Give a cell as one line without space around it; "" where the table has no such column."""
        return " ".join(self.cells.get(column, "").split())


def looks_like_table(head: bytes) -> bool:
    """Say whether a text begins like a table: a line of five short names or more, and one of as many cells.

    Of a line that is longer than what is looked at, nothing stands below.
    """
    first, second = ([*head.splitlines()[:2], b"", b""])[:2]
    for delimiter in _DELIMITERS:
        names = _cells(decode(first).strip(), delimiter)
        is_header = len(names) > 4 and all(0 < len(name) <= 40 for name in names)  # noqa: PLR2004  (as said)
        is_wide = not second and len(names) > _WIDE
        if is_header and (is_wide or len(_cells(decode(second).strip(), delimiter)) == len(names)):
            return True
    return False


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return []


class _TooLong(Exception):
    """A row that no honest table has."""


class _Feed:
    """Lines for the CSV reader; refuses a row beyond `ROW_LIMIT`, whether on one line or on thousands."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._given_back: list[Line] = []
        self.row: list[Line] = []
        self.total = 0
        self._size = 0
        self._quotes = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._given_back.pop() if self._given_back else next(self._lines)
        octets, size = line.octets, len(line.octets)
        self.row.append(line)
        self._size += size
        self._quotes += octets.count(b'"')
        self.total += size + 1
        if line.is_cut or self._size > ROW_LIMIT:
            raise _TooLong
        return decode(octets) + "\n"

    @property
    def begun(self) -> int:
        """The line in which the row begins."""
        return self.row[0].number if self.row else 0

    @property
    def is_open(self) -> bool:
        """Whether a quotation mark of this row has no other."""
        return self._quotes % 2 == 1

    def next_row(self) -> None:
        """Begin to count anew."""
        self.row, self._size, self._quotes = [], 0, 0

    def is_at_end(self) -> bool:
        """Whether nothing follows."""
        if not self._given_back:
            self._given_back.extend(line for line in [next(self._lines, None)] if line is not None)
        return not self._given_back

    def give_back(self) -> None:
        """Read all but the first line of this row again, each as a row."""
        self._given_back.extend(reversed(self.row[1:]))

    def pass_cell(self) -> None:
        """Pass over a cell of many lines; what is too long on one line ends with it."""
        if self.row[-1].is_cut:
            return
        while self.is_open and (
            line := self._given_back.pop() if self._given_back else next(self._lines, None)
        ):
            self._quotes += line.octets.count(b'"')


def rows(file: str, lines: Iterable[Line], family: Family) -> Iterator[Row | Problem]:
    """Give each row of a table; one that cannot be read is a Problem, and the next is read all the same.

    The header is looked for: above it some have a preamble. Empty rows are passed over.
    """
    numbered = iter(lines)
    header = next((found for line in numbered if (found := family.header(line.octets))), None)
    if header is None or len(header.columns) > family.widest:
        wide = f"more than {family.widest:,}" if header else "too many"
        says = f"This table has {wide} columns, as no {family.origin} has, and was left out. Export it again."
        yield Problem(Place(file, 1), says)
        return
    yield from _Reading(file, header, family.origin, _Feed(numbered)).rows()


def told_in_part(file: str, findings: Iterable[_Found]) -> Iterator[_Found | Problem]:
    """Give what a table holds with its first problems; how many more there were is counted in one sentence."""
    problems = 0
    for finding in findings:
        problems += isinstance(finding, Problem)
        if not isinstance(finding, Problem) or problems <= MANY:
            yield finding
    if problems > MANY:
        says = f"{problems - MANY} more rows of this table could not be read, for reasons like these."
        yield Problem(Place(file), says)


class _Reading:
    """One table being read."""

    def __init__(self, file: str, header: Header, origin: str, feed: _Feed) -> None:
        self._file = file
        self._header = header
        self._origin = origin
        self._feed = feed
        self._are_whole = True
        self._mended = 0

    def rows(self) -> Iterator[Row | Problem]:
        reader = csv.reader(self._feed, delimiter=self._header.delimiter)
        count = 0
        while True:
            self._feed.next_row()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (_TooLong, csv.Error):
                yield self._too_long()
                continue
            count += 1
            if count > ROWS_LIMIT or self._feed.total > TABLE_LIMIT:
                says = f"The table is longer than any {self._origin}; what comes from here on was not read."
                yield self._problem(says)
                return
            if any(cell.strip() for cell in cells):
                yield self._row(cells)

    def _row(self, cells: list[str]) -> Row | Problem:
        columns = self._header.columns
        if self._is_half(cells):
            return self._half()
        extra = [cell for cell in cells[len(columns) :] if cell.strip()]
        too_few = len(columns) if self._mended else min(len(columns), 2)
        if extra or len(cells) < too_few:
            return self._problem(
                f"This row has {len(cells)} cells where the header has {len(columns)}, and was left out. A cell "
                "that holds a comma needs quotation marks around it; a file that ends in the middle, a new download."
            )
        self._are_whole = self._are_whole and len(cells) >= len(columns)
        return Row(self._feed.begun, dict(zip(columns, map(bare, cells), strict=False)))

    def _is_half(self, cells: list[str]) -> bool:
        """The last row, in the middle of a cell, or shorter than all before it.

        Spreadsheets that leave out empty cells do so everywhere; a cell that nothing closes ends with its line's end.
        """
        if self._feed.is_open and cells and cells[-1].endswith("\n") and self._feed.is_at_end():
            return True
        return self._are_whole and len(cells) < len(self._header.columns) and self._feed.is_at_end()

    def _half(self) -> Problem:
        if self._feed.is_open and len(self._feed.row) > 1 and self._mended < MANY:
            self._mended += 1
            problem = self._problem(
                "A quotation mark in this row is never closed. The row was left out, and those after it were read "
                "by themselves. Mend it in a text editor, or export the table again."
            )
            self._feed.give_back()
            return problem
        return self._problem(
            "The file ends in the middle of this row, which was left out. Export the table again and import it once "
            "more: what is known already stays as it is."
        )

    def _too_long(self) -> Problem:
        problem = self._problem(
            f"A row begins here that no {self._origin} holds: a cell of more than a megabyte, or a quotation mark "
            "that is never closed. It was passed over. Export the table again, or mend the row in a text editor."
        )
        self._feed.pass_cell()
        return problem

    def _problem(self, says: str) -> Problem:
        return Problem(Place(self._file, self._feed.begun), says)
