"""A photographed card as proposals: what its codes say, completed by what is printed, each to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapport.importers.photographs.codes import card_of
from rapport.importers.photographs.printed import MOST, Printed
from rapport.importers.photographs.reading import read_printed
from rapport.rules.card import Card, Editing, merged
from rapport.rules.card.names import taken_apart

NOTHING = (
    "Nobody is named on this picture, and no number or address is found. Take it again from above, in good light, "
    "the card alone and filling the picture; or type what you see."
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a picture is read as; `unread` are lines that fit no field, `remarks` say what was passed over."""

    cards: tuple[Card, ...]
    unread: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def propose(codes: Sequence[str], lines: Sequence[Printed], says: Sequence[str] = ()) -> Proposal:
    """Give the cards that a picture proposes, most often one.

    A code says its fields by name and has the word; what is printed beside it adds to it. Of several people in one
    picture, each with a code of their own, nobody can say whose the printed words are. `says` are sentences about
    what could not be read.
    """
    found = [(code, card_of(code)) for code in dict.fromkeys(codes)]
    remarks = [*says]
    remarks += [
        f"A code on it says “{code[:60]}”, which is nothing for a card."
        for code, card in found
        if card is None
    ]
    people = [_with_parts(card) for _, card in found if card is not None and card.every("FN")]
    nameless = [card for _, card in found if card is not None and not card.every("FN")]
    printed, unread = None, tuple(line.text for line in lines[:MOST])
    if len(lines) > MOST:
        remarks.append(
            f"There are {len(lines)} lines on it, too many for a card. Take a picture of the card alone."
        )
    elif len(people) > 1:
        remarks.append("Several people have a code on it. What is printed beside is left for you to sort.")
    else:
        printed, unread = read_printed(lines)
    cards = _together(people, nameless, printed)
    if not cards and not says:
        remarks.append(NOTHING)
    return Proposal(tuple(cards), unread, tuple(remarks))


def _together(people: list[Card], nameless: list[Card], printed: Card | None) -> list[Card]:
    if len(people) > 1:
        return people
    one = people[0] if people else None
    if printed is not None:
        one = merged(printed, one) if one else printed
    for more in nameless:
        one = merged(one, more) if one else Card([*more.lines])
    return [one] if one is not None else []


def _with_parts(card: Card) -> Card:
    """Take the name apart where a code says it as a whole: the parts that are printed beside it may be another's."""
    if card.every("N"):
        return card
    editing = Editing(card)
    editing.add("N", (*taken_apart(card.name), "", "", ""))
    return editing.card
