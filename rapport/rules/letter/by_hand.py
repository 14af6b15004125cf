"""A text copied by hand onto a card: its words, its lines as they will break, and whether they fit."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_MARGIN = 10
_LINE = 8
"""Millimetres from line to line: between college ruled (9/32 inch, 7.1 mm) and wide ruled (11/32 inch, 8.7 mm)."""

_CHARACTER = 2.9
"""Millimetres a character takes, its share of the spaces included.

A written A4 page of 30 lines is commonly reckoned at 250 to 300 words: some nine words, 55 characters, on 160 mm.
"""


@dataclass(frozen=True, slots=True)
class CardStock:
    """A card to write on: `width` and `height` of the side that is written on, in millimetres."""

    label: str
    width: float
    height: float

    @property
    def lines(self) -> int:
        """How many lines a hand puts on it."""
        return int((self.height - 2 * _MARGIN) // _LINE)

    @property
    def characters(self) -> int:
        """About how many characters go on a line."""
        return int((self.width - 2 * _MARGIN) // _CHARACTER)


CARDS: Mapping[str, CardStock] = {
    "folded": CardStock("A6 folded card", 105, 148),
    "correspondence": CardStock("A6 correspondence card", 148, 105),
}
"""A6 is 105 by 148 mm (ISO 216): a folded card is written on upright, on the right inside; a flat one lengthwise."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """A text on a card: paragraphs of lines, and how many of each there are."""

    paragraphs: tuple[tuple[str, ...], ...]
    words: int
    lines: int
    room: int

    @property
    def fits(self) -> bool:
        """Whether one side of the card holds it, paragraphs set apart by an indent rather than an empty line."""
        return self.lines <= self.room


def by_hand(text: str, card: CardStock) -> ByHand:
    """Break a text as a hand would on a card."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    width = card.characters // 2 if wide * 2 > len(text) else card.characters
    paragraphs = tuple(filter(None, (_broken(block, width) for block in text.split("\n\n"))))
    return ByHand(paragraphs, len(text.split()), sum(map(len, paragraphs)), card.lines)


def _broken(block: str, width: int) -> tuple[str, ...]:
    return tuple(line for written in block.splitlines() for line in textwrap.wrap(written, width))
