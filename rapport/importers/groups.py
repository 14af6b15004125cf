"""Groups of an address book that are cards of their own (KIND:group, and Apple's): labels of their members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapport.rules.card import Card, Editing

if TYPE_CHECKING:
    from rapport.importers.findings import FoundCard

_MEMBERS = ("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER")


def labelled(cards: Sequence[FoundCard]) -> Iterator[FoundCard]:
    """Give the cards of people, each with the groups it stands in among its CATEGORIES."""
    groups: dict[str, list[str]] = defaultdict(list)
    for found in cards:
        if found.card.is_group:
            for name in _MEMBERS:
                for member in found.card.every(name):
                    groups[_identifier(member.text)].append(found.card.name)
    for found in cards:
        if not found.card.is_group:
            names = groups.get(_identifier(found.card.uid)) if groups and found.card.uid else None
            yield replace(found, card=_with(found.card, names)) if names else found


def _with(card: Card, names: Sequence[str]) -> Card:
    new = [name for name in dict.fromkeys(names) if name not in card.categories]
    if not new:
        return card
    editing = Editing(card)
    editing.add("CATEGORIES", new)
    return editing.card


def _identifier(text: str) -> str:
    return text.strip().lower().removeprefix("urn:uuid:")
