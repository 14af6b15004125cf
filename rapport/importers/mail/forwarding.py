"""A mail that somebody sent on: who wrote the inner one, when, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapport.importers.people.listed import Listed
from rapport.importers.text.dates.reading import Stated, stated
from rapport.importers.text.names import address_in, cleaned
from rapport.importers.text.words import table

if TYPE_CHECKING:
    from datetime import datetime

_FEWEST = 3  # lines of a head; two such lines may stand in any text
_MOST = 12


@dataclass(frozen=True, slots=True)
class Inner:
    """The mail inside another: `before` is what the one who sent it on wrote above it."""

    before: str
    text: str
    sender: Listed | None
    subject: str
    written: datetime | None


@cache
def _labels() -> dict[str, str]:
    """Give the kind of each label in a head: {"von": "from", "gesendet": "date", ...}."""
    return {word: kind for kind, words in table()["head"].items() for word in words}


def inner_letter(text: str, home: str) -> Inner | None:
    """Give the mail that stands inside a text below its own head ("From: ... Date: ... Subject: ..."), or None.

    A time of the head without a zone is in `home`.
    """
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if _label(line) is None:
            continue
        head, length = _head(lines[number : number + _MOST])
        if length < _FEWEST or not {"from", "date"} <= head.keys():
            continue
        name, beside = cleaned(re.sub(r"[<\[(].*$", "", head["from"]))
        address = address_in(head["from"])
        when = stated(head["date"], home)
        return Inner(
            before="\n".join(lines[:number]).strip(),
            text="\n".join(lines[number + length :]).strip(),
            sender=Listed(address, name, beside, is_organizer=True) if address or name else None,
            subject=head.get("subject", ""),
            written=when.starts if isinstance(when, Stated) else None,
        )
    return None


def _label(line: str) -> str | None:
    label, colon, _ = line.lstrip("> *").partition(":")
    return _labels().get(label.strip("* ").lower()) if colon else None


def _head(lines: list[str]) -> tuple[dict[str, str], int]:
    """Give the lines of a head by their kind, and how many they are."""
    head: dict[str, str] = {}
    length = 0
    for line in lines:
        kind = _label(line)
        if kind is None:
            break
        head.setdefault(kind, line.partition(":")[2].strip("* "))
        length += 1
    return head, length
