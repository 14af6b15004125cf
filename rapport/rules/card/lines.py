"""Content lines, the grammar that vCard (RFC 6350) and iCalendar (RFC 5545) share: taken apart and written."""

from __future__ import annotations

import quopri
import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CARET = {"^n": "\n", "^N": "\n", "^'": '"', "^^": "^"}  # RFC 6868
_NESTING = frozenset({"BEGIN", "END"})
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B"})
_QUOTED = re.compile(r'"[^"]*"')
_TO_ESCAPE = re.compile(r"[\\,;\r\n]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LONGEST_REMEMBERED = 200  # characters of a line before its colon; longer ones are taken apart each time


class Property(NamedTuple):
    """One content line taken apart; `value` is raw, `text` is what a person reads."""

    name: str
    value: str
    parameters: tuple[tuple[str, str], ...] = ()
    group: str = ""

    def parameter(self, name: str) -> str:
        """Give the first value of a parameter, or an empty string."""
        return next((value for key, value in self.parameters if key == name), "")

    @property
    def types(self) -> frozenset[str]:
        """Give all values of TYPE in lower case, however they were written."""
        return frozenset(
            part.strip().lower()
            for key, value in self.parameters
            if key == "TYPE"
            for part in value.split(",")
        )

    @property
    def decoded(self) -> str:
        """Give the value with its transfer encoding removed, escapes still in place."""
        if not self.parameters or self.parameter("ENCODING").upper() != "QUOTED-PRINTABLE":
            return self.value
        octets = quopri.decodestring(self.value.encode("utf-8", "surrogateescape"))
        return decode(octets, self.parameter("CHARSET"))

    @property
    def text(self) -> str:
        """Give the value as one text, unescaped."""
        return unescape(self.decoded)

    @property
    def components(self) -> tuple[str, ...]:
        """Give the parts between unescaped semicolons (N, ORG, ADR), each unescaped."""
        return tuple(unescape(part) for part in split_unescaped(self.decoded, ";"))


def decode(octets: bytes, charset: str = "") -> str:
    """Give text in the stated charset, else UTF-8, else Windows-1252; never raises.

    NUL characters are left out: no text has them, and PostgreSQL stores none.
    """
    if not charset:
        with suppress(UnicodeDecodeError):
            return octets.decode().replace("\0", "")
    octets = octets.replace(b"\0", b"") if not charset.lower().startswith(("utf-16", "utf-32")) else octets
    for name in (charset, "utf-8", "cp1252"):
        try:
            text = octets.decode(name or "utf-8").replace("\0", "")
            return _storable(text) if name == charset else text
        except (UnicodeError, LookupError):
            continue
    return octets.decode("latin-1")


def _storable(text: str) -> str:
    """Some charsets (UTF-7) can state halves of letters, which no database stores."""
    return text.encode("utf-8", "replace").decode("utf-8")


def unescape(value: str) -> str:
    r"""Give the text behind `\n`, `\,`, `\;` and `\\`; a backslash before anything else stands for itself."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(_unescaped, value)


def _unescaped(match: re.Match[str]) -> str:
    character = match[1]
    if character in "nN":
        return "\n"
    return character if character in ",;:\\" else match[0]


def escape(text: str) -> str:
    """Write text so that it can stand as one value in vCard 3.0, 4.0 and iCalendar."""
    if not _TO_ESCAPE.search(text):
        return text
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def split_unescaped(value: str, separator: str) -> list[str]:
    """Split at separators that no backslash precedes; escapes stay in the parts."""
    if "\\" not in value:
        return value.split(separator)
    parts: list[str] = []
    start = position = 0
    while position < len(value):
        if value[position] == "\\":
            position += 1
        elif value[position] == separator:
            parts.append(value[start:position])
            start = position + 1
        position += 1
    return [*parts, value[start:]]


def parsed(line: str) -> Property | None:
    """Take one unfolded line apart; None when it is not a content line (it has no name or no colon)."""
    head, colon, value = line.partition(":")
    if '"' in head and head.count('"') % 2:
        masked = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), line)
        position = masked.find(":")
        head, colon, value = line[:position], masked[position : position + 1], line[position + 1 :]
    if not colon or not head:
        return None
    name, parameters, group = _head(head) if len(head) <= _LONGEST_REMEMBERED else _head_apart(head)
    return Property(name, value, parameters, group)


def _head_apart(head: str) -> tuple[str, tuple[tuple[str, str], ...], str]:
    first, *rest = _split_quoted(head) if ";" in head else [head]
    group, _, name = first.rpartition(".")
    return name.strip().upper(), tuple(_parameter(part) for part in rest if part), group.strip()


_head = lru_cache(maxsize=4096)(_head_apart)  # a book of many cards says the same few hundred heads


def properties_of(lines: Iterable[str]) -> tuple[Property, ...]:
    """Take all lines of a card apart, without those of a card nested in it."""
    found: list[Property] = []
    is_nested = False
    for line in lines:
        head, colon, value = line.partition(":")
        if colon and head and len(head) <= _LONGEST_REMEMBERED and '"' not in head:
            name, parameters, group = _head(head)
            is_nested = is_nested or name in _NESTING
            found.append(Property(name, value, parameters, group))
        elif prop := parsed(line):
            found.append(prop)
    return tuple(filter(None, outer(lines))) if is_nested else tuple(found)


def outer(lines: Iterable[str]) -> Iterator[Property | None]:
    """Take each line apart; None for what is no property of this card but of one nested in it (AGENT of 2.1)."""
    depth = 0
    for line in lines:
        prop = parsed(line)
        if prop is not None and prop.name in _NESTING:
            depth += 1 if prop.name == "BEGIN" else -1
            prop = None
        yield prop if depth <= 0 else None


def _split_quoted(head: str) -> list[str]:
    if '"' not in head:
        return head.split(";")
    masked = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), head)
    parts: list[str] = []
    start = 0
    for piece in masked.split(";"):
        parts.append(head[start : start + len(piece)])
        start += len(piece) + 1
    return parts


def _parameter(part: str) -> tuple[str, str]:
    name, equals, value = part.partition("=")
    name = name.strip().upper()
    if not equals:  # vCard 2.1 writes the bare value
        return ("ENCODING", name) if name in _ENCODINGS else ("TYPE", name)
    if '"' in value:
        value = value.replace('"', "")
    if "^" in value:
        value = re.sub(r"\^[nN'^]", lambda caret: _CARET[caret[0]], value)
    return name, value


def written(prop: Property) -> str:
    """Write a property as one unfolded line."""
    head = f"{prop.group}.{prop.name}" if prop.group else prop.name
    for name, value in prop.parameters:
        safe = value.replace("^", "^^").replace('"', "^'").replace("\n", "^n")
        head += f';{name}="{safe}"' if any(mark in safe for mark in ":;,") else f";{name}={safe}"
    return f"{head}:{prop.value}"
