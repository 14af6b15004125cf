"""The engine: a situation and the norms in force give advice. Pure and total; knows no school by name."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rapport.rules.calendar import WorkingCalendar
from rapport.rules.etiquette.advice import ActAdvice, Advice, Change, Question
from rapport.rules.etiquette.conditions import OVERDUE
from rapport.rules.etiquette.judgement import Judgement, Known, recalled
from rapport.rules.etiquette.norms_in_force import Norms
from rapport.rules.etiquette.situation import Situation
from rapport.rules.etiquette.vocabulary import FACTS
from rapport.rules.etiquette.windows import Clock

_CLOSE_OF_BUSINESS = time(18)
_ORDER = {name: place for place, name in enumerate(FACTS)}


def advise(situation: Situation, norms: Norms, calendar: WorkingCalendar) -> Advice:
    """Give advice on every act of the vocabulary, in its order, and the questions worth asking.

    Total: any situation whose facts are of the vocabulary's types gets an answer to every act.
    """
    clock, known = moment(situation, calendar)
    judgements, questions = recalled(norms.remembered, norms.view.of(known), lambda: _judged(norms, known))
    return Advice(norms.school.identifier, tuple(_timed(judged, clock) for judged in judgements), questions)


def own_voice(norms: Norms, known: Known, clock: Clock) -> dict[tuple[str, str], ActAdvice]:
    """Give the advice of these norms on the acts on which one of them could apply."""
    judged = ((bench, bench.judge(known)) for bench in norms.spoken)
    return {
        (bench.act, bench.channel): _timed(judgement, clock)
        for bench, judgement in judged
        if judgement.speaks
    }


def moment(situation: Situation, calendar: WorkingCalendar) -> tuple[Clock, dict[str, Any]]:
    """The situation with what follows from it: days since the interview, and how long a promised day is past."""
    known = {name: value for name, value in situation.facts.items() if value is not None}
    happened = dict(situation.happened)
    zone = ZoneInfo(situation.time_zone)
    country = known.get("country", "")
    now = situation.now
    ended = happened.get("interview_end")
    if ended is not None:
        known.setdefault("days_since_interview", (now - ended) // timedelta(days=1))
    elif "days_since_interview" in known:
        happened["interview_end"] = now - timedelta(days=known["days_since_interview"])
    promised = known.get("reply_by")
    if promised is not None:
        today = now.astimezone(zone).date()
        overdue = calendar.working_days_between(promised, today, country)
        known[OVERDUE] = max(overdue, int(today > promised)) if today >= promised else (today - promised).days
        happened.setdefault("reply_by", calendar.local(promised, _CLOSE_OF_BUSINESS, zone))
    return Clock(calendar, now=now, zone=zone, country=country, happened=happened), known


def _judged(norms: Norms, known: Known) -> tuple[tuple[Judgement, ...], tuple[Question, ...]]:
    judgements = tuple(bench.judge(known) for bench in norms.benches)
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
