"""A glance at a step: where it stands among the steps towards one person, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from rapport.followups.models import Step
from rapport.followups.models.lists import State
from rapport.rules.etiquette import VERDICTS

_FIRST = 4
_AT_MOST = 6
_QUIET = frozenset({"record", "look_up", "keep_in_touch", "make_introduction"})
_PRESSING = {"do": 0, "hold": 2, "optional": 1, "ask": 1}


class Glance(NamedTuple):
    """What tells the place of a step on the page, and what would change it: of most steps no more is shown."""

    pk: int
    person_id: int
    act: str
    channel: str
    verdict: str
    choice: str
    state: str
    due: datetime | None
    would_change: list[dict[str, Any]]

    @property
    def in_force(self) -> str:
        """The verdict that counts: the member's choice, else the advice."""
        return self.choice or self.verdict


Ranked = TypeVar("Ranked", Step, Glance)


def by_importance(steps: Iterable[Ranked]) -> tuple[tuple[Ranked, ...], tuple[Ranked, ...]]:
    """The few steps that answer the question, and all others, each in the order in which they press."""
    ordered = sorted(steps, key=_pressing)
    first = _first(ordered)
    keys = {step.pk for step in first}
    return tuple(first), tuple(step for step in ordered if step.pk not in keys)


def _first(ordered: Sequence[Ranked]) -> list[Ranked]:
    """The few steps that answer the question: thanks, then whether to connect, then what one might do besides."""
    asked = [step for step in ordered if _is_asked(step)]
    besides = [
        step for step in ordered if step.in_force == "optional" and _matters(step) and not _is_asked(step)
    ]
    return (asked + besides[: max(_FIRST - len(asked), 0)])[:_AT_MOST]


def _is_asked(step: Step | Glance) -> bool:
    if step.act == "invite":
        return True
    return _matters(step) and (step.state != State.OPEN or step.in_force in {"do", "ask"})


def _matters(step: Step | Glance) -> bool:
    """Whether it is none of the quiet acts; looking somebody up presses as long as one is still to meet them."""
    is_preparation = step.act == "look_up" and step.state == State.OPEN and step.in_force == "do"
    return step.act not in _QUIET or is_preparation


def _pressing(step: Step | Glance) -> tuple[int, int, float, int]:
    """Thanks and invitations before the quiet acts; among them what is due first."""
    verdict = step.in_force
    quiet = not _matters(step)
    due = step.due.timestamp() if step.due else float("inf")
    return (quiet, _PRESSING.get(verdict, len(_PRESSING) + VERDICTS.index(verdict)), due, step.pk)
