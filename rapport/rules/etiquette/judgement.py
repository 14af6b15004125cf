"""Judge one act by one channel from the facts alone, without a clock: what holds, what lost, what would change it.

Precedence: what the other person stated, over the school, over the default; within one of these the stronger
norm, then the more specific, then the more cautious. Hard norms stand around all: they can only make the
verdict more cautious. A norm whose facts are not all known is neither applied nor forgotten: it becomes
a question when its answer would change the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar

from rapport.rules.etiquette.advice import ActAdvice, Change, Reason
from rapport.rules.etiquette.conditions import OVERDUE, Condition
from rapport.rules.etiquette.norm import CAUTION, Norm
from rapport.rules.etiquette.sieve import Sieve, Sifted

Known = Mapping[str, Any]
_Rank = tuple[int, int, int, int]
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
    """What the facts say of one act: the advice without its window, and the norm that decided, if any.

    `speaks` is false when no norm could apply, whatever the unknown facts turn out to be. `weights` says how far
    each open question could move the verdict.
    """

    advice: ActAdvice
    winner: Norm | None
    weights: tuple[tuple[str, int], ...]
    speaks: bool


@dataclass(frozen=True, slots=True, eq=False)
class Seated:
    """A norm on a bench: its level and rank, its bit in the sieve, and its conditions with the bits of their keys."""

    level: Level
    norm: Norm
    rank: _Rank
    bit: int
    conditions: tuple[tuple[Condition, int], ...]


class Bench:
    """The norms on one act by one channel, the hard ones apart, the others from the one that counts most.

    Judgements are remembered by what the sieve tells of these norms, and once more by the norms that hold or could
    change the verdict, so that a situation much like another one costs next to nothing.
    """

    def __init__(
        self, act: str, channel: str, hard: Iterable[Norm], others: Iterable[tuple[Level, Norm]], sieve: Sieve
    ) -> None:
        self.act = act
        self.channel = channel
        self._hard = tuple(_seated(Level.RECEPTION, norm, sieve) for norm in hard)
        self._others = tuple(_seated(level, norm, sieve) for level, norm in others)
        seated = (*self._hard, *self._others)
        self.norms = tuple(one.norm for one in seated)
        self._mine = sum({one.bit for one in seated})
        self._asked = sum({bit for one in seated for _, bit in one.conditions})
        self._remembered: dict[tuple[Any, ...], Judgement] = {}
        self._judged: dict[tuple[Any, ...], Judgement] = {}

    def judge(self, sifted: Sifted) -> Judgement:
        """Judge by what the sieve tells of the facts."""
        view = (sifted.failed & self._mine, sifted.unknown & self._asked)
        return recalled(self._remembered, view, lambda: self._sorted(sifted))

    def _sorted(self, sifted: Sifted) -> Judgement:
        hard, open_hard = _sorted_out(self._hard, sifted)
        held, hanging = _sorted_out(self._others, sifted)
        highest = _rank(*held[0]) if held else None
        open_others = [one for one in hanging if highest is None or one.rank > highest]
        waiting = tuple((one.norm, one.missing) for one in (*open_hard, *open_others))
        view = (tuple(norm for _, norm in (*hard, *held)), waiting, bool(hanging))
        return recalled(
            self._judged, view, lambda: self._judge(hard, held, open_hard, open_others, speaks=bool(hanging))
        )

    def _judge(
        self,
        hard: list[tuple[Level, Norm]],
        held: list[tuple[Level, Norm]],
        open_hard: list[Hanging],
        open_others: list[Hanging],
        *,
        speaks: bool,
    ) -> Judgement:
        so_far = Deciding(
            max((norm for _, norm in hard), key=lambda norm: CAUTION[norm.verdict], default=None),
            held[0][1] if held else None,
        )
        winner = so_far.winner
        because, against = _reasons(winner, [norm for _, norm in (*hard, *held)])
        changes = tuple(_changes(so_far, open_hard, open_others))
        advice = ActAdvice(
            act=self.act,
            channel=self.channel,
            verdict=so_far.verdict[0],
            until=so_far.verdict[1],
            window=None,
            because=because,
            against=against,
            would_change=changes,
            is_hard=so_far.is_hard,
            falls_back=bool(held) and held[0][0] is Level.DEFAULT and winner is held[0][1],
        )
        speaks = speaks or bool(hard or open_hard or held)
        return Judgement(advice, winner, _weights(so_far.verdict, changes), speaks)


def _seated(level: Level, norm: Norm, sieve: Sieve) -> Seated:
    conditions = tuple((wanted, sieve.keys[wanted.key]) for wanted in norm.conditions)
    return Seated(level, norm, _rank(level, norm), sieve.norms[norm], conditions)


def _rank(level: Level, norm: Norm) -> _Rank:
    return (level, *norm.rank)


Judged = TypeVar("Judged")


def recalled(
    remembered: dict[tuple[Any, ...], Judged], view: tuple[Any, ...], judge: Callable[[], Judged]
) -> Judged:
    """Give what was judged of this view before, or judge and remember; the memory is bounded."""
    judged = remembered.get(view)
    if judged is None:
        if len(remembered) >= _REMEMBERED:
            remembered.clear()
        judged = remembered[view] = judge()
    return judged


@dataclass(frozen=True, slots=True, eq=False)
class Deciding:
    """The strictest hard norm that holds, and the norm that counts most among the others."""

    forbidding: Norm | None
    other: Norm | None

    @property
    def winner(self) -> Norm | None:
        """The hard norm where it is the stricter one, else the other."""
        if self.forbidding is not None and _is_stricter(self.forbidding, self.other):
            return self.forbidding
        return self.other

    @property
    def is_hard(self) -> bool:
        """Whether a hard norm stands behind the verdict, be it alone or because the others agree with it."""
        return self.forbidding is not None and not _is_stricter(
            self.other or self.forbidding, self.forbidding
        )

    @property
    def verdict(self) -> _Verdict:
        """The winner's bare verdict."""
        winner = self.winner
        return (winner.verdict, winner.until) if winner else _SILENT


@dataclass(frozen=True, slots=True, eq=False)
class Hanging:
    """A norm that would hold if the `missing` conditions did, whose facts are not known."""

    norm: Norm
    rank: _Rank
    missing: tuple[Condition, ...]

    def holds_if(self, supposed: Known) -> bool:
        """Whether it holds once the facts in `supposed` are known."""
        if len(self.missing) > len(supposed):
            return False
        return all(wanted.key in supposed and wanted.passes(supposed[wanted.key]) for wanted in self.missing)


def _verdict_if(supposed: Known, so_far: Deciding, hard: list[Hanging], others: list[Hanging]) -> _Verdict:
    """The bare verdict if the facts in `supposed` were known; only hanging norms can be moved by them."""
    other = next((one.norm for one in others if one.holds_if(supposed)), so_far.other)
    forbidding = so_far.forbidding
    for one in hard:
        if _is_stricter(one.norm, forbidding) and one.holds_if(supposed):
            forbidding = one.norm
    return Deciding(forbidding, other).verdict


def _changes(so_far: Deciding, hard: list[Hanging], others: list[Hanging]) -> Iterable[Change]:
    """What would change the verdict: single answers first, then answers that change it only together.

    Each hanging norm names the facts it misses; for each, the values it waits for are tried. Where a norm misses
    several, they are tried together as well, each with a value that it waits for.
    """
    verdict = so_far.verdict
    told: dict[tuple[str, Any], Change] = {}
    tried: set[tuple[str, Any]] = set()

    def tell(answers: Iterable[tuple[Condition, Any]]) -> None:
        then = _verdict_if({wanted.key: value for wanted, value in answers}, so_far, hard, others)
        if then == verdict:
            return
        shown = [(wanted.fact, _shown(wanted.key, value)) for wanted, value in answers]
        for answer in shown:
            besides = tuple(other for other in shown if other != answer)
            told.setdefault(answer, Change(*answer, *then, besides))

    for one in (*hard, *others):
        for wanted in one.missing:
            for value in wanted.asked:
                if (wanted.key, value) not in tried:
                    tried.add((wanted.key, value))
                    tell([(wanted, value)])
    for one in (*hard, *others):
        if len(one.missing) > 1:
            tell([(wanted, wanted.telling[0]) for wanted in one.missing])
    return told.values()


def _sorted_out(norms: Iterable[Seated], sifted: Sifted) -> tuple[list[tuple[Level, Norm]], list[Hanging]]:
    """Those that hold, and those that hang on a fact that is not known; in their order."""
    failed, unknown = sifted
    held: list[tuple[Level, Norm]] = []
    hanging: list[Hanging] = []
    for one in norms:
        if one.bit & failed:
            continue
        missing = tuple([wanted for wanted, bit in one.conditions if bit & unknown])
        if missing:
            hanging.append(Hanging(one.norm, one.rank, missing))
        else:
            held.append((one.level, one.norm))
    return held, hanging


def _is_stricter(norm: Norm, other: Norm | None) -> bool:
    return other is None or CAUTION[norm.verdict] > CAUTION[other.verdict]


def _reasons(winner: Norm | None, held: list[Norm]) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The deciding reason and those that agree with it; and those that lost, the strongest first.

    No sentence is said twice, and a general rule is no argument against its own exception.
    """
    if winner is None:
        return (), ()
    because, against, said = [winner.reason], list[Reason](), {winner.reason.says}
    for norm in held:
        if norm.reason.says not in said and not _has_exception(norm, held):
            said.add(norm.reason.says)
            (because if norm.verdict == winner.verdict else against).append(norm.reason)
    return tuple(because), tuple(against)


def _has_exception(norm: Norm, held: list[Norm]) -> bool:
    """Whether another norm of the same school that holds says otherwise in just this case: no argument is left."""
    facts = {wanted.key for wanted in norm.conditions}
    return any(
        other.reason.school == norm.reason.school
        and other.verdict != norm.verdict
        and other.strength >= norm.strength
        and facts < {wanted.key for wanted in other.conditions}
        for other in held
    )


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
