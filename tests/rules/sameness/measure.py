"""Pairwise precision, recall and F1 of groups against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import comb

from rapport.rules.sameness import Group


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of pairs: of those said to be one person that are, and of those that are that were found."""

    precision: float
    recall: float
    pairs: int

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)

    def __str__(self) -> str:
        return f"P {self.precision:.4f}, R {self.recall:.3f}, F1 {self.f1:.3f}, {self.pairs:,} pairs"


def quality(truth: Sequence[int], groups: Collection[Group]) -> Quality:
    """Measure groups of places in `truth`."""
    said = sum(comb(len(group.places), 2) for group in groups)
    right = sum(
        comb(count, 2)
        for group in groups
        for count in Counter(truth[place] for place in group.places).values()
    )
    there = sum(comb(count, 2) for count in Counter(truth).values())
    return Quality(right / said if said else 1.0, right / there, said)
