"""The engine: a situation and the norms in force give advice. Pure and total; knows no school by name."""

from __future__ import annotations

from rapport.rules.calendar import WorkingCalendar
from rapport.rules.etiquette.advice import ActAdvice, Advice, Change, Question
from rapport.rules.etiquette.judgement import Judgement, recalled
from rapport.rules.etiquette.moment import moment
from rapport.rules.etiquette.norms_in_force import Norms
from rapport.rules.etiquette.situation import Situation
from rapport.rules.etiquette.vocabulary import FACTS
from rapport.rules.etiquette.windows import Clock

_ORDER = {name: place for place, name in enumerate(FACTS)}


def advise(situation: Situation, norms: Norms, calendar: WorkingCalendar) -> Advice:
    """Give advice on every act of the vocabulary, in its order, and the questions worth asking.

    Total: any situation whose facts are of the vocabulary's types gets an answer to every act.
    """
    clock, known = moment(situation, calendar)
    sifted = norms.sieve.sift(known)
    judgements, questions = recalled(norms.remembered, sifted, lambda: _judged(norms, *sifted))
    acts = [judged.advice if judged.offsets is None else _timed(judged, clock) for judged in judgements]
    return Advice(norms.school.identifier, tuple(acts), questions)


def _judged(norms: Norms, failed: int, unknown: int) -> tuple[tuple[Judgement, ...], tuple[Question, ...]]:
    judgements = tuple([judge.judge(failed, unknown) for judge in norms.judges])
    return judgements, _questions(judgements)


def _timed(judgement: Judgement, clock: Clock) -> ActAdvice:
    """The advice with its window."""
    advice = judgement.advice
    window = clock.window(advice.act, advice.channel, *judgement.offsets) if judgement.offsets else None
    return ActAdvice._make((*advice[:4], window, *advice[5:]))


def _questions(judgements: tuple[Judgement, ...]) -> tuple[Question, ...]:
    """The facts worth asking a member about, those first whose answers move the most verdicts furthest."""
    changes: dict[str, list[tuple[str, str, Change]]] = {}
    weight: dict[str, int] = {}
    for judgement in judgements:
        for fact, distance, changed in judgement.asking:
            if fact in weight:
                weight[fact] += distance
                changes[fact] += changed
            else:
                weight[fact] = distance
                changes[fact] = [*changed]
    asked = sorted(changes, key=lambda fact: (-weight[fact], _ORDER[fact]))
    return tuple([Question(fact, FACTS[fact].asks, weight[fact], tuple(changes[fact])) for fact in asked])
