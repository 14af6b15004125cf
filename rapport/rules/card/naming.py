"""The name of a card said anew: how it is shown, and its parts."""

from __future__ import annotations

from rapport.rules.card.card import Card
from rapport.rules.card.editing import Editing
from rapport.rules.card.names import put_together, taken_apart

_PARTS = 5  # family, given, middle, prefix, suffix (RFC 6350 section 6.2.2)


def named(card: Card, *, name: str, given: str, family: str) -> Card:
    """Give the card with its name as said; a name alone is taken apart, and parts alone are put together.

    What is said as it stands is not touched; middle names, prefixes and suffixes stay while the name is the same.
    """
    is_renamed = name != card.name
    has_other_parts = (given, family) != (card.given_name, card.family_name)
    if not is_renamed and not has_other_parts:
        return card
    editing = Editing(card)
    _family, _given, middle, prefix, suffix = _parts(card)
    if is_renamed and not has_other_parts:
        family, given = taken_apart(name)
        middle = prefix = suffix = ""
    elif not is_renamed and name == put_together(
        _given, _family, middle=middle, prefix=prefix, suffix=suffix
    ):
        name = put_together(given, family, middle=middle, prefix=prefix, suffix=suffix) or name
    editing.say("FN", name)
    editing.say("N", (family, given, middle, prefix, suffix))
    return editing.card


def _parts(card: Card) -> tuple[str, ...]:
    parts = next((prop.components for prop in card.every("N")), ())
    return (*parts, *("",) * _PARTS)[:_PARTS]
