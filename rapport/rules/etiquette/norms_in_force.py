"""The norms that apply to one question of taste, in the order in which they count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from rapport.rules.etiquette.norm import Norm, School
from rapport.rules.etiquette.reading import DEFAULT, hard_norms, load_schools, stated_norms
from rapport.rules.etiquette.vocabulary import PAIRS


class Level(IntEnum):
    """Whose word counts more; hard norms stand apart, since they only ever forbid."""

    DEFAULT = 0
    SCHOOL = 1
    RECEPTION = 2


@dataclass(frozen=True, slots=True)
class Ranked:
    """The norms on one act by one channel: hard ones, and the others from the one that counts most."""

    hard: tuple[Norm, ...]
    others: tuple[tuple[Level, Norm], ...]


def _on(norms: Iterable[Norm], act: str, channel: str) -> list[Norm]:
    return [norm for norm in norms if norm.act == act and channel in norm.channels]


@dataclass(frozen=True)
class Norms:
    """A school, the default behind it, what the other person stated before it, and the hard norms around all.

    `reception` is the other person's own norms about being approached, when they have stated any.
    """

    school: School
    reception: School | None = None
    default: School = field(default_factory=lambda: load_schools()[DEFAULT])
    hard: School = field(default_factory=hard_norms)
    stated: School = field(default_factory=stated_norms)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ranked", {pair: self._rank(*pair) for pair in PAIRS})

    ranked: dict[tuple[str, str], Ranked] = field(init=False, repr=False, compare=False)

    @classmethod
    def by_id(cls, identifier: str, reception: School | None = None) -> Norms:
        """Give the norms of a school that ships; KeyError for an unknown one."""
        return cls(load_schools()[identifier], reception)

    @classmethod
    @lru_cache(maxsize=64)
    def of_school_alone(cls, school: School) -> Norms:
        """Give one school's own voice, with nothing before, behind or around it: what a debate asks for."""
        nothing = School(school.identifier, school.name, school.opinion, school.source, ())
        return cls(school, None, nothing, nothing, nothing)

    def _rank(self, act: str, channel: str) -> Ranked:
        levels = [(Level.RECEPTION, self.stated), (Level.SCHOOL, self.school)]
        if self.reception is not None:
            levels.append((Level.RECEPTION, self.reception))
        if self.default.identifier != self.school.identifier:
            levels.append((Level.DEFAULT, self.default))
        others = [(level, norm) for level, school in levels for norm in _on(school.norms, act, channel)]
        others.sort(key=lambda ranked: (ranked[0], ranked[1].rank), reverse=True)
        return Ranked(tuple(_on(self.hard.norms, act, channel)), tuple(others))
