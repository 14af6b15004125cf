"""Norms and schools: one rule of etiquette as data, and a named set of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from rapport.rules.etiquette.advice import Reason
from rapport.rules.etiquette.conditions import Condition
from rapport.rules.etiquette.offsets import Offset
from rapport.rules.etiquette.vocabulary import VERDICTS


class Strength(IntEnum):
    """How strongly a norm is meant."""

    MAY = 0
    SHOULD = 1
    MUST = 2


CAUTION = {verdict: rank for rank, verdict in enumerate(VERDICTS)}
"""How cautious a verdict is: 0 for `do` up to `never`."""


@dataclass(frozen=True, slots=True, eq=False)
class Norm:
    """One rule of etiquette: when it applies, to which act and channels, its verdict, its reason and its source."""

    identifier: str
    act: str
    channels: tuple[str, ...]
    names_channel: bool
    conditions: tuple[Condition, ...]
    verdict: str
    until: str | None
    after: Offset | None
    within: Offset | None
    strength: Strength
    reason: Reason

    @property
    def specificity(self) -> int:
        """How many things must hold: each condition, and the channel when it is named."""
        return len(self.conditions) + self.names_channel

    @property
    def rank(self) -> tuple[int, int, int]:
        """Among norms of one level the greatest wins: stronger, then more specific, then more cautious."""
        return (self.strength, self.specificity, CAUTION[self.verdict])


@dataclass(frozen=True, slots=True, eq=False)
class School:
    """A named set of norms: one consistent opinion, and where it was voiced."""

    identifier: str
    name: str
    opinion: str
    source: str
    norms: tuple[Norm, ...]

    def on(self, act: str, channel: str) -> list[Norm]:
        """The norms on one act by one channel, in their order."""
        return [norm for norm in self.norms if norm.act == act and channel in norm.channels]
