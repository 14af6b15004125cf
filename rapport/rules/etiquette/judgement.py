"""Judge one act by one channel from the facts alone, without a clock: what holds, what lost, what would change it.

Precedence: what the other person stated, over the school, over the default; within one of these the stronger
norm, then the more specific, then the more cautious. Hard norms stand around all: they can only make the
verdict more cautious. A norm whose facts are not all known is neither applied nor forgotten: it becomes
a question when its answer would change the verdict.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from rapport.rules.etiquette.advice import Change, Reason
from rapport.rules.etiquette.conditions import OVERDUE
from rapport.rules.etiquette.norm import CAUTION, Norm

Known = Mapping[str, Any]
_Verdict = tuple[str, str | None]
_SILENT: _Verdict = ("ask", None)
_REMEMBERED = 4096


class Level(IntEnum):
    """Whose word counts more; hard norms stand apart, since they only ever forbid."""

    DEFAULT = 0
    SCHOOL = 1
    RECEPTION = 2


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What the facts say of one act; `winner` is None where no norm applies as far as is known.

    `speaks` is false when no norm could apply, whatever the unknown facts turn out to be. `weights` says how far
    each open question could move the verdict.
    """

    winner: Norm | None
    because: tuple[Reason, ...]
    against: tuple[Reason, ...]
    would_change: tuple[Change, ...]
    weights: tuple[tuple[str, int], ...]
    is_hard: bool
    falls_back: bool
    speaks: bool

    @property
    def verdict(self) -> str:
        """The winner's verdict, or `ask`."""
        return self.winner.verdict if self.winner else _SILENT[0]

    @property
    def until(self) -> str | None:
        """The event that a hold waits for."""
        return self.winner.until if self.winner else None


class Bench:
    """The norms on one act by one channel, the hard ones apart, the others from the one that counts most.

    Judgements are remembered by the facts that these norms look at, numbers by the interval they fall in, so
    that a situation much like another one costs next to nothing.
    """

    def __init__(self, hard: Iterable[Norm], others: Iterable[tuple[Level, Norm]]) -> None:
        self.hard = tuple(hard)
        self.others = tuple(others)
        cuts = _values_looked_for([*self.hard, *(norm for _, norm in self.others)])
        self._numbers = tuple((name, sorted(values)) for name, values in cuts.items() if _are_numbers(values))
        self._words = tuple(name for name, values in cuts.items() if not _are_numbers(values))
        self._remembered: dict[tuple[Any, ...], Judgement] = {}

    @property
    def has_norms(self) -> bool:
        """Whether there is anything to judge by."""
        return bool(self.hard or self.others)

    def judge(self, known: Known) -> Judgement:
        """Judge by the facts in `known`; what it does not hold is unknown."""
        key = tuple(map(known.get, self._words))
        for name, cuts in self._numbers:
            value = known.get(name)
            key += (None if value is None else bisect_right(cuts, value),)
        judgement = self._remembered.get(key)
        if judgement is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            judgement = self._remembered[key] = self._judge(known)
        return judgement

    def _judge(self, known: Known) -> Judgement:
        hard, hanging = _sorted_out(self.hard, known)
        held, open_others = self._others_that_count(known)
        forbidding = max(hard, key=lambda norm: CAUTION[norm.verdict], default=None)
        deciding = held[0][1] if held else None
        is_hard = forbidding is not None and _is_stricter(forbidding, deciding)
        winner = forbidding if is_hard else deciding
        because, against = _reasons(winner, [*hard, *(norm for _, norm in held)])
        verdict = (winner.verdict, winner.until) if winner else _SILENT
        changes = tuple(self._changes(verdict, [*hanging, *open_others], known))
        return Judgement(
            winner=winner,
            because=because,
            against=against,
            would_change=changes,
            weights=_weights(verdict, changes),
            is_hard=is_hard,
            falls_back=bool(held) and held[0][0] is Level.DEFAULT and not is_hard,
            speaks=bool(hard or hanging or held or open_others),
        )

    def _others_that_count(self, known: Known) -> tuple[list[tuple[Level, Norm]], list[Norm]]:
        """The norms that hold, and those that hang on an unknown fact and would outrank them."""
        held: list[tuple[Level, Norm]] = []
        hanging: list[Norm] = []
        for level, norm in self.others:
            holds = _holds(norm, known)
            if holds:
                held.append((level, norm))
            elif holds is None and not held:
                hanging.append(norm)
        return held, hanging

    def _verdict_if(self, known: Known) -> _Verdict:
        """The bare verdict under other facts, for asking "what if?"."""
        deciding = next((norm for _, norm in self.others if _holds(norm, known)), None)
        for norm in self.hard:
            if _is_stricter(norm, deciding) and _holds(norm, known):
                deciding = norm
        return (deciding.verdict, deciding.until) if deciding else _SILENT

    def _changes(self, verdict: _Verdict, hanging: list[Norm], known: Known) -> Iterable[Change]:
        """What would change the verdict: single answers first, then answers that change it only together.

        Each hanging norm names the facts it misses; for each, the values it waits for are tried. Where a norm
        misses several, they are tried together as well, each with a value that it waits for.
        """
        told: dict[tuple[str, Any], Change] = {}
        for norm in hanging:
            missing = [wanted for wanted in norm.conditions if known.get(wanted.key) is None]
            alone = [
                ({wanted.key: value}, [(wanted, value)]) for wanted in missing for value in wanted.telling
            ]
            together = {wanted.key: wanted.telling[0] for wanted in missing}
            trials = [*alone, (together, [(wanted, wanted.telling[0]) for wanted in missing])]
            for supposed, answers in trials:
                then = self._verdict_if({**known, **supposed})
                if then != verdict:
                    for wanted, value in answers:
                        shown = _shown(wanted.key, value)
                        told.setdefault((wanted.fact, shown), Change(wanted.fact, shown, then[0]))
        return told.values()


def _values_looked_for(norms: Iterable[Norm]) -> dict[str, set[Any]]:
    """Each fact that the norms look at, with every value at which one of their tests may turn."""
    values: dict[str, set[Any]] = {}
    for norm in norms:
        for wanted in norm.conditions:
            values.setdefault(wanted.key, set()).update(wanted.telling, wanted.failing)
    return values


def _are_numbers(values: Iterable[Any]) -> bool:
    return all(type(value) is int for value in values)


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


def _reasons(winner: Norm | None, held: list[Norm]) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The deciding reason and those that agree with it; and those that lost, the strongest first."""
    if winner is None:
        return (), ()
    because, against = [winner.reason], list[Reason]()
    for norm in held:
        if norm is not winner:
            (because if norm.verdict == winner.verdict else against).append(norm.reason)
    return tuple(because), tuple(against)


def _shown(key: str, value: Any) -> Any:
    """A promised day is asked for by whether it is past, not by a number of working days."""
    return ("passed" if value > 0 else "ahead") if key == OVERDUE else value


def _weights(verdict: _Verdict, changes: Iterable[Change]) -> tuple[tuple[str, int], ...]:
    """How far the answer to each question moves the verdict at most, in steps of caution; at least one."""
    furthest: dict[str, int] = {}
    for change in changes:
        distance = abs(CAUTION[change.verdict] - CAUTION[verdict[0]]) or 1
        furthest[change.fact] = max(furthest.get(change.fact, 0), distance)
    return tuple(furthest.items())
