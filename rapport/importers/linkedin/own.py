"""What an archive says of the reader themselves: their profile, and their positions as a job history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rapport.importers.findings import Finding, OwnJob, OwnProfile, Place, Problem
from rapport.importers.linkedin.dates import birthday, month
from rapport.importers.tables import Row
from rapport.rules.card.jobs import Job

if TYPE_CHECKING:
    from rapport.importers.findings import Reader

_ADDRESS = re.compile(r"https?://[^\s,\]]+")
_LONGEST = 300


def read_profile(file: str, found: Iterable[Row | Problem], _: Reader) -> Iterator[Finding]:
    """Give the one row of Profile.csv: headline, birthday and web pages."""
    for row in found:
        if isinstance(row, Problem):
            yield row
            continue
        place, born = Place(file, row.line), birthday(row["birth date"])
        if row["birth date"] and born is None:
            yield Problem(
                place,
                f"The birthday {row['birth date'][:40]!r} was not understood and left out. Write 8 Feb 1980.",
            )
        pages = tuple(dict.fromkeys(_ADDRESS.findall(row["websites"])))
        yield OwnProfile(place, row["headline"][:_LONGEST], born, pages)


def read_positions(file: str, found: Iterable[Row | Problem], _: Reader) -> Iterator[Finding]:
    """Give each row of Positions.csv as a job; one without a day on which it finished goes on."""
    for row in found:
        if isinstance(row, Problem):
            yield row
        elif not row["company name"] and not row["title"]:
            yield Problem(
                Place(file, row.line),
                "This position names neither a company nor a title and was left out. Write one of them.",
            )
        else:
            yield from _position(file, row)


def _position(file: str, row: Row) -> Iterator[Finding]:
    place = Place(file, row.line)
    said = {column: row[column] for column in ("started on", "finished on")}
    read = {column: month(text) for column, text in said.items()}
    for column, text in said.items():
        if text and read[column] is None:
            yield Problem(
                place,
                f"{column.capitalize()} {text[:40]!r} was not understood; the position is kept without it. "
                "Write Jan 2021.",
            )
    yield OwnJob(
        place,
        Job(
            row["company name"][:_LONGEST],
            row["title"][:_LONGEST],
            read["started on"],
            read["finished on"],
            is_former=bool(said["finished on"]),
        ),
    )
