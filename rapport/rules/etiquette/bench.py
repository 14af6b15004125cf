"""The norms on one act by one channel: which one decides when some of them hold, and with what reasons.

Precedence: what the other person stated, over the school, over the default; within one of these the stronger
norm, then the more specific, then the more cautious. Hard norms stand around all: they can only make the
verdict more cautious. Norms are told by their bits in the sieve, any number of them by one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

from rapport.rules.etiquette.advice import Reason
from rapport.rules.etiquette.conditions import OVERDUE, Condition
from rapport.rules.etiquette.norm import CAUTION, Norm
from rapport.rules.etiquette.sieve import Key, Sieve

Verdict = tuple[str, str | None]
SILENT: Verdict = ("ask", None)
"""What is said where no norm holds."""


class Level(IntEnum):
    """Whose word counts more; hard norms stand apart, since they only ever forbid."""

    DEFAULT = 0
    SCHOOL = 1
    RECEPTION = 2


class Answer(NamedTuple):
    """A value worth asking about that an unknown fact may turn out to have, and how it is shown."""

    key: Key
    value: Any
    shown: tuple[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Seat:
    """A norm on a bench and its bit.

    `over` are the norms that count more, or, where this one is hard, those that are stricter. `keys`
    are the bits of what its conditions look up; `wants` holds for each condition the key and the answers that meet it.
    """

    norm: Norm
    level: Level
    bit: int
    over: int
    keys: int
    wants: tuple[tuple[Key, tuple[Answer, ...]], ...]
    verdict: Verdict


class Bench:
    """The norms on one act by one channel: the hard ones first, then the others from the one that counts most."""

    def __init__(
        self, act: str, channel: str, hard: Sequence[Norm], others: Iterable[tuple[Level, Norm]], sieve: Sieve
    ) -> None:
        self.act = act
        self.channel = channel
        ranked = sorted(others, key=lambda one: (one[0], one[1].rank), reverse=True)
        self.norms = (*hard, *(norm for _, norm in ranked))
        self._begins = sieve.seat(self.norms)
        self.hard = (1 << len(hard)) - 1 << self._begins
        self.others = (1 << len(ranked)) - 1 << self._begins + len(hard)
        hard_seats = tuple(self._hard_seats(hard, sieve))
        self._seats = (*hard_seats, *self._ranked_seats(len(hard), ranked, sieve))
        self._strictest_first = sorted(hard_seats, key=lambda seat: -CAUTION[seat.norm.verdict])

    def _hard_seats(self, hard: Sequence[Norm], sieve: Sieve) -> Iterator[Seat]:
        for place, norm in enumerate(hard):
            stricter = [
                other for other, one in enumerate(hard) if CAUTION[one.verdict] > CAUTION[norm.verdict]
            ]
            over = sum(1 << other for other in stricter) << self._begins
            yield self._seat(norm, Level.RECEPTION, place, over, sieve)

    def _ranked_seats(self, first: int, ranked: Sequence[tuple[Level, Norm]], sieve: Sieve) -> Iterator[Seat]:
        """Of norms of one rank none counts more than another, whichever comes first."""
        over, last = 0, None
        for place, (level, norm) in enumerate(ranked, start=first):
            if (level, norm.rank) != last:
                over, last = ((1 << place) - 1 << self._begins) & self.others, (level, norm.rank)
            yield self._seat(norm, level, place, over, sieve)

    def _seat(self, norm: Norm, level: Level, place: int, over: int, sieve: Sieve) -> Seat:
        wants = tuple([_wanted(sieve.keys[wanted.key], wanted) for wanted in norm.conditions])
        keys = sum([key.bit for key, _ in wants])
        verdict = (norm.verdict, norm.until)
        return Seat(norm, level, 1 << self._begins + place, over, keys, wants, verdict)

    def seated(self, norms: int) -> list[Seat]:
        """Give the seats of some norms, in their order."""
        found = []
        norms >>= self._begins
        while norms:
            lowest = norms & -norms
            found.append(self._seats[lowest.bit_length() - 1])
            norms ^= lowest
        return found

    def forbidding(self, held: int) -> Seat | None:
        """The strictest hard norm among those that hold."""
        if not held & self.hard:
            return None
        return next(seat for seat in self._strictest_first if seat.bit & held)

    def foremost(self, held: int) -> Seat | None:
        """The norm that counts most among those that hold, the hard ones aside."""
        others = held & self.others
        return self._seats[(others & -others).bit_length() - 1 - self._begins] if others else None

    def deciding(self, held: int) -> Seat | None:
        """The norm that decides when these hold; None where none of them is of this bench."""
        foremost = self.foremost(held)
        return stricter(self.forbidding(held), foremost) if held & self.hard else foremost

    def verdict(self, held: int) -> Verdict:
        """The bare verdict when these norms hold."""
        winner = self.deciding(held)
        return winner.verdict if winner else SILENT

    def reasons(self, winner: Seat, held: int) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """The deciding reason and those that agree with it; and those that lost, the strongest first.

        No sentence is said twice, and a general rule is no argument against its own exception.
        """
        deciding = winner.norm.reason
        because, against, said = [deciding], list[Reason](), {deciding.says}
        holding = self.seated(held)
        for seat in holding:
            reason = seat.norm.reason
            if reason.says not in said and not any(_is_exception(other, seat) for other in holding):
                said.add(reason.says)
                (because if reason.verdict == deciding.verdict else against).append(reason)
        return tuple(because), tuple(against)


def is_stricter(seat: Seat, other: Seat | None) -> bool:
    """Whether a norm is more cautious than another, or there is no other."""
    return other is None or CAUTION[seat.norm.verdict] > CAUTION[other.norm.verdict]


def stricter(forbidding: Seat | None, foremost: Seat | None) -> Seat | None:
    """The norm that decides: the hard one where it is the stricter, else the other."""
    return forbidding if forbidding and is_stricter(forbidding, foremost) else foremost


def _wanted(key: Key, wanted: Condition) -> tuple[Key, tuple[Answer, ...]]:
    """A promised day is asked for by whether it is past, not by a number of working days."""
    is_day = key.name == OVERDUE
    answers = [(value, ("passed" if value > 0 else "ahead") if is_day else value) for value in wanted.asked]
    return key, tuple([Answer(key, value, (wanted.fact, shown)) for value, shown in answers])


def _is_exception(seat: Seat, rule: Seat) -> bool:
    """Whether a norm says otherwise than another one of its school, in a narrower case."""
    return (
        seat.keys != rule.keys == seat.keys & rule.keys
        and seat.norm.verdict != rule.norm.verdict
        and seat.norm.strength >= rule.norm.strength
        and seat.norm.reason.school == rule.norm.reason.school
    )
