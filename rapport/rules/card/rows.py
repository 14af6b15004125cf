"""A card as the rows of a form: read in their order, changed a row at a time, all else left as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapport.rules.card.card import Card
from rapport.rules.card.editing import Editing

P = TypeVar("P")
V = TypeVar("V")


def _never(_standing: object, _said: object) -> bool:
    return False


def _itself(value: object) -> object:
    return value


@dataclass(frozen=True, slots=True)
class Rows(Generic[P, V]):
    """One kind of row, such as telephone numbers.

    `read` gives every row of a card with its place, `put` says one at its place, or anew at none, and `remove` takes
    one out. `moves` tells that what is said cannot stand where the row stands, so it is taken out there and put anew.
    `says` gives what tells a new row from one that stands already.
    """

    read: Callable[[Card], Sequence[tuple[P, V]]]
    put: Callable[[Editing, P | None, V], None]
    remove: Callable[[Editing, P], None]
    moves: Callable[[V, V], bool] = _never
    says: Callable[[V], object] = _itself

    def of(self, card: Card) -> list[V]:
        """Give the rows as the card states them, in its order."""
        return [value for _, value in self.read(card)]

    def edited(self, card: Card, said: Sequence[V | None]) -> Card:
        """Give the card with its rows as said: as many as it has, in their order, then new ones. None is no row.

        A row that is said as it stands is not touched, however it was written. A new one that says what another says
        is said once.
        """
        standing = self.of(card)
        new = list(said[len(standing) :])
        for number in reversed(range(len(standing))):
            # From the last, so that the rows above keep their number.
            value = said[number]
            if value == standing[number]:
                continue
            if value is not None and self.moves(standing[number], value):
                new.insert(0, value)
                value = None
            card = self._with(card, self.read(card)[number][0], value)
        for value in new:
            if value is not None and self.says(value) not in map(self.says, self.of(card)):
                card = self._with(card, None, value)
        return card

    def _with(self, card: Card, place: P | None, value: V | None) -> Card:
        editing = Editing(card)
        if value is not None:
            self.put(editing, place, value)
        elif place is not None:
            self.remove(editing, place)
        return editing.card
