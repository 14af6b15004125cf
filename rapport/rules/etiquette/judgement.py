"""Judge one act by one channel from the facts alone, without a clock: what holds, what lost, what would change it.

A norm whose facts are not all known is neither applied nor forgotten: it becomes a question when its answer would
change the verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from rapport.rules.etiquette.advice import ActAdvice, Change
from rapport.rules.etiquette.bench import SILENT, Bench, Level, is_stricter, stricter
from rapport.rules.etiquette.changes import Open, changes
from rapport.rules.etiquette.norm import CAUTION
from rapport.rules.etiquette.offsets import Offset
from rapport.rules.etiquette.sieve import Sieve
from rapport.rules.etiquette.vocabulary import FACTS

_REMEMBERED = 4096
TIMED = frozenset({"do", "optional"})
"""Verdicts that have a window of time."""


class Asking(NamedTuple):
    """A fact worth asking a member about: how far its answer moves one verdict at most, and what would change."""

    fact: str
    distance: int
    changes: tuple[tuple[str, str, Change], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What the facts say of one act: the advice without its window, and the offsets of the window, if it has one."""

    advice: ActAdvice
    offsets: tuple[Offset | None, Offset | None] | None
    asking: tuple[Asking, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Ruling:
    """What the norms that hold say, whatever is open: the norms that `decide`, and those that would change it."""

    advice: ActAdvice
    offsets: tuple[Offset | None, Offset | None] | None
    deciding: int
    over: int


class Judge:
    """Judges by the norms of one bench.

    Judgements are remembered by what the sieve tells of these norms; what the norms that hold say, and what would
    change it, are remembered each for itself. A situation much like another one so costs next to nothing.
    """

    def __init__(self, bench: Bench, sieve: Sieve) -> None:
        self.bench = bench
        self._all = bench.hard | bench.others
        self._keys = tuple([key for key in sieve.keys.values() if key.norms & self._all])
        self._asked = sum(key.bit for key in self._keys)
        self._judgements: dict[tuple[int, int], Judgement] = {}
        self._rulings: dict[int, _Ruling] = {}
        self._changes: dict[Open, tuple[tuple[Change, ...], tuple[Asking, ...]]] = {}

    def judge(self, failed: int, unknown: int) -> Judgement:
        """Judge by what the sieve tells of the facts."""
        view = (failed & self._all, unknown & self._asked)
        return self._judgements.get(view) or recalled(self._judgements, view, lambda: self._judge(*view))

    def sides(self, failed: int, unknown: int) -> tuple[int, int]:
        """Give the norms that hold, and those that wait for a fact not known."""
        waiting = 0
        for key in self._keys:
            if key.bit & unknown:
                waiting |= key.norms
        possible = self._all & ~failed
        return possible & ~waiting, possible & waiting

    def _judge(self, failed: int, unknown: int) -> Judgement:
        held, waiting = self.sides(failed, unknown)
        ruling = self._ruling(held)
        norms = waiting & ruling.over
        if not norms:
            return Judgement(ruling.advice, ruling.offsets, ())
        missing = [key.bit for key in self._keys if key.bit & unknown and key.norms & norms]
        open_ = Open(ruling.deciding, norms, sum(missing))
        would_change, asking = recalled(self._changes, open_, lambda: self._what_if(ruling.advice, open_))
        advice = ActAdvice._make((*ruling.advice[:7], would_change, *ruling.advice[8:]))
        return Judgement(advice, ruling.offsets, asking)

    def _ruling(self, held: int) -> _Ruling:
        return self._rulings.get(held) or recalled(self._rulings, held, lambda: self._rule(held))

    def _rule(self, held: int) -> _Ruling:
        bench = self.bench
        forbidding, foremost = bench.forbidding(held), bench.foremost(held)
        winner = stricter(forbidding, foremost)
        verdict, until = winner.verdict if winner else SILENT
        because, against = bench.reasons(winner, held) if winner else ((), ())
        advice = ActAdvice(
            act=bench.act,
            channel=bench.channel,
            verdict=verdict,
            until=until,
            window=None,
            because=because,
            against=against,
            would_change=(),
            is_hard=forbidding is not None and not is_stricter(foremost or forbidding, forbidding),
            falls_back=winner is not None and winner is foremost and winner.level is Level.DEFAULT,
        )
        return _Ruling(
            advice,
            offsets=(winner.norm.after, winner.norm.within) if winner and verdict in TIMED else None,
            deciding=sum(seat.bit for seat in (forbidding, foremost) if seat),
            over=(forbidding.over if forbidding else bench.hard)
            | (foremost.over if foremost else bench.others),
        )

    def _what_if(self, advice: ActAdvice, open_: Open) -> tuple[tuple[Change, ...], tuple[Asking, ...]]:
        would_change = changes(self.bench, open_)
        return would_change, _asking(advice, would_change)


Seen = TypeVar("Seen")
Judged = TypeVar("Judged")


def recalled(remembered: dict[Seen, Judged], view: Seen, judge: Callable[[], Judged]) -> Judged:
    """Give what was judged of this view before, or judge and remember; the memory is bounded."""
    judged = remembered.get(view)
    if judged is None:
        if len(remembered) >= _REMEMBERED:
            remembered.clear()
        judged = remembered[view] = judge()
    return judged


def _asking(advice: ActAdvice, would_change: tuple[Change, ...]) -> tuple[Asking, ...]:
    """How far the answer to each question moves the verdict at most, in steps of caution; at least one."""
    by_fact: dict[str, list[tuple[str, str, Change]]] = {}
    for change in would_change:
        if FACTS[change.fact].is_asked:
            by_fact.setdefault(change.fact, []).append((advice.act, advice.channel, change))
    now = CAUTION[advice.verdict]
    return tuple(
        [
            Asking(fact, max([abs(CAUTION[change.verdict] - now) or 1 for *_, change in found]), tuple(found))
            for fact, found in by_fact.items()
        ]
    )
