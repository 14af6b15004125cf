"""Files of vCards: every card with the line it begins in, damaged ones reported."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapport.importers.findings import FoundCard, Place, Problem
from rapport.rules.card import Card
from rapport.rules.card.folding import decoded_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapport.importers.octets import Line

_MARKS = (b"B", b"b", b"E", b"e")  # begin and end
CARD_LIMIT = 8 << 20  # bytes of one card, its photo included
_OF_A_LINE = 8  # as much memory as a line takes besides: millions of empty ones are no card


@dataclass(slots=True)
class _Open:
    """The card that is being read: where it began and what it holds so far."""

    begun: int = 0
    depth: int = 0
    size: int = 0
    lines: list[bytes] = field(default_factory=list)

    def takes(self, line: Line) -> bool:
        """Take in a line; True when it closes the card."""
        octets, ends = line.octets, False
        # inside a card a leading blank folds a text, which may say END:VCARD
        start = octets if self.depth else octets.lstrip()
        if start.startswith(_MARKS):
            word = start[:12].rstrip().upper()
            if word == b"BEGIN:VCARD":
                self.depth += 1
                if self.depth == 1:
                    self.begun, self.size, self.lines = line.number, 0, []
                    return False
            elif word == b"END:VCARD" and self.depth:
                self.depth -= 1
                ends = not self.depth
        if self.depth:
            self.size += len(octets) + _OF_A_LINE
            if self.size <= CARD_LIMIT:
                self.lines.append(octets)
        return ends


def read_cards(file: str, lines: Iterable[Line]) -> Iterator[FoundCard | Problem]:
    """Give each card of a file; what is no card, cut off, too long or without a name is a Problem."""
    card = _Open()
    for line in lines:
        if card.takes(line):
            yield _finding(file, card.begun, card.lines, card.size)
        if line.is_cut:
            says = "This line is longer than a megabyte. Its end was passed over; the rest was read."
            yield Problem(Place(file, line.number), says)
    if card.depth:
        says = (
            "A card begins here and never ends (no END:VCARD): the file is cut off. "
            "Export it again and import it once more."
        )
        yield Problem(Place(file, card.begun), says)
    elif not card.begun:
        yield Problem(Place(file), "There is no card in this file (no line BEGIN:VCARD).")


def _finding(file: str, begun: int, kept: list[bytes], size: int) -> FoundCard | Problem:
    place = Place(file, begun)
    if size > CARD_LIMIT:
        return Problem(place, "This card is larger than 8 MB and was left out. Export it without its photo.")
    card = Card(decoded_lines(b"\n".join(kept)))
    if not card.name:
        return Problem(place, "This card has neither a name nor an address and was left out. Give it a name.")
    return FoundCard(card, place)
