"""The questions whose answers would change the advice, read from the steps as they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rapport.followups.models.step import State
from rapport.rules.etiquette import FACTS
from rapport.rules.etiquette.vocabulary import Type
from rapport.web import phrases

if TYPE_CHECKING:
    from rapport.followups.models import Step

_BOLDER = {"do": 0, "optional": 1, "ask": 2, "hold": 3, "avoid": 4, "never": 5}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the value as a form sends it, and in words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """A fact worth asking for: the question, its answers (none when it is typed), and what one would do."""

    fact: str
    asks: str
    answers: tuple[Answer, ...]
    kind: str
    would: str
    weight: int


def questions_of(steps: Iterable[Step], known: Iterable[str] = ()) -> tuple[Question, ...]:
    """The open questions about one person, those that would change most first; `known` facts are not asked."""
    effects: dict[str, list[tuple[Step, Any, str]]] = {}
    for step in steps:
        if step.state != State.OPEN:
            continue
        for change in step.would_change:
            if change["fact"] in FACTS and change["fact"] not in known:
                effects.setdefault(change["fact"], []).append((step, change["value"], change["verdict"]))
    asked = [_question(fact, found) for fact, found in effects.items()]
    return tuple(sorted(asked, key=lambda question: -question.weight))


def _question(name: str, effects: list[tuple[Step, Any, str]]) -> Question:
    fact = FACTS[name]
    kinds = {Type.NUMBER: "number", Type.DAY: "date", Type.WORD: "text"}
    step, value, verdict = min(effects, key=lambda effect: (_BOLDER[effect[2]], effect[0].pk))
    would = (
        f"“{phrases.value_in_words(name, value)}” would turn “{phrases.deed(step.act, step.channel)}” "
        f"from “{phrases.verdict_in_a_sentence(step.verdict)}” into “{phrases.verdict_in_a_sentence(verdict)}”."
    )
    weight = sum(_distance(step.verdict, after) for step, _, after in effects)
    return Question(name, fact.asks, _answers(name), kinds.get(fact.type, "choice"), would, weight)


def _distance(before: str, after: str) -> int:
    return abs(_BOLDER[before] - _BOLDER[after])


def _answers(name: str) -> tuple[Answer, ...]:
    fact = FACTS[name]
    if fact.type is Type.BOOLEAN:
        return (Answer("yes", "yes"), Answer("no", "no"))
    return tuple(Answer(value, phrases.value_in_words(name, value)) for value in fact.values)
