"""How changes of a card are said to a member."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapport.rules import phrases
from rapport.rules.card import Change

_FEW = 3
"""Changes that are told in full; of more only the fields are named."""

_FIELDS = {"emails": "e-mail addresses", "urls": "web pages", "addresses": "postal addresses"}
_BESIDE = {
    "how_met": "how you met",
    "notes": "your notes",
    "is_professional": "business or social",
    "is_social": "business or social",
}


def card_changed(changes: Sequence[Change], beside: Iterable[str] = ()) -> str:
    """Say what reads otherwise on a card, and which columns `beside` it: "title Engineer → Director; your notes"."""
    words = [_changed(change) for change in changes]
    if len(words) > _FEW:
        words = [f"new {', '.join(_FIELDS.get(change.field, change.field) for change in changes)}"]
    words += [_BESIDE[name] for name in beside]
    return "; ".join(dict.fromkeys(words)) or "the card was updated"


def _changed(change: Change) -> str:
    before, after = (
        ", ".join(phrases.card_value(change.field, value) for value in values)
        for values in (change.before, change.after)
    )
    if before and after:
        return f"{before} → {after}"
    field = phrases.CARD_FIELDS.get(change.field, change.field)
    field = field[:1].lower() + field[1:]
    return f"{field} {after}" if after else f"no {field} any more (was {before})"
