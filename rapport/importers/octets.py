"""Bytes of any length and encoding as numbered lines, in bounded memory."""

from __future__ import annotations

import codecs
from contextlib import contextmanager
from itertools import count
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_LIMIT = 1 << 20  # bytes; the longest honest lines are photos written as one line
SIZE_LIMIT = 256 << 20  # bytes read of one file; ten years of a busy calendar are a tenth of that
_PASSED_OVER = 16  # times as much: a cell of a gigabyte costs its row alone
_CHUNK = 1 << 16
_IN_MEMORY = 8 << 20  # bytes of a pipe that are held in memory
_TWO_LETTERS = 4  # octets: the least that can show a pattern
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, ""),
)


class Line(NamedTuple):
    """One line without its end, counted from 1; `is_cut` when it was longer than `LINE_LIMIT`."""

    number: int
    octets: bytes
    is_cut: bool = False


class Octets:
    """A stream whose beginning may be looked at before its lines are read once."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.is_cut = False
        self.longest = "256 MB"
        head = self.raw_head = stream.read(_CHUNK) or b""
        bom, encoding = next(((bom, name) for bom, name in _BOMS if head.startswith(bom)), (b"", ""))
        encoding = encoding or ("" if bom else _guessed_wide(head))
        self._decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
        self.head = self._as_utf8(head[len(bom) :])

    def _as_utf8(self, chunk: bytes, *, final: bool = False) -> bytes:
        if self._decoder is None:
            return chunk
        return self._decoder.decode(chunk, final).encode("utf-8", "replace")

    @contextmanager
    def file(self) -> Iterator[BinaryIO]:
        """Give the whole as a file that can be read in any place; a pipe is kept on the disk, up to `SIZE_LIMIT`."""
        if self._stream.seekable():
            self._stream.seek(0)
            yield self._stream
            return
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as kept:
            kept.write(self.raw_head)
            while chunk := self._stream.read(_CHUNK):
                if kept.tell() + len(chunk) > SIZE_LIMIT:
                    self.is_cut = True
                    break
                kept.write(chunk)
            kept.seek(0)
            yield cast("BinaryIO", kept)

    def chunks(self, *, times: int = 1) -> Iterator[bytes]:
        """Give the content in pieces, as UTF-8; `is_cut` once it proves longer than `SIZE_LIMIT`, some `times`."""
        yield self.head
        size = _CHUNK
        while chunk := self._stream.read(_CHUNK):
            size += len(chunk)
            if size > SIZE_LIMIT * times:
                self.is_cut = True
                return
            yield self._as_utf8(chunk)
        yield self._as_utf8(b"", final=True)

    def rows(self) -> Iterator[Line]:
        """Give the lines of a table, which measures its rows itself: what it passes over may be 4 GB long."""
        self.longest = "4 GB"
        return self.lines(times=_PASSED_OVER)

    def lines(self, *, times: int = 1) -> Iterator[Line]:
        """Give each line; what a line has beyond `LINE_LIMIT` is passed over."""
        number = 1
        rest = b""
        is_cut = False
        for chunk in self.chunks(times=times):
            text = rest + chunk
            if b"\n" in text or b"\r" in text:
                whole = text.splitlines()
                # what ends in a carriage return may go on with the line feed that belongs to it
                rest = b"" if text.endswith(b"\n") else whole.pop() + text[-1:] * text.endswith(b"\r")
                if is_cut and whole:
                    whole[0], is_cut = b"", False
                yield from map(Line, count(number), whole)
                number += len(whole)
            else:
                rest = text
            if len(rest) > LINE_LIMIT:
                if not is_cut:
                    yield Line(number, rest[:LINE_LIMIT], is_cut=True)
                is_cut = True
                rest = rest[-1:]
        if rest and not is_cut:
            yield Line(number, rest.rstrip(b"\r\n"))


def _guessed_wide(head: bytes) -> str:
    """Name UTF-16 by its zero bytes when the mark at its beginning is missing."""
    sample = head[:512]
    if len(sample) < _TWO_LETTERS:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return ""
