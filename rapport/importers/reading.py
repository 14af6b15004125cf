"""One door into this room: any file, recognised by its content, becomes findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from rapport.importers.calendar import read_calendar
from rapport.importers.findings import Finding, Place, Problem
from rapport.importers.octets import Octets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapport.importers.findings import Reader


def read(name: str, stream: BinaryIO, reader: Reader) -> Iterator[Finding]:
    """Give what a file holds; what cannot be read is a Problem with its place, never an exception."""
    octets = Octets(stream)
    yield from read_calendar(name, octets.lines(), reader)
