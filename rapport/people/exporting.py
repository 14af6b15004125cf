"""A book, a list or one person for other programs: vCard 3.0 and 4.0, CSV and JSON, written as it is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from rapport.people.records import loaded, records
from rapport.rules.card import Card
from rapport.rules.card.converting import converted
from rapport.rules.card.sheet import HEADER, line, row_of


class Format(NamedTuple):
    """How a file is called and read: the words for people, its ending, its media type, and what writes it."""

    says: str
    ending: str
    kind: str
    write: Callable[[Iterable[int]], Iterator[bytes]]


def _vcards(version: str) -> Callable[[Iterable[int]], Iterator[bytes]]:
    def write(keys: Iterable[int]) -> Iterator[bytes]:
        for card in _cards(keys):
            yield converted(card, version).octets()

    return write


def _csv(keys: Iterable[int]) -> Iterator[bytes]:
    yield line(HEADER)
    for card in _cards(keys):
        yield line(row_of(card))


def _json(keys: Iterable[int]) -> Iterator[bytes]:
    """One array, an object a line: read whole or line by line."""
    before = "["
    for record in records(keys):
        yield f"{before}\n{json.dumps(record, ensure_ascii=False)}".encode("utf-8", "replace")
        before = ","
    yield b"[]\n" if before == "[" else b"\n]\n"


def _cards(keys: Iterable[int]) -> Iterator[Card]:
    for people in loaded(keys):
        yield from (person.current_card for person in people)


FORMATS: Mapping[str, Format] = {
    "vcard4": Format("vCard 4.0", "vcf", "text/vcard; charset=utf-8; version=4.0", _vcards("4.0")),
    "vcard3": Format("vCard 3.0", "vcf", "text/vcard; charset=utf-8; version=3.0", _vcards("3.0")),
    "csv": Format("CSV, with Google’s columns", "csv", "text/csv; charset=utf-8", _csv),
    "json": Format("JSON", "json", "application/json", _json),
}
"""Every format by its name on the command line and in addresses."""
