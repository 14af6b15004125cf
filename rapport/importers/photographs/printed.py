"""The lines of a photographed card as they were read, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MOST = 120
"""Lines that are read of one picture; a card has a dozen, a menu fifty."""

_LONGEST = 200  # characters of a line
_UNSURE = 0.6  # below it, a line is more likely a logo or a shadow than words
_GAP = 1.8  # heights of a line between two of one block
_UPRIGHT = 1.5  # times as high as wide: a line of a card that lies on its side


class Printed(NamedTuple):
    """One line: its words, its box in pixels from the upper left corner, and how sure its reader is, from 0 to 1."""

    text: str
    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    sure: float = 1

    @property
    def height(self) -> float:
        """How high its letters are, in pixels; also of a line that stands on end."""
        return min(self.bottom - self.top, self.right - self.left)


def in_order(lines: Sequence[Printed]) -> list[Printed]:
    """Give the lines that are words, block by block from the top, what stands side by side in a row together.

    Lines without a place keep their order.
    """
    words = [
        line._replace(text=" ".join(line.text.split())[:_LONGEST])
        for line in lines[:MOST]
        if line.sure >= _UNSURE and line.text.strip()
    ]
    if sum(line.bottom - line.top > _UPRIGHT * (line.right - line.left) for line in words) > len(words) / 2:
        words = [_on_its_side(line) for line in words]
    blocks: list[list[Printed]] = []
    for line in sorted(words, key=lambda line: (line.top, line.left)):
        above = next((block for block in reversed(blocks) if _is_below(line, block[-1])), None)
        if above is None:
            blocks.append([line])
        else:
            above.append(line)
    return _in_rows([line for block in blocks for line in block])


def _on_its_side(line: Printed) -> Printed:
    return line._replace(left=line.top, right=line.bottom, top=line.left, bottom=line.right)


def _is_below(line: Printed, other: Printed) -> bool:
    """Whether a line belongs to the block that ends with another: under it, and not far."""
    if not line.height or not other.height:
        return True
    overlaps = line.left < other.right and other.left < line.right
    return overlaps and line.top - other.bottom < _GAP * max(line.height, other.height)


def _in_rows(lines: list[Printed]) -> list[Printed]:
    """Put a word that ends with a colon, or a lone sign before a number, together with what stands right of it."""
    rows: list[Printed] = []
    taken: set[int] = set()
    for number, line in enumerate(lines):
        if number in taken:
            continue
        beside = [
            other
            for other, right in enumerate(lines)
            if other != number and other not in taken and _is_label_of(line, right)
        ]
        if beside:
            nearest = min(beside, key=lambda other: lines[other].left)
            taken.add(nearest)
            right = lines[nearest]
            line = line._replace(text=f"{line.text} {right.text}", right=right.right)  # noqa: PLW2901  one row now
        rows.append(line)
    return [line for line in rows if not any(line is lines[number] for number in taken)]


def _is_label_of(line: Printed, right: Printed) -> bool:
    if not line.height or line.right > right.left + line.height:
        return False
    middle = (line.top + line.bottom) / 2
    is_short = len(line.text) <= 2 or line.text.endswith((":", "."))  # noqa: PLR2004  M, T, 电话
    return is_short and right.top < middle < right.bottom and right.text[:1] in "+(0123456789"
