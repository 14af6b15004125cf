"""The archive itself: a zip, opened without trusting what it says of itself."""

from __future__ import annotations

import os
import zlib
from typing import IO, TYPE_CHECKING, BinaryIO, cast
from zipfile import BadZipFile, ZipFile

from rapport.importers.findings import Finding, Place, Problem, Remark
from rapport.importers.linkedin.reading import read_table
from rapport.importers.linkedin.tables import ARCHIVE
from rapport.importers.octets import Octets
from rapport.importers.tables import TABLE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo

    from rapport.importers.findings import Reader

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_END, _END_SIZE = b"PK\x05\x06", 22
_WIDE_END, _WIDE_END_SIZE = b"PK\x06\x07", 20  # the mark of an archive beyond 4 GB or 65,535 files
_LONGEST_COMMENT = 0xFFFF
# Bytes of the list of files; the archive of a very active member lists some hundred.
_DIRECTORY_LIMIT = 4 << 20
_TABLES_LIMIT = 200  # tables looked into
_UNPACKED_LIMIT = 256 << 20  # bytes unpacked in all
_NO_ARCHIVE = "This is an archive (zip) and was not opened. Unpack it and import the files in it."
_TORN = (
    "The archive is damaged or was not downloaded whole. Ask the site for it again and import that, or unpack it "
    "and import its CSV files."
)
_TOO_LARGE = (
    "The archive unpacks to more than 256 MB of tables; the rest was not read. Import single CSV files of it."
)


def read_archive(name: str, file: BinaryIO, reader: Reader) -> Iterator[Finding]:
    """Give what the tables of the network's data archive hold; any other zip is one Problem.

    Bounded whatever the zip claims: its list of files is measured before it is read, tables are unpacked as they
    are read, and only so far.
    """
    if _lists_too_much(file):
        yield Problem(Place(name), _NO_ARCHIVE)
        return
    try:
        with ZipFile(file) as bundle:
            yield from _read(name, bundle, reader)
    except (BadZipFile, ValueError, EOFError):
        yield Problem(Place(name), _TORN)


def _lists_too_much(file: BinaryIO) -> bool:
    """Whether the list of files, by the record at the end, is longer than any honest archive's."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - _LONGEST_COMMENT - _END_SIZE - _WIDE_END_SIZE))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(_END)
    if place < 0:
        return False  # torn: opening it says so
    size = int.from_bytes(tail[place + 12 : place + 16], "little")
    is_wide = _WIDE_END in tail[max(0, place - _WIDE_END_SIZE) : place]
    return is_wide or size > _DIRECTORY_LIMIT


def _read(name: str, bundle: ZipFile, reader: Reader) -> Iterator[Finding]:
    tables = [info for info in bundle.infolist() if info.filename.lower().endswith(".csv")]
    known = 0
    left = _UNPACKED_LIMIT
    passed: list[str] = []
    for info in tables[:_TABLES_LIMIT]:
        place = f"{name}/{info.filename}"
        try:
            with bundle.open(info) as stream:
                measured = _Measured(stream, min(left, TABLE_LIMIT + 1))
                octets = Octets(cast("BinaryIO", measured))
                kind = ARCHIVE.kind_of(octets.head)
                known += bool(kind)
                if kind:
                    yield from read_table(kind, place, octets.lines(), reader)
                else:
                    passed.append(info.filename.rpartition("/")[2])
                left -= measured.read_so_far
        # zipfile raises a RuntimeError for a password, and a kind of it for a way of packing that it does not know
        except (BadZipFile, EOFError, zlib.error, RuntimeError, ValueError):
            known += 1
            yield Problem(Place(place), _why(info))
        if left <= 0:
            yield Problem(Place(name), _TOO_LARGE)
            return
    if not known:
        yield Problem(Place(name), _NO_ARCHIVE)
    elif passed:
        yield Remark(Place(name), f"Passed over, as nobody else is in them: {_listed(passed)}.")


def _why(info: ZipInfo) -> str:
    if info.flag_bits & 1:
        return "This file of the archive is locked with a password. Unpack it and import it by itself."
    return "This file of the archive is damaged. Ask the site for the archive again; the rest of it was read."


def _listed(names: list[str], shown: int = 5) -> str:
    rest = len(names) - shown
    return ", ".join(names[:shown]) + (f" and {rest} more" if rest > 0 else "")


class _Measured:
    """A stream that ends after `limit` bytes, and counts them."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self.read_so_far = 0

    def read(self, size: int) -> bytes:
        """Give the next bytes, none beyond the limit."""
        wanted = min(size, self._limit - self.read_so_far)
        piece = self._stream.read(wanted) if wanted > 0 else b""
        self.read_so_far += len(piece)
        return piece
