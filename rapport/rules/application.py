"""Which moves an application may make: its stages, and the decisions that end it."""

from __future__ import annotations

from collections.abc import Mapping

STAGES: tuple[str, ...] = ("prospect", "applied", "screening", "interviewing")
"""The open stages in their order; `decided` is reached by a decision only."""

DECISIONS: Mapping[str, frozenset[str]] = {
    "none": frozenset({"offer", "accepted", "declined", "rejected", "withdrawn", "silent"}),
    "silent": frozenset({"none", "offer", "rejected", "withdrawn"}),
    "offer": frozenset({"none", "accepted", "declined", "rejected"}),
    "accepted": frozenset({"none", "offer", "declined", "rejected"}),
    "declined": frozenset({"none", "offer", "accepted"}),
    "rejected": frozenset({"none", "offer"}),
    "withdrawn": frozenset({"none", "offer"}),
}
"""From each decision, those that may follow; `none` is always the correction of a slip.

`silent` is no last word: they may still answer. An offer may still come after a no (the first choice declined).
"""

OFFERED: frozenset[str] = frozenset({"offer", "accepted", "declined"})
"""The decisions in which there was an offer."""


def may_move(stage: str, to: str) -> bool:
    """Whether an open application may move to another open stage; backward is a correction."""
    return stage in STAGES and to in STAGES and stage != to


def is_correction(stage: str, to: str) -> bool:
    """Whether a move goes backward."""
    return STAGES.index(to) < STAGES.index(stage)


def may_decide(decision: str, to: str) -> bool:
    """Whether one decision may follow another."""
    return to in DECISIONS.get(decision, frozenset())
