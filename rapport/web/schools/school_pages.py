"""Norms as pages show them: the tables of a school, and what a norm says in words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rapport.rules import phrases
from rapport.rules.etiquette import EVENTS, FACTS
from rapport.rules.etiquette.vocabulary import ACTS

Table = dict[str, Any]

_ORDERINGS = {"at_least": "at least", "at_most": "at most", "above": "above", "below": "below"}


@dataclass(frozen=True, slots=True)
class SaidNorm:
    """A norm in words: the deed, the verdict, when it holds, its reason and source."""

    number: int
    act: str
    deed: str
    verdict: str
    until: str
    when: str
    because: str
    source: str


@lru_cache(maxsize=32)
def _shipped(identifier: str) -> str:
    return files("rapport.rules.norms").joinpath(f"{identifier}.toml").read_text(encoding="utf-8")


def shipped_tables(identifier: str) -> list[Table]:
    """The norms of a shipped school as tables, sources written out: what a copy begins with."""
    school = tomllib.loads(_shipped(identifier))
    sources = school.get("sources", {})
    return [
        {**norm, "source": sources.get(norm["source"], norm["source"])} for norm in school.get("norm", [])
    ]


def norms_in_words(tables: Iterable[Mapping[str, Any]]) -> tuple[SaidNorm, ...]:
    """Each norm in words, numbered from 0; a table that is not a norm yet shows what it has."""
    return tuple(_norm_in_words(number, table) for number, table in enumerate(tables))


@dataclass(frozen=True, slots=True)
class NormsOfAct:
    """The norms of one act, under its name; folded away where a school has very many."""

    act: str
    norms: tuple[SaidNorm, ...]


def by_act(norms: Iterable[SaidNorm]) -> tuple[NormsOfAct, ...]:
    """The norms under their acts, in the order in which the school speaks of them."""
    groups: dict[str, list[SaidNorm]] = {}
    for norm in norms:
        groups.setdefault(norm.act, []).append(norm)
    return tuple(NormsOfAct(act, tuple(found)) for act, found in groups.items())


def _norm_in_words(number: int, table: Mapping[str, Any]) -> SaidNorm:
    act, channel = str(table.get("act", "")), str(table.get("channel", ""))
    named = (act, channel) in phrases.DEEDS and (channel or ACTS.get(act) == ("",))
    deed = phrases.deed(act, channel) if named else phrases.ACTS.get(act, act)
    sphere = table.get("sphere")
    until = str(table.get("until", ""))
    return SaidNorm(
        number=number,
        act=phrases.ACTS.get(act) or phrases.deed(act, next(iter(ACTS.get(act, ("",)))))
        if act in ACTS
        else act,
        deed=f"{deed}, {sphere} networks" if sphere else deed,
        verdict=str(table.get("verdict", "")),
        until=phrases.until(until) if until in EVENTS else "",
        when=when_in_words(table.get("when", {})),
        because=str(table.get("because", "")),
        source=str(table.get("source", "")),
    )


def when_in_words(when: Any) -> str:
    """The conditions of a norm as one clause; "always" when there is none."""
    if not isinstance(when, Mapping) or not when:
        return "Always"
    return "When " + "; ".join(f"{_fact(name)}: {_wanted(name, wanted)}" for name, wanted in when.items())


def _fact(name: str) -> str:
    words = phrases.FACTS.get(name, name) if name in FACTS else name
    return words[0].lower() + words[1:]


def _wanted(name: str, wanted: Any) -> str:
    if isinstance(wanted, Mapping):
        return " and ".join(_compared(name, word, bound) for word, bound in wanted.items())
    if isinstance(wanted, list | tuple):
        return " or ".join(phrases.value_in_words(name, value) for value in wanted)
    return phrases.value_in_words(name, wanted)


def _compared(name: str, word: str, bound: Any) -> str:
    if word == "passed":
        return "gone by" if bound else "still to come"
    if word == "overdue":
        return f"gone by for {_wanted(name, bound)} working days"
    if word == "not":
        return f"not {_wanted(name, bound)}"
    return f"{_ORDERINGS.get(word, word)} {_wanted(name, bound)}"
