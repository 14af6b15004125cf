"""The engine: a situation and the norms in force give advice. Pure and total; knows no school by name."""

from __future__ import annotations

from datetime import time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from rapport.rules.calendar import WorkingCalendar
from rapport.rules.etiquette.advice import ActAdvice, Advice, Change, Question
from rapport.rules.etiquette.conditions import OVERDUE
from rapport.rules.etiquette.judgement import Judgement, Known
from rapport.rules.etiquette.norms_in_force import Norms
from rapport.rules.etiquette.situation import Situation
from rapport.rules.etiquette.vocabulary import FACTS, PAIRS
from rapport.rules.etiquette.windows import Clock

_CLOSE_OF_BUSINESS = time(18)
_ORDER = {name: place for place, name in enumerate(FACTS)}


def advise(situation: Situation, norms: Norms, calendar: WorkingCalendar) -> Advice:
    """Give advice on every act of the vocabulary, in its order, and the questions worth asking.

    Total: any situation whose facts are of the vocabulary's types gets an answer to every act.
    """
    clock, known = moment(situation, calendar)
    judgements = tuple(norms.benches[pair].judge(known) for pair in PAIRS)
    acts = tuple(_advice(*pair, judgement, clock) for pair, judgement in zip(PAIRS, judgements, strict=True))
    return Advice(norms.school.identifier, acts, _questions(judgements))


def own_voice(norms: Norms, known: Known, clock: Clock) -> dict[tuple[str, str], ActAdvice]:
    """Give the advice of these norms on the acts on which one of them could apply."""
    judged = ((pair, norms.benches[pair].judge(known)) for pair in norms.spoken)
    return {pair: _advice(*pair, judgement, clock) for pair, judgement in judged if judgement.speaks}


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


def _advice(act: str, channel: str, judgement: Judgement, clock: Clock) -> ActAdvice:
    winner = judgement.winner
    timely = winner is not None and winner.verdict in {"do", "optional"}
    return ActAdvice(
        act,
        channel,
        judgement.verdict,
        judgement.until,
        clock.window(act, channel, winner.after, winner.within) if winner and timely else None,
        judgement.because,
        judgement.against,
        judgement.would_change,
        judgement.is_hard,
        judgement.falls_back,
    )


@lru_cache(maxsize=4096)
def _questions(judgements: tuple[Judgement, ...]) -> tuple[Question, ...]:
    """The facts worth asking a member about, those first whose answers move the most verdicts furthest."""
    changes: dict[str, list[tuple[str, str, Change]]] = {}
    total: dict[str, int] = {}
    for (act, channel), judgement in zip(PAIRS, judgements, strict=True):
        for fact, distance in judgement.weights:
            total[fact] = total.get(fact, 0) + distance
        for change in judgement.would_change:
            changes.setdefault(change.fact, []).append((act, channel, change))
    asked = [fact for fact in changes if FACTS[fact].is_asked]
    asked.sort(key=lambda fact: (-total[fact], _ORDER[fact]))
    return tuple(Question(fact, FACTS[fact].asks, total[fact], tuple(changes[fact])) for fact in asked)
