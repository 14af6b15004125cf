"""The questions whose answers would change the advice, read from the steps as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from rapport.followups.models.lists import State
from rapport.rules import phrases
from rapport.rules.etiquette import FACTS
from rapport.rules.etiquette.vocabulary import Type
from rapport.rules.supposing import supposing

if TYPE_CHECKING:
    from rapport.web.steps.glance import Glance

_LETS = frozenset({"do", "optional"})
_SEEN_OTHERWISE = frozenset(
    {"thanked", "invited", "invited_me", "days_since_interview", "days_since_contact", "days_since_decision"}
)
"""Facts that the page learns from what is done and noted on it: nobody is asked for them."""

ABOUT_THE_APPLICATION = frozenset(
    {"stage", "decision", "reply_by", "decision_pace", "check_ins", "via_agency", "search_is_secret"}
)
"""Facts about the application: asked once on a page, whoever was met."""

_DULL = {
    **dict.fromkeys(("country", "sector"), 20),
    **dict.fromkeys(("title_changed", "i_know_the_site", "uses_site", "degree", "mutuals"), 10),
}
"""What a member has to look up is asked after what they know by heart."""

_KINDS = {Type.NUMBER: "number", Type.DAY: "date", Type.WORD: "text"}

_BOLDER = {"do": 0, "optional": 1, "ask": 2, "hold": 3, "avoid": 4, "never": 5}


class Answer(NamedTuple):
    """One answer: the value as a form sends it, and in words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """A fact worth asking for, how much it weighs, and the step that an answer would change most.

    Its words are found when it is shown: most questions of a page are only counted.
    """

    fact: str
    weight: int
    _step: Glance
    _change: Mapping[str, Any]

    @property
    def asks(self) -> str:
        """The question as it is put to the member."""
        return FACTS[self.fact].asks

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers to choose from; none when it is typed, or chosen from a long list."""
        fact = FACTS[self.fact]
        if fact.type is Type.BOOLEAN:
            return (Answer("yes", "yes"), Answer("no", "no"))
        return tuple([Answer(value, phrases.value_in_words(self.fact, value)) for value in fact.values])

    @property
    def kind(self) -> str:
        """What takes the answer: buttons ("choice"), the list of countries, or an input of this type."""
        if self.fact == "country":
            return self.fact
        return "choice" if self.answers else _KINDS[FACTS[self.fact].type]

    @property
    def would(self) -> str:
        """What the boldest answer would make of what."""
        step, change = self._step, self._change
        return (
            f"{supposing(self.fact, [change['value']], change.get('besides'))}: "
            f"“{phrases.deed(step.act, step.channel)}” becomes “{phrases.verdict_in_a_sentence(change['verdict'])}”, "
            f"not “{phrases.verdict_in_a_sentence(step.verdict)}”."
        )


def questions_of(steps: Iterable[Glance], known: Iterable[str] = ()) -> tuple[Question, ...]:
    """The open questions about one person, those that would change most first; `known` facts are not asked."""
    effects: dict[str, list[tuple[Glance, Mapping[str, Any]]]] = {}
    for step in steps:
        for change in step.would_change:
            if _matters(step, change) and change["fact"] not in known:
                effects.setdefault(change["fact"], []).append((step, change))
    asked = [_question(fact, found) for fact, found in effects.items()]
    return tuple(sorted(asked, key=lambda question: -question.weight))


def _matters(step: Glance, change: Mapping[str, Any]) -> bool:
    """Whether an answer would make the verdict of an open step another one, and nobody notes it elsewhere."""
    fact = change["fact"]
    return (
        step.state == State.OPEN
        and fact in FACTS
        and fact not in _SEEN_OTHERWISE
        and change["verdict"] != step.verdict
    )


def _question(name: str, effects: list[tuple[Glance, Mapping[str, Any]]]) -> Question:
    step, change = min(
        effects, key=lambda effect: ("besides" in effect[1], _BOLDER[effect[1]["verdict"]], effect[0].pk)
    )
    weight = sum([_distance(step.verdict, change["verdict"]) for step, change in effects])
    return Question(name, weight - _DULL.get(name, 0), step, change)


def _distance(before: str, after: str) -> int:
    """How much one change weighs: what would let one act counts most."""
    steps = _BOLDER[before] - _BOLDER[after]
    return 2 * steps if after in _LETS else min(abs(steps), 1)
