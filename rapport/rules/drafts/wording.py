"""Reading the wording: which forms there are for an act and a channel, and the phrases each part may take."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from rapport.rules.drafts.fields import NAMES, OPTIONAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parent / "words"
SHARED = "shared"
_TOGETHER = 3
_WORD = re.compile(r"[\w’'-]+")


class WordingError(ValueError):
    """A wording file says something that cannot be read; the sentence names the file and the place."""


def holds(when: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    """Whether every fact has the value, or one of the values, that a condition asks for."""
    return all(
        facts.get(name) in value if isinstance(value, list) else facts.get(name) == value
        for name, value in when.items()
    )


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say a part.

    `needs`: the fields it cannot do without; `trace`: its longest fixed words; `runs`: its fixed words, each three that
    stand together, by which a draft notices that it repeats itself.
    """

    says: str
    fields: frozenset[str]
    needs: frozenset[str]
    trace: str
    runs: frozenset[str]

    @classmethod
    def read(cls, says: str, place: str) -> Phrase:
        """Read a phrase; WordingError names a field that does not exist."""
        pieces = list(Formatter().parse(says))
        fields = frozenset(name for _, name, _, _ in pieces if name is not None)
        if unknown := fields - NAMES:
            raise WordingError(f"{place}: there is no field {', '.join(sorted(unknown))} in {says!r}.")
        trace = max((literal.strip() for literal, _, _, _ in pieces), key=len, default="")
        runs = frozenset(run for literal, _, _, _ in pieces for run in _runs(literal))
        return cls(says, fields, fields - OPTIONAL, trace, runs)


def _runs(literal: str) -> Iterator[str]:
    words = _WORD.findall(literal.casefold())
    return (" ".join(words[start : start + _TOGETHER]) for start in range(len(words) - _TOGETHER + 1))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Phrases that fit under the same condition; the first shelf that fits is the one used."""

    when: Mapping[str, Any]
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """How a draft is put together: paragraphs of parts.

    `limited` keeps within the member's limit, `by_post` names days by their date, `points` are to speak from.
    """

    act: str
    channel: str
    when: Mapping[str, Any]
    subject: str
    paragraphs: tuple[tuple[str, ...], ...]
    limited: bool
    by_post: bool
    points: bool
    hints: tuple[str, ...]
    parts: Mapping[str, tuple[Shelf, ...]]


@dataclass(frozen=True, slots=True)
class Wording:
    """All forms, and the sentences that hints are made of."""

    forms: Mapping[tuple[str, str], tuple[Form, ...]]
    hints: Mapping[str, str]


def _parts(tables: Mapping[str, Any], place: str) -> dict[str, tuple[Shelf, ...]]:
    return {
        part: tuple(
            Shelf(
                shelf.get("when", {}), tuple(Phrase.read(says, f"{place}, {part}") for says in shelf["say"])
            )
            for shelf in shelves
        )
        for part, shelves in tables.items()
    }


def _form(
    table: Mapping[str, Any], channel: str, act: str, parts: Mapping[str, tuple[Shelf, ...]], place: str
) -> Form:
    paragraphs = tuple(tuple(line.split()) for line in table["text"])
    subject = table.get("subject", "")
    used = {part for paragraph in paragraphs for part in paragraph} | ({subject} if subject else set())
    if missing := used - set(parts):
        raise WordingError(
            f"{place}: the form for {act} {channel} uses parts that do not exist: {sorted(missing)}."
        )
    return Form(
        act,
        channel,
        table.get("when", {}),
        subject,
        paragraphs,
        table.get("limited", False),
        table.get("by_post", False),
        table.get("points", False),
        tuple(table.get("hints", ())),
        {part: parts[part] for part in used},
    )


def read_wording(files: Mapping[str, Mapping[str, Any]]) -> Wording:
    """Read wording from tables by file name; the parts of the file `shared` are known to all."""
    shared = dict(files[SHARED])
    hints = shared.pop("hints")
    common = _parts(shared, SHARED)
    forms: dict[tuple[str, str], tuple[Form, ...]] = {}
    for name, file in sorted(files.items()):
        if name == SHARED:
            continue
        tables = dict(file)
        act = tables.pop("act")
        own = tables.pop("form")
        parts = common | _parts(tables, name)
        for table in own:
            for channel in table["channels"]:
                form = _form(table, channel, act, parts, name)
                forms[act, channel] = (*forms.get((act, channel), ()), form)
    return Wording(forms, hints)


@cache
def shipped_wording() -> Wording:
    """Read the wording beside the code, once."""
    return read_wording({path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")})


_DOUBLED = re.compile(r"([.!?])\.(?=\s|$)")


def fill(phrase: Phrase, fields: Mapping[str, str]) -> str:
    """Fill a phrase; a title that ends in a full stop does not end the sentence twice."""
    return _DOUBLED.sub(r"\1", phrase.says.format_map(fields))
