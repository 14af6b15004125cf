"""Reading back what typst printed: the size of each page, and each run of text with its place; its own PDF alone."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"(\d+) 0 obj\n?(.*?)\s*endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_RUN = re.compile(rb"q 1 0 0 -1 (?P<x>[\d.]+) (?P<y>[\d.]+) cm(?P<shown>.*?)\nQ", re.DOTALL)
_SHOWN = re.compile(
    rb"/ActualText<FEFF(?P<actual>[0-9A-F]*)>|(?P<end>EMC)|/(?P<font>f\d+) (?P<size>[\d.]+) Tf"
    rb"|\[(?P<array>(?:\((?:[^()\\]|\\.)*\)|[^\]()])*)\]TJ|(?P<string>\((?:[^()\\]|\\.)*\))Tj",
    re.DOTALL,
)
_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MILLIMETRES = 25.4 / 72


@dataclass(frozen=True)
class Run:
    """Text printed in one go; `x` and `y` of its baseline in millimetres from the upper left corner."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Page:
    """A page: width and height in millimetres, and its text from top to bottom."""

    width: float
    height: float
    runs: tuple[Run, ...]

    @property
    def lines(self) -> list[str]:
        """Give the text as it reads, a line each."""
        rows: dict[float, list[Run]] = {}
        for run in self.runs:
            rows.setdefault(round(run.y, 1), []).append(run)
        return ["".join(run.text for run in sorted(rows[y], key=lambda run: run.x)) for y in sorted(rows)]


def pages(document: bytes) -> list[Page]:
    """Read a PDF as typst writes it: no object streams, one place a run; zero-width spaces are left out."""
    assert document.startswith(b"%PDF-1.7")
    objects = {int(number): body for number, body in _OBJECT.findall(document)}
    (order,) = re.findall(rb"/Type/Pages/Count \d+/Kids\[([^\]]*)\]", document)
    return [_page(objects[int(number)], objects) for number in re.findall(rb"(\d+) 0 R", order)]


def _page(body: bytes, objects: dict[int, bytes]) -> Page:
    width, height = (float(side) for side in re.search(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", body).groups())
    fonts = dict(re.findall(rb"/(f\d+) (\d+) 0 R", objects[_reference(body, b"Resources")]))
    tables = {name: _unicode(objects[int(number)], objects) for name, number in fonts.items()}
    content = _opened(objects[_reference(body, b"Contents")])
    runs = tuple(
        _run(found["shown"], tables, float(found["x"]), height - float(found["y"]))
        for found in _RUN.finditer(content)
    )
    return Page(width * _MILLIMETRES, height * _MILLIMETRES, runs)


def _run(shown: bytes, tables: dict[bytes, dict[int, str]], x: float, y: float) -> Run:
    text, font, size, actual = "", b"", 0.0, None
    for token in _SHOWN.finditer(shown):
        if token["actual"] is not None:
            actual = bytes.fromhex(token["actual"].decode()).decode("utf-16-be")
        elif token["end"]:
            text, actual = text + (actual or ""), None
        elif token["font"]:
            font, size = token["font"], float(token["size"])
        elif actual is None:
            text += _text(token["array"] or token["string"], tables[font])
    return Run(text.replace("\u200b", ""), x * _MILLIMETRES, y * _MILLIMETRES, size)


def _reference(body: bytes, name: bytes) -> int:
    return int(re.search(rb"/" + name + rb" (\d+) 0 R", body)[1])


def _opened(body: bytes) -> bytes:
    return zlib.decompress(_STREAM.search(body)[1])


def _unicode(font: bytes, objects: dict[int, bytes]) -> dict[int, str]:
    """Which characters a font's glyphs stand for (ToUnicode)."""
    table = _opened(objects[_reference(font, b"ToUnicode")])
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*\n", table)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _text(array: bytes, table: dict[int, str]) -> str:
    octets = b"".join(_ESCAPED.sub(_unescaped, string) for string in _STRING.findall(array))
    glyphs = (int.from_bytes(octets[at : at + 2], "big") for at in range(0, len(octets), 2))
    return "".join(table[glyph] for glyph in glyphs)


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1].isdigit():
        return bytes([int(found[1], 8)])
    return _NAMED.get(found[1], found[1])
