"""The engine: a situation and the norms in force give advice. Pure and total; knows no school by name.

Precedence: what the other person stated, over the school, over the default; within one of these the stronger
norm, then the more specific, then the more cautious. Hard norms stand around all: they can only make the
verdict more cautious. A norm whose facts are not all known is neither applied nor forgotten: it becomes
a question when its answer would change the verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rapport.rules.calendar import WorkingCalendar
from rapport.rules.etiquette.advice import ActAdvice, Advice, Change, Question, Reason, Window
from rapport.rules.etiquette.conditions import OVERDUE
from rapport.rules.etiquette.norm import CAUTION, Norm
from rapport.rules.etiquette.norms_in_force import Level, Norms, Ranked
from rapport.rules.etiquette.situation import Situation
from rapport.rules.etiquette.vocabulary import FACTS, PAIRS
from rapport.rules.etiquette.windows import Clock

Known = Mapping[str, Any]
_Verdict = tuple[str, str | None]
_SILENT: _Verdict = ("ask", None)


def advise(situation: Situation, norms: Norms, calendar: WorkingCalendar) -> Advice:
    """Give advice on every act of the vocabulary, in its order, and the questions worth asking.

    Total: any situation whose facts are of the vocabulary's types gets an answer to every act.
    """
    clock, known = _moment(situation, calendar)
    acts = tuple(_advice(act, channel, norms, known, clock) for act, channel in PAIRS)
    return Advice(norms.school.identifier, acts, _questions(acts, known))


def _moment(situation: Situation, calendar: WorkingCalendar) -> tuple[Clock, dict[str, Any]]:
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
        happened.setdefault("reply_by", calendar.local(promised, time(18), zone))
    return Clock(calendar, now=now, zone=zone, country=country, happened=happened), known


def _holds(norm: Norm, known: Known) -> bool | None:
    """True, false, or None when it hangs on a fact that is not known."""
    unknown = False
    for wanted in norm.conditions:
        value = known.get(wanted.key)
        if value is None:
            unknown = True
        elif not wanted.passes(value):
            return False
    return None if unknown else True


def _advice(act: str, channel: str, norms: Norms, known: Known, clock: Clock) -> ActAdvice:
    ranked = norms.ranked[act, channel]
    hard, hanging_hard = _sorted_out(ranked.hard, known)
    held: list[tuple[Level, Norm]] = []
    hanging: list[Norm] = list(hanging_hard)
    for level, norm in ranked.others:
        holds = _holds(norm, known)
        if holds:
            held.append((level, norm))
        elif holds is None and not held:
            hanging.append(norm)
    forbidding = max(hard, key=lambda norm: CAUTION[norm.verdict], default=None)
    deciding = held[0][1] if held else None
    is_hard = forbidding is not None and _is_stricter(forbidding, deciding)
    winner = forbidding if is_hard else deciding
    verdict: _Verdict = (winner.verdict, winner.until) if winner else _SILENT
    because, against = _reasons(winner, [*hard, *(norm for _, norm in held)])
    return ActAdvice(
        act=act,
        channel=channel,
        verdict=verdict[0],
        until=verdict[1],
        window=_window(act, channel, winner, clock),
        because=because,
        against=against,
        would_change=tuple(_changes(verdict, ranked, hanging, known)) if hanging else (),
        is_hard=is_hard,
        falls_back=bool(held) and held[0][0] is Level.DEFAULT and not is_hard,
    )


def _sorted_out(norms: Iterable[Norm], known: Known) -> tuple[list[Norm], list[Norm]]:
    """Those that hold, and those that hang on an unknown fact."""
    held, hanging = [], []
    for norm in norms:
        holds = _holds(norm, known)
        if holds:
            held.append(norm)
        elif holds is None:
            hanging.append(norm)
    return held, hanging


def _is_stricter(norm: Norm, other: Norm | None) -> bool:
    return other is None or CAUTION[norm.verdict] > CAUTION[other.verdict]


def _window(act: str, channel: str, winner: Norm | None, clock: Clock) -> Window | None:
    if winner is None or winner.verdict not in {"do", "optional"}:
        return None
    return clock.window(act, channel, winner.after, winner.within)


def _reasons(winner: Norm | None, held: list[Norm]) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The deciding reason and those that agree with it; and those that lost, the strongest first."""
    if winner is None:
        return (), ()
    because, against = [winner.reason], []
    for norm in held:
        if norm is not winner:
            (because if norm.verdict == winner.verdict else against).append(norm.reason)
    return tuple(because), tuple(against)


def _verdict_if(ranked: Ranked, known: Known) -> _Verdict:
    """The bare verdict under other facts, for asking "what if?"."""
    deciding = next((norm for _, norm in ranked.others if _holds(norm, known)), None)
    for norm in ranked.hard:
        if _is_stricter(norm, deciding) and _holds(norm, known):
            deciding = norm
    return (deciding.verdict, deciding.until) if deciding else _SILENT


def _changes(verdict: _Verdict, ranked: Ranked, hanging: list[Norm], known: Known) -> Iterable[Change]:
    """What would change the verdict: single answers first, then answers that change it only together.

    Each hanging norm names the facts it misses; for each, the values it waits for are tried. Where a norm misses
    several, they are tried together, each with a value that it waits for.
    """
    told: dict[tuple[str, Any], Change] = {}
    for norm in hanging:
        missing = [wanted for wanted in norm.conditions if known.get(wanted.key) is None]
        for wanted in missing:
            for value in wanted.telling:
                shown = _shown(wanted.key, wanted.fact, value)
                if (wanted.fact, shown) not in told:
                    then = _verdict_if(ranked, {**known, wanted.key: value})
                    if then != verdict:
                        told[wanted.fact, shown] = Change(wanted.fact, shown, then[0])
        if len(missing) > 1:
            then = _verdict_if(ranked, {**known, **{wanted.key: wanted.telling[0] for wanted in missing}})
            if then != verdict:
                for wanted in missing:
                    shown = _shown(wanted.key, wanted.fact, wanted.telling[0])
                    told.setdefault((wanted.fact, shown), Change(wanted.fact, shown, then[0]))
    return told.values()


def _shown(key: str, fact: str, value: Any) -> Any:
    """A promised day is asked for by whether it is past, not by a number of working days."""
    return ("passed" if value > 0 else "ahead") if key == OVERDUE and fact != key else value


def _questions(acts: tuple[ActAdvice, ...], known: Known) -> tuple[Question, ...]:
    """The facts worth asking a member about, those first whose answers move the most verdicts furthest."""
    changes: dict[str, list[tuple[str, str, Change]]] = {}
    weight: dict[str, int] = {}
    for advised in acts:
        furthest: dict[str, int] = {}
        for change in advised.would_change:
            if not FACTS[change.fact].is_asked or change.fact in known:
                continue
            changes.setdefault(change.fact, []).append((advised.act, advised.channel, change))
            distance = abs(CAUTION[change.verdict] - CAUTION[advised.verdict]) or 1
            furthest[change.fact] = max(furthest.get(change.fact, 0), distance)
        for fact, distance in furthest.items():
            weight[fact] = weight.get(fact, 0) + distance
    order = {name: place for place, name in enumerate(FACTS)}
    ordered = sorted(changes, key=lambda fact: (-weight[fact], order[fact]))
    return tuple(Question(fact, FACTS[fact].asks, weight[fact], tuple(changes[fact])) for fact in ordered)


def own_voice(norms: Norms, situation: Situation, calendar: WorkingCalendar) -> Iterable[ActAdvice | None]:
    """Give the advice of one school alone, act by act; None where the school has no norm that could apply."""
    clock, known = _moment(situation, calendar)
    for act, channel in PAIRS:
        ranked = norms.ranked[act, channel]
        speaks = any(_holds(norm, known) is not False for _, norm in ranked.others)
        yield _advice(act, channel, norms, known, clock) if speaks else None
