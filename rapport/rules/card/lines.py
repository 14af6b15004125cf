"""Content lines, the grammar that vCard (RFC 6350) and iCalendar (RFC 5545) share: unfold, take apart, write."""

from __future__ import annotations

import quopri
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLD_OCTETS = 75  # RFC 6350 section 3.2 and RFC 5545 section 3.1
_CARET = {"^n": "\n", "^N": "\n", "^'": '"', "^^": "^"}  # RFC 6868
_NESTING = frozenset({"BEGIN", "END"})
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B"})
_QUOTED = re.compile(r'"[^"]*"')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/=]+")
_IN_BASE64 = re.compile(r";(?:ENCODING=)?(?:BASE64|B)(?:;|$)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?")
_FOLD = re.compile(r"\n+[ \t]")
_CHARSET = re.compile(r"[^:]*;CHARSET=\"?([^;:\"]+)", re.IGNORECASE)
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
        if self.parameter("ENCODING").upper() != "QUOTED-PRINTABLE":
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


def encoded(line: str) -> bytes:
    """Give a line's octets in the charset that it states, in UTF-8 when it states none that can hold it."""
    charset = charset_of(line)
    if charset:
        try:
            return line.encode(charset)
        except (UnicodeError, LookupError):
            pass
    return line.encode("utf-8", "surrogatepass")


def written(prop: Property) -> str:
    """Write a property as one unfolded line."""
    head = f"{prop.group}.{prop.name}" if prop.group else prop.name
    for name, value in prop.parameters:
        safe = value.replace("^", "^^").replace('"', "^'").replace("\n", "^n")
        head += f';{name}="{safe}"' if any(mark in safe for mark in ":;,") else f";{name}={safe}"
    return f"{head}:{prop.value}"


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
        try:
            return whole.encode("latin-1").decode("utf-8").split("\n")
        except UnicodeDecodeError:
            pass  # then line by line: files put together of others hold several encodings
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
