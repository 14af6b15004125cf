"""The conditions of a norm as lines of text, for a form, and back; and what can be written there, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from rapport.rules import phrases
from rapport.rules.etiquette import EVENTS, FACTS, Fact
from rapport.rules.etiquette.conditions import condition, nearest_spelling
from rapport.rules.etiquette.vocabulary import Type

_COMPARISONS = ("at_least", "at_most", "above", "below", "not")


_SPANS = ("1 day", "7 days", "1 working day", "5 working days")


class Writable(NamedTuple):
    """What can be written of a fact: the question behind it, and lines as they are typed, each with what it means."""

    fact: str
    asks: str
    lines: tuple[tuple[str, str], ...]


@cache
def what_can_be_written() -> tuple[Writable, ...]:
    """Give every fact with lines that a norm may have of it."""
    return tuple(Writable(name, fact.asks, tuple(_examples(fact))) for name, fact in FACTS.items())


def _examples(fact: Fact) -> Iterator[tuple[str, str]]:
    name = fact.name
    match fact.type:
        case Type.BOOLEAN:
            yield from ((f"{name} = yes", "yes"), (f"{name} = no", "no"))
        case Type.DAY:
            yield f"{name} passed yes", "the day has gone by"
            yield f"{name} passed no", "the day is still to come"
            yield f"{name} overdue at_least 2", "it went by two working days ago or earlier"
        case _ if fact.values:
            yield from ((f"{name} = {value}", phrases.value_in_words(name, value)) for value in fact.values)
        case Type.NUMBER:
            yield f"{name} = 3", "just 3"
            yield f"{name} at_least 3", "3 or more"
            yield f"{name} at_most 3", "3 or fewer"
        case _:
            example = _WORDS[name]
            yield f"{name} = {example}", phrases.value_in_words(name, example)


_WORDS = {"country": "PT", "sector": "law"}


def events_in_words() -> list[tuple[str, str]]:
    """Give every event that time is counted from, with its words."""
    return [(event, phrases.EVENTS[event]) for event in EVENTS]


def offsets_in_words() -> list[tuple[str, str]]:
    """Give the usual spans of time as they are written, each with its words: to choose from, not the only ones."""
    return [
        (f"{span} of {event}", f"{span}, counted from: {words}")
        for event, words in events_in_words()
        for span in _SPANS
    ]


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
