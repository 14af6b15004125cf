"""The debate: one situation put to every school, act by act; each speaks with its own voice or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapport.rules.calendar import WorkingCalendar
from rapport.rules.etiquette.advice import ActAdvice, Change, Reason, Window
from rapport.rules.etiquette.bench import SILENT, Bench, Seat
from rapport.rules.etiquette.judgement import TIMED
from rapport.rules.etiquette.moment import moment
from rapport.rules.etiquette.norm import School
from rapport.rules.etiquette.norms_in_force import Norms
from rapport.rules.etiquette.reading import hard_norms, load_schools, stated_norms
from rapport.rules.etiquette.sieve import Sieve, Sifted
from rapport.rules.etiquette.situation import Situation
from rapport.rules.etiquette.vocabulary import FACTS, PAIRS
from rapport.rules.etiquette.windows import Clock


class Opinion(NamedTuple):
    """What one school says on one act; `verdict` is None where it has no opinion."""

    school: School
    verdict: str | None = None
    until: str | None = None
    window: Window | None = None
    says: str = ""
    source: str = ""


class ActDebate(NamedTuple):
    """All schools on one act by one channel; `rules` are the hard norms and their own word that apply over all."""

    act: str
    channel: str
    opinions: tuple[Opinion, ...]
    rules: tuple[Reason, ...]

    def saying(self, verdict: str | None) -> tuple[Opinion, ...]:
        """The schools of one verdict; None for those without an opinion."""
        return tuple(opinion for opinion in self.opinions if opinion.verdict == verdict)


@dataclass(frozen=True, slots=True)
class Debate:
    """One situation, every act, every school."""

    acts: tuple[ActDebate, ...]

    def on(self, act: str, channel: str = "") -> ActDebate:
        """The debate on one act by one channel; a KeyError when the vocabulary has no such pair."""
        for debated in self.acts:
            if debated.act == act and debated.channel == channel:
                return debated
        raise KeyError((act, channel))


def debate(
    situation: Situation, calendar: WorkingCalendar, schools: Iterable[School] | None = None
) -> Debate:
    """Put `situation` to `schools` (by default all that ship)."""
    clock, known = moment(situation, calendar)
    voices = Voices.of(tuple(schools if schools is not None else load_schools().values()))
    sifted = voices.sieve.sift(known)
    opinions = [_opinions(norms, sifted, clock) for norms in voices.asked]
    rules: dict[tuple[str, str], tuple[Reason, ...]] = {}
    for norms in voices.over_all:
        for pair, reasons in _rules(norms, sifted):
            rules[pair] = rules.get(pair, ()) + reasons
    heard = [(said, Opinion(norms.school)) for said, norms in zip(opinions, voices.asked, strict=True)]
    return Debate(
        tuple(
            [
                ActDebate(
                    *pair, tuple([said.get(pair, silence) for said, silence in heard]), rules.get(pair, ())
                )
                for pair in PAIRS
            ]
        )
    )


@dataclass(frozen=True, slots=True, eq=False)
class Voices:
    """The schools of a debate, each with its own norms alone, and the house's over all; they share one sieve."""

    sieve: Sieve
    asked: tuple[Norms, ...]
    over_all: tuple[Norms, ...]

    @classmethod
    @lru_cache(maxsize=64)
    def of(cls, schools: tuple[School, ...]) -> Voices:
        """Give the voices of some schools."""
        sieve = Sieve()
        asked, over_all = (
            tuple([Norms.of_school_alone(school, sieve) for school in some])
            for some in (schools, (hard_norms(), stated_norms()))
        )
        return cls(sieve, asked, over_all)


def _opinions(norms: Norms, sifted: Sifted, clock: Clock) -> dict[tuple[str, str], Opinion]:
    """What a school says on the acts on which one of its norms could apply.

    The norm that decides is enough: what else holds, and what would change it, nobody asks in a debate.
    """
    said = {}
    for judge in norms.spoken:
        held, waiting = judge.sides(*sifted)
        bench = judge.bench
        if seat := bench.deciding(held):
            said[bench.act, bench.channel] = _opinion(norms.school, bench, seat, clock)
        elif waiting:
            says = f"It depends. {_asked(judge.judge(*sifted).advice)}".rstrip()
            said[bench.act, bench.channel] = Opinion(
                norms.school, *SILENT, says=says, source=norms.school.source
            )
    return said


def _opinion(school: School, bench: Bench, seat: Seat, clock: Clock) -> Opinion:
    norm = seat.norm
    window = None
    if norm.verdict in TIMED:
        window = clock.window(bench.act, bench.channel, norm.after, norm.within)
    return Opinion(school, *seat.verdict, window, norm.reason.says, norm.reason.source)


def _rules(norms: Norms, sifted: Sifted) -> Iterator[tuple[tuple[str, str], tuple[Reason, ...]]]:
    """The reasons of the norms of the house that hold, act by act."""
    for judge in norms.spoken:
        held, _ = judge.sides(*sifted)
        if seat := judge.bench.deciding(held):
            because, _ = judge.bench.reasons(seat, held)
            yield (judge.bench.act, judge.bench.channel), because


def _asked(advised: ActAdvice) -> str:
    """Each question with what its answers would give; where it hangs on none that is asked, on what is recorded."""
    answers: dict[str, list[str]] = {}
    asked = [change for change in advised.would_change if FACTS[change.fact].is_asked]
    for change in asked or advised.would_change:
        answers.setdefault(change.fact, []).append(f"{_answer(change)}: {change.verdict}")
    return " ".join(f"{FACTS[fact].asks} ({', '.join(given)})" for fact, given in answers.items())


def _answer(change: Change) -> str:
    if isinstance(change.value, bool):
        return "yes" if change.value else "no"
    return str(change.value).replace("_", " ")
