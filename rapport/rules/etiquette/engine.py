"""The engine: a situation and the norms in force give advice. Pure and total; knows no school by name."""

from __future__ import annotations

from rapport.rules.calendar import WorkingCalendar
from rapport.rules.etiquette.advice import ActAdvice, Advice, Change, Question
from rapport.rules.etiquette.judgement import Judgement, Known, recalled
from rapport.rules.etiquette.moment import moment
from rapport.rules.etiquette.norms_in_force import Norms
from rapport.rules.etiquette.sieve import Sifted
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
    judgements, questions = recalled(norms.remembered, sifted, lambda: _judged(norms, sifted))
    return Advice(norms.school.identifier, tuple(_timed(judged, clock) for judged in judgements), questions)


def own_voice(norms: Norms, known: Known, clock: Clock) -> dict[tuple[str, str], ActAdvice]:
    """Give the advice of these norms on the acts on which one of them could apply."""
    sifted = norms.sieve.sift(known)
    judged = ((bench, bench.judge(sifted)) for bench in norms.spoken)
    return {
        (bench.act, bench.channel): _timed(judgement, clock)
        for bench, judgement in judged
        if judgement.speaks
    }


def _judged(norms: Norms, sifted: Sifted) -> tuple[tuple[Judgement, ...], tuple[Question, ...]]:
    judgements = tuple(bench.judge(sifted) for bench in norms.benches)
    return judgements, _questions(judgements)


def _timed(judgement: Judgement, clock: Clock) -> ActAdvice:
    """The advice with its window, where the verdict has one."""
    winner, advice = judgement.winner, judgement.advice
    if winner is None or winner.verdict not in {"do", "optional"}:
        return advice
    return advice._replace(window=clock.window(advice.act, advice.channel, winner.after, winner.within))


def _questions(judgements: tuple[Judgement, ...]) -> tuple[Question, ...]:
    """The facts worth asking a member about, those first whose answers move the most verdicts furthest."""
    changes: dict[str, list[tuple[str, str, Change]]] = {}
    total: dict[str, int] = {}
    for judgement in judgements:
        advice = judgement.advice
        for fact, distance in judgement.weights:
            total[fact] = total.get(fact, 0) + distance
        for change in advice.would_change:
            changes.setdefault(change.fact, []).append((advice.act, advice.channel, change))
    asked = [fact for fact in changes if FACTS[fact].is_asked]
    asked.sort(key=lambda fact: (-total[fact], _ORDER[fact]))
    return tuple(Question(fact, FACTS[fact].asks, total[fact], tuple(changes[fact])) for fact in asked)
