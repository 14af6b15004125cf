"""The conditions of a norm as lines of text, for a form, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapport.rules.etiquette import FACTS
from rapport.rules.etiquette.conditions import condition, nearest_spelling
from rapport.rules.etiquette.vocabulary import Type

_COMPARISONS = ("at_least", "at_most", "above", "below", "not")


def written(when: Mapping[str, Any]) -> str:
    """One condition a line: `role = recruiter, hr`, `connections at_least 200`."""
    return "\n".join(line for name, wanted in when.items() for line in _lines(name, wanted))


def _lines(name: str, wanted: Any) -> list[str]:
    if isinstance(wanted, Mapping) and isinstance(wanted.get("overdue"), Mapping):
        return [f"{name} overdue {word} {bound}" for word, bound in wanted["overdue"].items()]
    if isinstance(wanted, Mapping):
        return [f"{name} {word} {_value(bound)}" for word, bound in wanted.items()]
    return [f"{name} = {_value(wanted)}"]


def _value(wanted: Any) -> str:
    if isinstance(wanted, list | tuple):
        return ", ".join(_value(value) for value in wanted)
    return {True: "yes", False: "no"}[wanted] if isinstance(wanted, bool) else str(wanted)


def parsed(text: str) -> dict[str, Any]:
    """Read such lines; ValueError with a sentence that names the line and the nearest right spelling."""
    when: dict[str, Any] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                _read(line.strip(), when)
            except ValueError as error:
                raise ValueError(f"Line {number}: {error}") from error
    return when


def _read(line: str, when: dict[str, Any]) -> None:
    name, _, rest = line.replace("=", " = ").partition(" ")
    word, _, value = rest.strip().partition(" ")
    if name not in FACTS:
        raise ValueError(f"{name!r} is no fact.{nearest_spelling(name, FACTS)}")
    if FACTS[name].type is Type.DAY:
        standing = when.get(name, {})
        said = _about_a_day(name, word, value)
        both = {**standing.get("overdue", {}), **said.get("overdue", {})}
        when[name] = {"overdue": both} if "overdue" in said else said
        condition(name, when[name])
        return
    if word != "=" and word not in _COMPARISONS:
        near = nearest_spelling(word, _COMPARISONS)
        raise ValueError(
            f"{word!r} is no comparison: write “{name} = …” or one of {', '.join(_COMPARISONS)}.{near}"
        )
    wanted = _wanted(name, value, is_compared=word not in {"=", "not"})
    if word == "=":
        when[name] = wanted
    else:
        standing = when.get(name)
        when[name] = {**(standing if isinstance(standing, dict) else {}), word: wanted}
    condition(name, when[name])


def _wanted(name: str, text: str, *, is_compared: bool) -> Any:
    fact = FACTS[name]
    if is_compared:
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"A comparison takes a whole number, not {text!r}.") from None
    values = [_parse(name, part) for part in text.split(",") if part.strip()]
    if not values:
        raise ValueError(f"{name!r} needs a value: {fact.expects}.")
    return values[0] if len(values) == 1 else values


def _about_a_day(name: str, word: str, value: str) -> dict[str, Any]:
    """A day has passed or not, or is overdue by some working days."""
    if word == "passed" and value.strip() in {"yes", "no"}:
        return {"passed": value.strip() == "yes"}
    comparison, _, bound = value.strip().partition(" ")
    if word == "overdue" and comparison in _COMPARISONS:
        return {"overdue": {comparison: _wanted(name, bound, is_compared=True)}}
    raise ValueError(
        f"Write “{name} passed yes” or “{name} overdue at_least 2” (working days), not {word!r}."
    )


def _parse(name: str, text: str) -> Any:
    fact = FACTS[name]
    try:
        return fact.parse(text)
    except ValueError as error:
        raise ValueError(f"{error}{nearest_spelling(text.strip(), fact.values)}") from error
