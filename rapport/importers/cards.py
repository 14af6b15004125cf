"""Files of vCards: every card with the line it begins in, damaged ones reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport.importers.findings import FoundCard, Place, Problem
from rapport.rules.card import Card
from rapport.rules.card.lines import decode, unfolded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapport.importers.octets import Line

CARD_LIMIT = 8 << 20  # bytes of one card, its photo included


def read_cards(file: str, lines: Iterable[Line]) -> Iterator[FoundCard | Problem]:
    """Give each card of a file; what is no card, cut off, too long or without a name is a Problem."""
    found = 0
    depth = 0
    begun = 0
    kept: list[bytes] = []
    size = 0
    for line in lines:
        word = line.octets[:12].strip().upper()
        if word == b"BEGIN:VCARD":
            depth += 1
            if depth == 1:
                begun, kept, size = line.number, [], 0
                found += 1
                continue
        elif word == b"END:VCARD" and depth:
            depth -= 1
            if not depth:
                yield _finding(file, begun, kept, size)
                continue
        if depth:
            size += len(line.octets)
            if size <= CARD_LIMIT:
                kept.append(line.octets)
        if line.is_cut:
            says = (
                "This line is longer than a megabyte. Its end was passed over; the rest of the file was read."
            )
            yield Problem(Place(file, line.number), says)
    if depth:
        says = "A card begins here and never ends (no END:VCARD): the file is cut off. Export it again and import it once more."
        yield Problem(Place(file, begun), says)
    elif not found:
        yield Problem(Place(file), "There is no card in this file (no line BEGIN:VCARD).")


def _finding(file: str, begun: int, kept: list[bytes], size: int) -> FoundCard | Problem:
    place = Place(file, begun)
    if size > CARD_LIMIT:
        return Problem(place, "This card is larger than 8 MB and was left out. Export it without its photo.")
    card = Card(decode(line) for line in _unfolded(kept))
    if not card.name:
        return Problem(place, "This card has neither a name nor an address and was left out. Give it a name.")
    return FoundCard(card, place)


def _unfolded(lines: list[bytes]) -> Iterator[bytes]:
    """Unfold before decoding, since a fold may part the octets of one letter."""
    # Latin-1 maps each octet to one letter and back, so that one rule of unfolding serves both
    texts = (line.decode("latin-1") for line in lines)
    for line in unfolded(texts):
        yield line.encode("latin-1")
