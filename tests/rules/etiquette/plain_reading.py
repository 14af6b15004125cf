"""The norms' tables judged one by one, without memory or indexes: what the engine must agree with."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from rapport.rules.etiquette import ACTS, CAUTION, DEFAULT
from rapport.rules.etiquette.conditions import OVERDUE
from rapport.rules.etiquette.vocabulary import SPHERES

Table = Mapping[str, Any]
STRENGTHS = ("may", "should", "must")


@cache
def tables(school: str) -> tuple[Table, ...]:
    text = files("rapport.rules.norms").joinpath(f"{school}.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["norm"])


def verdict(school: str, act: str, channel: str, known: Mapping[str, Any]) -> tuple[str, str | None]:
    """The bare verdict and what it waits for."""
    levels = [(2, "stated"), (1, school)] + ([(0, DEFAULT)] if school != DEFAULT else [])
    said = [
        (level, rank(norm), norm)
        for level, name in levels
        for norm in tables(name)
        if speaks_of(norm, act, channel) and holds(norm, known)
    ]
    best = max(said, key=lambda one: one[:2], default=None)
    winner = best[2] if best else {"verdict": "ask"}
    hard = [norm for norm in tables("hard") if speaks_of(norm, act, channel) and holds(norm, known)]
    strictest = max(hard, key=lambda norm: CAUTION[norm["verdict"]], default=None)
    if strictest and (best is None or CAUTION[strictest["verdict"]] > CAUTION[winner["verdict"]]):
        winner = strictest
    return winner["verdict"], winner.get("until")


def rank(norm: Table) -> tuple[int, int, int]:
    named = "channel" in norm or "sphere" in norm
    strength = STRENGTHS.index(norm.get("strength", "should"))
    return strength, len(norm.get("when", {})) + named, CAUTION[norm["verdict"]]


def speaks_of(norm: Table, act: str, channel: str) -> bool:
    if norm["act"] != act:
        return False
    if "channel" in norm:
        return bool(norm["channel"] == channel)
    return channel in (SPHERES[norm["sphere"]] if "sphere" in norm else ACTS[act])


def holds(norm: Table, known: Mapping[str, Any]) -> bool:
    return all(passes(name, wanted, known) for name, wanted in norm.get("when", {}).items())


def passes(name: str, wanted: Any, known: Mapping[str, Any]) -> bool:
    value = known.get(OVERDUE if name == "reply_by" else name)
    if value is None:
        return False
    if not isinstance(wanted, dict):
        return value in wanted if isinstance(wanted, list) else bool(value == wanted)
    if "passed" in wanted:
        return (value > 0) is wanted["passed"]
    if "not" in wanted:
        excluded = wanted["not"] if isinstance(wanted["not"], list) else [wanted["not"]]
        return value not in excluded
    bounds = wanted.get("overdue", wanted)
    return (
        value >= bounds.get("at_least", value)
        and value <= bounds.get("at_most", value)
        and value > bounds.get("above", value - 1)
        and value < bounds.get("below", value + 1)
    )
