"""Conditions of norms, three-valued: a fact that is not known makes a condition neither true nor false."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapport.rules.etiquette.vocabulary import FACTS, Fact, Type

OVERDUE = "reply_by overdue"
"""Derived from the fact `reply_by`: working days gone by since the promised day; 0 on the day, negative before it."""

_ORDERINGS: Mapping[str, Callable[[int, int], bool]] = {
    "at_least": lambda value, bound: value >= bound,
    "at_most": lambda value, bound: value <= bound,
    "above": lambda value, bound: value > bound,
    "below": lambda value, bound: value < bound,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact and the test its value must pass; two that ask the same are equal.

    `key` is what the engine looks up (the fact, or what is derived from it); `telling` holds values that pass,
    for asking "what if?", and `failing` some that do not. `bounds` holds the comparisons of a range, and `negated` is
    true for a condition written with "not": how it was written, for documents.
    """

    fact: str
    key: str
    passes: Callable[[Any], bool] = field(compare=False)
    telling: tuple[Any, ...]
    failing: tuple[Any, ...]
    bounds: tuple[tuple[str, int], ...] = ()
    negated: bool = False

    @property
    def asked(self) -> tuple[Any, ...]:
        """The values worth asking about: of numbers that pass one is enough."""
        return self.telling[:1] if type(self.telling[0]) is int else self.telling

    def overlaps(self, other: Condition) -> bool:
        """Whether one value can pass both; for two conditions on the same key."""
        return any(other.passes(value) for value in self.telling) or any(
            self.passes(v) for v in other.telling
        )


def nearest_spelling(word: str, known: Iterable[str]) -> str:
    """Give " Did you mean 'x'?" for the nearest known word, or "" when none is near."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def condition(name: str, wanted: Any) -> Condition:
    """Compile `name = wanted` from a norm's `when`; ValueError with a sentence when it makes no sense."""
    fact = FACTS.get(name)
    if fact is None:
        raise ValueError(f"{name!r} is no fact.{nearest_spelling(name, FACTS)}")
    if fact.type is Type.DAY:
        return _about_a_day(fact, wanted)
    if isinstance(wanted, Mapping) and set(wanted) == {"not"}:
        return _one_of(fact, wanted["not"], negated=True)
    if isinstance(wanted, Mapping):
        return _in_order(fact, fact.name, wanted)
    return _one_of(fact, wanted, negated=False)


def _one_of(fact: Fact, wanted: Any, *, negated: bool) -> Condition:
    values = tuple(wanted) if isinstance(wanted, list | tuple) else (wanted,)
    for value in values:
        if not fact.accepts(value):
            near = nearest_spelling(value, fact.values) if isinstance(value, str) else ""
            raise ValueError(f"{fact.name!r} takes {fact.expects}, not {value!r}.{near}")
    if not values:
        raise ValueError(f"{fact.name!r} needs at least one value.")
    allowed = frozenset(values)
    others = tuple(value for value in _domain(fact, values) if value not in allowed)
    if negated:
        return Condition(
            fact.name, fact.name, lambda value: value not in allowed, others, values, negated=True
        )
    return Condition(fact.name, fact.name, allowed.__contains__, values, others)


def _domain(fact: Fact, mentioned: tuple[Any, ...]) -> tuple[Any, ...]:
    if fact.type is Type.CHOICE:
        return fact.values
    if fact.type is Type.BOOLEAN:
        return (True, False)
    if fact.type is Type.NUMBER:
        return tuple(sorted({value + step for value in mentioned for step in (-1, 0, 1)}))
    return (*mentioned, "another")


def _in_order(fact: Fact, key: str, wanted: Mapping[str, Any]) -> Condition:
    if fact.type is not Type.NUMBER and key == fact.name:
        raise ValueError(f"{fact.name!r} takes {fact.expects}, not a range.")
    bounds: list[tuple[Callable[[int, int], bool], int]] = []
    for word, bound in wanted.items():
        if word not in _ORDERINGS:
            raise ValueError(f"{word!r} is no comparison.{nearest_spelling(word, [*_ORDERINGS, 'not'])}")
        if not isinstance(bound, int) or isinstance(bound, bool):
            raise ValueError(f"{word!r} of {fact.name!r} takes a whole number, not {bound!r}.")
        bounds.append((_ORDERINGS[word], bound))
    if not bounds:
        raise ValueError(f"{fact.name!r} needs a value or a comparison.")

    def passes(value: int) -> bool:
        return all(ordering(value, bound) for ordering, bound in bounds)

    around = sorted({bound + step for _, bound in bounds for step in (-1, 0, 1)})
    telling = tuple(value for value in around if passes(value))
    if not telling:
        raise ValueError(f"No number can be {dict(wanted)!r}.")
    failing = tuple(value for value in around if not passes(value))
    return Condition(fact.name, key, passes, telling, failing, tuple(wanted.items()))


def _about_a_day(fact: Fact, wanted: Any) -> Condition:
    """`{ passed = true }`, or `{ overdue = { at_least = 2 } }` in working days."""
    if isinstance(wanted, Mapping) and set(wanted) == {"passed"} and isinstance(wanted["passed"], bool):
        return _in_order(fact, OVERDUE, {"at_least": 1} if wanted["passed"] else {"at_most": 0})
    if isinstance(wanted, Mapping) and set(wanted) == {"overdue"} and isinstance(wanted["overdue"], Mapping):
        return _in_order(fact, OVERDUE, wanted["overdue"])
    raise ValueError(
        f"{fact.name!r} takes {{ passed = true }} or {{ overdue = {{ at_least = 2 }} }}, not {wanted!r}."
    )
