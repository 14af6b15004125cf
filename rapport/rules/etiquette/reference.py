"""The norms as a document: the vocabulary, who counts more, and every school with its norms as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rapport.rules.etiquette.conditions import OVERDUE, Condition
from rapport.rules.etiquette.norm import Norm, School
from rapport.rules.etiquette.offsets import Offset
from rapport.rules.etiquette.reading import hard_norms, load_schools, stated_norms
from rapport.rules.etiquette.vocabulary import ACTS, EVENTS, FACTS, SPHERES, VERDICTS

_OPENING = """\
# The norms

This page is written by `rapport.rules.etiquette.reference` from the tables in `rapport/rules/norms`; a test keeps
the two equal. Change the tables, not this page."""

_PRECEDENCE = """\
## Who counts more

1. The **house rules** stand around all others: they can only make a verdict more cautious, and overruling one asks
   for an explicit confirmation.
2. What the **other person stated** counts more than any school: their own norms, their yes or no, their answer.
3. The **school** that the member chose counts more than the default.
4. The **default** speaks where the school is silent, and the advice says so.

Within one of these a stronger norm (`must`, `should`, `may`) counts more, then the more specific one (each condition
counts, and so does a named channel), then the more cautious verdict. Norms that lose are shown as reasons against,
except a general rule that an exception of its own school replaces.

A fact that is not known makes a condition neither true nor false: the advice then names the fact, and says what
either answer would give. A hold waits for its event and is released by it. A window of time is counted in the
recipient's zone and working days, outside their night, and never begins before the interview ends."""

_VERDICTS: Mapping[str, str] = {
    "do": "do it, in the window given",
    "optional": "neither helps nor hurts",
    "ask": "a fact is missing",
    "hold": "wait until an event",
    "avoid": "better not",
    "never": "not at all",
}

_ORDERINGS: Mapping[str, str] = {
    "at_least": "at least {}",
    "at_most": "at most {}",
    "above": "above {}",
    "below": "below {}",
}


def norms_reference() -> str:
    """Give the whole reference as Markdown; pure, and the same for the same tables."""
    schools = [*load_schools().values(), stated_norms(), hard_norms()]
    parts = [_OPENING, *_vocabulary(), _PRECEDENCE, *(_school(school) for school in schools)]
    return "\n\n".join(parts) + "\n"


def _vocabulary() -> Iterable[str]:
    yield "## The vocabulary"
    yield "### Acts and channels"
    yield _table(
        ("act", "channels"), [(act, _listed(filter(None, channels))) for act, channels in ACTS.items()]
    )
    yield (
        "A norm may name a sphere in place of a channel: "
        + "; ".join(f"{sphere} stands for {_listed(channels)}" for sphere, channels in SPHERES.items())
        + "."
    )
    yield "### Verdicts, from the boldest to the most cautious"
    yield _table(("verdict", "meaning"), [(verdict, _VERDICTS[verdict]) for verdict in VERDICTS])
    yield "### Events"
    yield f"Holds wait for them, and windows are counted from them: {_listed(EVENTS)}."
    yield "### Facts"
    yield "Facts that Rapport counts or records by itself are never asked for."
    yield _table(
        ("fact", "takes", "asks", "asked"),
        [(fact.name, fact.expects, fact.asks, "yes" if fact.is_asked else "no") for fact in FACTS.values()],
    )


def _school(school: School) -> str:
    rows = [
        (
            norm.identifier,
            _on(norm),
            _when(norm),
            _verdict(norm),
            norm.strength.name.lower(),
            norm.reason.says,
        )
        for norm in school.norms
    ]
    sources = dict.fromkeys(norm.reason.source for norm in school.norms)
    return "\n\n".join(
        (
            f"## {school.name} (`{school.identifier}`)",
            f"> {school.opinion}",
            f"Source: {school.source}.",
            _table(("norm", "act", "when", "verdict", "strength", "because"), rows),
            "Its norms rest on:\n\n" + "\n".join(f"- {source}" for source in sources),
        )
    )


def _on(norm: Norm) -> str:
    return f"{norm.act} by {_listed(norm.channels)}" if norm.names_channel else norm.act


def _when(norm: Norm) -> str:
    return "; ".join(map(_condition, norm.conditions)) or "always"


def _condition(wanted: Condition) -> str:
    name = f"working days since {wanted.fact}" if wanted.key == OVERDUE else wanted.fact
    if wanted.bounds:
        return f"{name} is {' and '.join(_ORDERINGS[word].format(bound) for word, bound in wanted.bounds)}"
    if wanted.negated:
        return f"{name} is not {_either(wanted.failing)}"
    return f"{name} is {_either(wanted.telling)}"


def _verdict(norm: Norm) -> str:
    if norm.until:
        return f"{norm.verdict} until {norm.until}"
    edges = (("after", norm.after), ("within", norm.within))
    return ", ".join((norm.verdict, *(f"{word} {_offset(offset)}" for word, offset in edges if offset)))


def _offset(offset: Offset) -> str:
    unit = offset.unit.removesuffix("s") if offset.number == 1 else offset.unit
    return f"{offset.number} {unit} of {offset.event}"


def _either(values: Iterable[Any]) -> str:
    return " or ".join(str(value).lower() if isinstance(value, bool) else str(value) for value in values)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heads, tuple("---" for _ in heads), *rows)
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)
