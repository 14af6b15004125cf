"""Read schools from their tables: every mistake is named with its file, norm and field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from typing import Any

from rapport.rules.etiquette.advice import Reason
from rapport.rules.etiquette.conditions import Condition, condition, nearest_spelling
from rapport.rules.etiquette.norm import Norm, School, Strength
from rapport.rules.etiquette.offsets import Offset
from rapport.rules.etiquette.vocabulary import ACTS, EVENTS, SPHERES, VERDICTS

FIELDS = (
    "id", "act", "channel", "sphere", "when", "verdict", "until", "after", "within", "strength", "because", "source",
)  # fmt: skip
"""Every field of a norm's table."""

_NEEDED = ("id", "act", "verdict", "because", "source")
_HEAD = ("name", "opinion", "source", "sources", "norm")
_LEVELS = ("hard", "stated")
DEFAULT = "considerate"
"""The school that speaks where the chosen one is silent."""


@dataclass(frozen=True, slots=True)
class NormProblem:
    """What is wrong with one norm, and in which of its fields; `against` is a norm that it contradicts."""

    place: str
    norm: str
    field: str
    fault: str
    against: str = ""

    @property
    def says(self) -> str:
        """The whole sentence, which names another norm by its identifier."""
        return f"It contradicts {self.against!r}: {self.fault}" if self.against else self.fault

    def __str__(self) -> str:
        return f"{self.place}, norm {self.norm!r}, {self.field}: {self.says}"


class NormError(ValueError):
    """A school that cannot be read; `problems` names each mistake."""

    def __init__(self, problems: Sequence[NormProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class _Mistake(ValueError):
    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.field = field


def _known(table: Mapping[str, Any], field: str, words: Iterable[str], default: str = "") -> str:
    word = table.get(field, default)
    words = tuple(words)
    if word not in words:
        raise _Mistake(
            field, f"{word!r} is not one of {', '.join(words)}.{nearest_spelling(str(word), words)}"
        )
    return str(word)


def _channels(table: Mapping[str, Any], act: str) -> tuple[str, ...]:
    if "channel" in table and table["channel"] != "":
        return (_known(table, "channel", [channel for channel in ACTS[act] if channel]),)
    if "sphere" in table:
        sphere = SPHERES[_known(table, "sphere", SPHERES)]
        return tuple(channel for channel in ACTS[act] if channel in sphere)
    return ACTS[act]


def _offset(table: Mapping[str, Any], field: str) -> Offset | None:
    if not table.get(field):
        return None
    try:
        return Offset.parse(str(table[field]))
    except ValueError as error:
        raise _Mistake(field, str(error)) from error


def _conditions(table: Mapping[str, Any]) -> tuple[Condition, ...]:
    when = table.get("when", {})
    if not isinstance(when, Mapping):
        raise _Mistake("when", "It is a table of facts and the values they must have.")
    try:
        return tuple(condition(name, wanted) for name, wanted in when.items())
    except ValueError as error:
        raise _Mistake("when", str(error)) from error


def _until(table: Mapping[str, Any], verdict: str) -> str | None:
    if verdict == "hold":
        if not table.get("until"):
            raise _Mistake("until", "A hold names the event it waits for.")
        return _known(table, "until", EVENTS)
    if table.get("until"):
        raise _Mistake("until", f"Only a hold waits for an event; this norm says {verdict!r}.")
    return None


def _source(named: str, sources: Mapping[str, str]) -> str:
    """A short word stands for one of the sources at the head; whole words of its own are the source itself."""
    if named in sources or not sources or " " in named:
        return sources.get(named, named)
    raise _Mistake(
        "source", f"{named!r} is not one of {', '.join(sources)}.{nearest_spelling(named, sources)}"
    )


def _norm(table: Mapping[str, Any], school: str, sources: Mapping[str, str]) -> Norm:
    for field in table:
        if field not in FIELDS:
            raise _Mistake(field, f"{field!r} is no field of a norm.{nearest_spelling(field, FIELDS)}")
    for field in _NEEDED:
        if not str(table.get(field, "")).strip():
            raise _Mistake(field, "It is missing.")
    act = _known(table, "act", ACTS)
    verdict = _known(table, "verdict", VERDICTS)
    after, within = _offset(table, "after"), _offset(table, "within")
    if (after or within) and verdict not in {"do", "optional"}:
        raise _Mistake(
            "within" if within else "after", f"A window of time goes with do or optional, not {verdict!r}."
        )
    source = _source(str(table["source"]), sources)
    return Norm(
        identifier=str(table["id"]),
        act=act,
        channels=_channels(table, act),
        names_channel=bool(table.get("channel") or table.get("sphere")),
        conditions=_conditions(table),
        verdict=verdict,
        until=_until(table, verdict),
        after=after,
        within=within,
        strength=Strength[_known(table, "strength", ("may", "should", "must"), "should").upper()],
        reason=Reason(str(table["id"]), school, str(table["because"]), source, verdict),
    )


def _contradictions(norms: Iterable[Norm]) -> Iterator[tuple[Norm, Norm]]:
    """Pairs of norms that can both hold at once, equally strong and specific on the same facts, and say otherwise."""
    equals: dict[tuple[Any, ...], list[Norm]] = {}
    for norm in norms:
        facts = frozenset([wanted.key for wanted in norm.conditions])
        equals.setdefault((norm.act, norm.strength, norm.specificity, facts), []).append(norm)
    for some in equals.values():
        yield from (pair for pair in combinations(some, 2) if _contradict(*pair))


def _contradict(one: Norm, other: Norm) -> bool:
    if not set(one.channels) & set(other.channels):
        return False
    if (one.verdict, one.until) == (other.verdict, other.until):
        return False
    theirs = {wanted.key: wanted for wanted in other.conditions}
    return all(wanted.overlaps(theirs[wanted.key]) for wanted in one.conditions)


def read_school(
    identifier: str,
    name: str,
    opinion: str,
    source: str,
    tables: Iterable[Mapping[str, Any]],
    *,
    place: str,
    sources: Mapping[str, str] | None = None,
) -> School:
    """Read a school from its norms' tables; NormError names every mistake. `place` is the file's or school's name.

    `sources` lets many norms name one source by a short word.
    """
    norms: list[Norm] = []
    problems: list[NormProblem] = []
    for number, table in enumerate(tables, start=1):
        if not isinstance(table, Mapping):
            problems.append(
                NormProblem(place, f"number {number}", "norm", "It is not a table: begin it with [[norm]].")
            )
            continue
        called = str(table.get("id") or f"number {number}")
        try:
            norm = _norm(table, identifier, sources or {})
            if any(norm.identifier == earlier.identifier for earlier in norms):
                raise _Mistake("id", "Another norm of this school has the same id.")
            norms.append(norm)
        except _Mistake as mistake:
            problems.append(NormProblem(place, called, mistake.field, str(mistake)))
    problems.extend(
        NormProblem(
            place,
            other.identifier,
            "verdict",
            "both can hold at once, equally strong and specific, "
            f"and one says {one.verdict!r} where the other says {other.verdict!r}.",
            against=one.identifier,
        )
        for one, other in _contradictions(norms)
    )
    if problems:
        raise NormError(problems)
    return School(identifier, name, opinion, source, tuple(norms))


def read_file(place: str, text: str) -> School:
    """Read a school from the text of its TOML file; NormError names every mistake."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NormError([NormProblem(place, "-", "file", f"It is not TOML: {error}.")]) from error
    head = {field: str(table.get(field, "")).strip() for field in ("name", "opinion", "source")}
    problems = [NormProblem(place, "-", field, "It is missing.") for field, text in head.items() if not text]
    problems += [
        NormProblem(place, "-", field, f"{field!r} is no field of a school.{nearest_spelling(field, _HEAD)}")
        for field in table
        if field not in _HEAD
    ]
    tables, sources = table.get("norm", []), table.get("sources", {})
    if not isinstance(tables, list):
        problems.append(NormProblem(place, "-", "norm", "It is not a list: begin each norm with [[norm]]."))
    if not isinstance(sources, dict) or not all(isinstance(words, str) for words in sources.values()):
        problems.append(
            NormProblem(place, "-", "sources", "It is a table of short words, each with its source.")
        )
    if problems:
        raise NormError(problems)
    return read_school(place.removesuffix(".toml"), **head, tables=tables, place=place, sources=sources)


_NORMS = files("rapport.rules.norms")


@lru_cache
def _shipped(identifier: str) -> School:
    place = f"{identifier}.toml"
    return read_file(place, _NORMS.joinpath(place).read_text(encoding="utf-8"))


class _Shelf(Mapping[str, School]):
    """The schools that ship, each read when it is first asked for: a plan needs one of them and the default."""

    def __init__(self) -> None:
        names = (file.name for file in _NORMS.iterdir())
        shipped = {name.removesuffix(".toml") for name in names if name.endswith(".toml")}
        self._identifiers = (DEFAULT, *sorted(shipped - {DEFAULT, *_LEVELS}))

    def __getitem__(self, identifier: str) -> School:
        if identifier not in self._identifiers:
            raise KeyError(identifier)
        return _shipped(identifier)

    def __iter__(self) -> Iterator[str]:
        return iter(self._identifiers)

    def __len__(self) -> int:
        return len(self._identifiers)


@lru_cache(maxsize=1)
def load_schools() -> Mapping[str, School]:
    """Every school that ships, by its identifier: the default first, then by name."""
    return _Shelf()


def hard_norms() -> School:
    """The norms that no school and nobody's taste lifts."""
    return _shipped("hard")


def stated_norms() -> School:
    """What somebody's own word or answer means, over every school: yes, no, already asked."""
    return _shipped("stated")
