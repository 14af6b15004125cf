"""The norms that apply to one question of taste: a school, the default behind it, and what stands over both."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from functools import lru_cache
from typing import Any

from rapport.rules.etiquette.bench import Bench, Level
from rapport.rules.etiquette.judgement import Judge
from rapport.rules.etiquette.norm import School
from rapport.rules.etiquette.reading import DEFAULT, hard_norms, load_schools, stated_norms
from rapport.rules.etiquette.sieve import Sieve
from rapport.rules.etiquette.vocabulary import PAIRS


@dataclass(frozen=True)
class Norms:
    """A school, the default behind it, what the other person stated before it, and the hard norms around all.

    `reception` is the other person's own norms about being approached, when they have stated any. `judges`
    judge each act by each channel, in the vocabulary's order; `spoken` are those that have any norm. Several
    `Norms` may share a sieve: what they all ask about a fact is then looked up once.
    """

    school: School
    reception: School | None = None
    default: School = field(default_factory=lambda: load_schools()[DEFAULT])
    hard: School = field(default_factory=hard_norms)
    stated: School = field(default_factory=stated_norms)
    shared: InitVar[Sieve | None] = None

    def __post_init__(self, shared: Sieve | None) -> None:
        sieve = shared or Sieve()
        benches = [self._bench(*pair, sieve) for pair in PAIRS]
        judges = tuple(Judge(bench, sieve) for bench in benches)
        object.__setattr__(self, "sieve", sieve)
        object.__setattr__(self, "judges", judges)
        object.__setattr__(self, "spoken", tuple(judge for judge in judges if judge.bench.norms))

    sieve: Sieve = field(init=False, repr=False, compare=False)
    judges: tuple[Judge, ...] = field(init=False, repr=False, compare=False)
    spoken: tuple[Judge, ...] = field(init=False, repr=False, compare=False)
    remembered: dict[tuple[int, int], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    @lru_cache(maxsize=64)
    def by_id(cls, identifier: str) -> Norms:
        """Give the norms of a school that ships; KeyError for an unknown one."""
        return cls(load_schools()[identifier])

    @classmethod
    def of_school_alone(cls, school: School, sieve: Sieve | None = None) -> Norms:
        """Give one school's own voice, with nothing before, behind or around it: what a debate asks for."""
        nothing = School(school.identifier, school.name, school.opinion, school.source, ())
        return cls(school, None, nothing, nothing, nothing, sieve)

    def _bench(self, act: str, channel: str, sieve: Sieve) -> Bench:
        levels = [(Level.RECEPTION, self.stated), (Level.SCHOOL, self.school)]
        if self.reception is not None:
            levels.append((Level.RECEPTION, self.reception))
        if self.default.identifier != self.school.identifier:
            levels.append((Level.DEFAULT, self.default))
        others = [(level, norm) for level, school in levels for norm in school.on(act, channel)]
        return Bench(act, channel, self.hard.on(act, channel), others, sieve)
