"""What would change the advice on a step, in sentences: answers that lead to the same verdict together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rapport.rules.supposing import supposing

if TYPE_CHECKING:
    from rapport.followups.models import Step


class Changes(NamedTuple):
    """Answers to one question as a clause ("If you are connected already"), and the verdict they would lead to."""

    supposing: str
    verdict: str


def changes_of(step: Step) -> list[Changes]:
    """Give a line for each fact and verdict, in the order in which they matter."""
    grouped: dict[tuple[str, tuple[tuple[str, Any], ...], str], list[Any]] = {}
    for change in step.would_change:
        besides = tuple(change.get("besides", {}).items())
        grouped.setdefault((change["fact"], besides, change["verdict"]), []).append(change["value"])
    return [
        Changes(supposing(fact, values, dict(besides)), verdict)
        for (fact, besides, verdict), values in grouped.items()
    ]
