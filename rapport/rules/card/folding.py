"""Content lines as a file holds them: folded, broken softly, each in a charset of its own, and back."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from rapport.rules.card.lines import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLD_OCTETS = 75  # RFC 6350 section 3.2 and RFC 5545 section 3.1
_BASE64 = re.compile(r"[A-Za-z0-9+/=]+")
_IN_BASE64 = re.compile(r";(?:ENCODING=)?(?:BASE64|B)(?:;|$)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?")
_FOLD = re.compile(r"\n+[ \t]")
_CHARSET = re.compile(r"[^:]*;CHARSET=\"?([^;:\"]+)", re.IGNORECASE)


def is_soft(line: str) -> bool:
    """Say whether a vCard 2.1 line goes on after a QUOTED-PRINTABLE soft break (a final `=`)."""
    return line.endswith("=") and "QUOTED-PRINTABLE" in line.partition(":")[0].upper()


def content_lines(text: str) -> list[str]:
    """Give the lines of a text with folds (a leading blank) and soft breaks joined; blank lines are dropped."""
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    if "=\n" in text or text.endswith("="):
        lines = list(unfolded(text.split("\n")))
    else:
        lines = [line for line in _FOLD.sub("", text).split("\n") if line and not line.isspace()]
    return _with_base64(lines) if any(":" not in line for line in lines) else lines


def _with_base64(lines: list[str]) -> list[str]:
    """Join lines of BASE64 that some programs write below its property without a blank before them."""
    kept: list[str] = []
    is_base64 = False
    for line in lines:
        if is_base64 and ":" not in line and _BASE64.fullmatch(line):
            kept[-1] += line
            continue
        is_base64 = _IN_BASE64.search(line.partition(":")[0]) is not None
        kept.append(line)
    return kept


def decoded_lines(octets: bytes) -> list[str]:
    """Give the content lines of a card's octets, each in the charset it states, else UTF-8, else Windows-1252.

    Unfolded before decoding, since a fold may part the octets of one letter.
    """
    # Latin-1 maps each octet to one letter and back, so that one rule of unfolding serves both
    lines = content_lines(octets.decode("latin-1"))
    whole = "\n".join(lines)
    if "CHARSET" not in whole.upper() and "\0" not in whole:
        with suppress(UnicodeDecodeError):  # else line by line: files put together hold several encodings
            return whole.encode("latin-1").decode("utf-8").split("\n")
    return [_decoded(line.encode("latin-1"), charset_of(line)) for line in lines]


def _decoded(octets: bytes, charset: str) -> str:
    """Many programs state a charset and write UTF-8; what can be read as such, beyond ASCII, is meant so."""
    return decode(octets, charset if b"\x1b" in octets or not _is_utf8(octets) else "")


def _is_utf8(octets: bytes) -> bool:
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def charset_of(line: str) -> str:
    """Give the charset that a line's own octets are in; "" when it states none, or its value is QUOTED-PRINTABLE."""
    stated = _CHARSET.match(line)
    if stated is None or "QUOTED-PRINTABLE" in line.partition(":")[0].upper():
        return ""
    return stated[1].strip()


def unfolded(lines: Iterable[str]) -> Iterator[str]:
    """Join folded lines (a leading blank) and QUOTED-PRINTABLE soft breaks; blank lines are dropped."""
    kept: list[str] = []
    soft = False
    for line in lines:
        if soft and line[:9].upper() == "END:VCARD":
            kept[-1] = kept[-1][:-1]  # a break with nothing after it
            soft = False
        if soft and kept:
            kept[-1] = kept[-1][:-1]
            kept.append(line)
            soft = line.endswith("=")
        elif line[:1] in {" ", "\t"} and kept:
            kept.append(line[1:])
            soft = line.endswith("=") and is_soft("".join(kept))
        elif line.strip():
            if kept:
                yield "".join(kept)
            kept = [line]
            soft = is_soft(line)
    if kept:
        yield "".join(kept)[:-1] if soft else "".join(kept)


def folded(line: str) -> str:
    """Fold one line at 75 octets, never inside a character; given without a line end, as is the result."""
    if len(line) <= FOLD_OCTETS and len(line.encode("utf-8", "surrogatepass")) <= FOLD_OCTETS:
        return line
    pieces: list[str] = []
    piece, width = "", 0
    for character in line:
        size = len(character.encode("utf-8", "surrogatepass"))
        if width + size > FOLD_OCTETS:
            pieces.append(piece)
            piece, width = " ", 1
        piece += character
        width += size
    return "\r\n".join([*pieces, piece])


def encoded(line: str) -> bytes:
    """Give a line's octets in the charset that it states, in UTF-8 when it states none that can hold it."""
    charset = charset_of(line)
    if charset:
        try:
            return line.encode(charset)
        except (UnicodeError, LookupError):
            pass
    return line.encode("utf-8", "surrogatepass")
