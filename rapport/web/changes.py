"""What would change the advice on a step, in lines for people: answers that lead to the same verdict together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rapport.rules import phrases

if TYPE_CHECKING:
    from rapport.followups.models import Step


class Changes(NamedTuple):
    """Answers to one question that would lead to one verdict, and what they take besides, in words."""

    fact: str
    values: str
    besides: str
    verdict: str


def changes_of(step: Step) -> list[Changes]:
    """Give a line for each fact and verdict, in the order in which they matter."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for change in step.would_change:
        words = phrases.value_in_words(change["fact"], change["value"])
        grouped.setdefault((change["fact"], _besides(change), change["verdict"]), []).append(words)
    return [
        Changes(fact, _listed(values), besides, verdict)
        for (fact, besides, verdict), values in grouped.items()
    ]


def _besides(change: dict[str, Any]) -> str:
    others = change.get("besides", {}).items()
    named = (
        f"{phrases.FACTS[fact].lower()}: {phrases.value_in_words(fact, value)}" for fact, value in others
    )
    return " and ".join(named)


def _listed(words: list[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
