"""Markup and damaged text as plain text: nothing of HTML gets past this room."""

from __future__ import annotations

import html
import re
from contextlib import suppress
from html.parser import HTMLParser

_LOOKS_LIKE_MARKUP = re.compile(
    r"<(?:/?[a-z][a-z0-9]*(?:\s[^<>]*)?/?|!--[^<>]*--|!doctype[^<>]*)>",
    re.IGNORECASE,
)
_DROPPED = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"})
_BREAKING = frozenset(
    {"p", "div", "br", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section"},
)
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")
_TRAILING = re.compile(r"[ \t\u00a0]+")
_MOJIBAKE = re.compile(r"[ÃÂ][\u0080-\u00bf\u0152-\u0178\u2018-\u203a\u20ac]|â€")
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
_CELL = "\ue000"  # stands between the cells of a table while its markup is taken away
TEXT_LIMIT = 200_000  # characters with markup; more than any invitation says
PLAIN_LIMIT = 20_000  # characters a person would read; reading names is costly beyond it
_LONG = re.compile(r"[^\n]{1000}")  # longer lines are broken, so that no search runs away on one


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self.dropped.append(tag)
        elif tag == "li":
            self.pieces.append("\n- ")
        elif tag in _BREAKING:
            self.pieces.append("\n")
        elif tag in {"td", "th"}:
            self.pieces.append(_CELL)
        elif tag == "a":
            target = dict(attrs).get("href") or ""
            if target.startswith(("http://", "https://", "tel:")):
                self.pieces.append(f" {target} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.dropped:
            while self.dropped.pop() != tag:
                pass
        elif tag in _BREAKING:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.pieces.append(data)


def plain(text: str) -> str:
    """Give a text as a person reads it: markup gone with its scripts, damaged letters repaired, NUL bytes dropped."""
    text = repaired(text[:TEXT_LIMIT])
    if "<" in text and _LOOKS_LIKE_MARKUP.search(text):
        text = _without_markup(text)
    elif "&" in text:
        text = html.unescape(text).translate(_CONTROLS)
    lines = (_cells(_TRAILING.sub(" ", line)) for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", _LONG.sub(r"\g<0>\n", "\n".join(lines)[:PLAIN_LIMIT])).strip()


def _cells(line: str) -> str:
    """Part the cells of a table's row as a person would: "Dana Lee | VP Engineering"."""
    return (
        " | ".join(cell.strip() for cell in line.split(_CELL) if cell.strip())
        if _CELL in line
        else line.strip()
    )


def _without_markup(text: str) -> str:
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError):  # the parser gives up on some broken declarations
        return html.unescape(re.sub(r"<[^>]*>?", " ", text))
    joined = "".join(reader.pieces).translate(_CONTROLS)
    # what was written as &lt;script&gt; is markup only now
    return _LOOKS_LIKE_MARKUP.sub(" ", joined)


def repaired(text: str) -> str:
    """Undo UTF-8 that was once read as Windows-1252 ("MÃ¼ller"), and drop control characters."""
    if _MOJIBAKE.search(text):
        with suppress(UnicodeError):  # it was meant so, or is beyond repair
            text = text.encode("cp1252").decode("utf-8")
    return text.translate(_CONTROLS)


def one_line(text: str) -> str:
    """Give a plain text on one line: titles, places, names."""
    return " ".join(plain(text).split())
