"""The labels that a card is kept under (CATEGORIES): put on and taken off."""

from __future__ import annotations

from collections.abc import Sequence

from rapport.rules.card.card import Card
from rapport.rules.card.editing import Editing


def labelled(card: Card, *, put_on: Sequence[str] = (), take_off: Sequence[str] = ()) -> Card:
    """Give the card with labels put on and taken off, in any capitals; one that stands as is meant is the same card."""
    off = {label.casefold() for label in take_off}
    kept = [label for label in card.categories if label.casefold() not in off]
    known = {label.casefold() for label in kept}
    fresh = [*kept, *(label for label in put_on if label.casefold() not in known)]
    if fresh == list(card.categories):
        return card
    editing = Editing(card)
    editing.say("CATEGORIES", fresh)
    return editing.card
