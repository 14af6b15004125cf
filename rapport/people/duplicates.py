"""Who of a book may be one person: the whole book, grouped by the evidence of the cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapport.accounts.models import Member
from rapport.people.models import Person
from rapport.rules.card import Card
from rapport.rules.sameness import groups, traits


@dataclass(frozen=True, slots=True)
class Duplicates:
    """People who may be one; `verdict` is same or maybe, `because` the reasons as sentences."""

    people: tuple[Person, ...]
    verdict: str
    because: tuple[str, ...]


def duplicates(member: Member) -> list[Duplicates]:
    """Group a member's whole book; each group is one proposed person.

    Cards are read one after the other: only what is compared of each is held in memory.
    """
    keys: list[int] = []
    book = []
    people = Person.objects.seen_by(member).order_by("pk").values_list("pk", "card")
    for key, card in people.iterator(chunk_size=500):
        keys.append(key)
        book.append(traits(_parsed(card), member.country))
    found = groups(book)
    shown = _in_bulk([keys[place] for group in found for place in group.places])
    return [
        Duplicates(tuple(shown[keys[place]] for place in group.places), group.verdict, group.because)
        for group in found
    ]


def _in_bulk(keys: Sequence[int]) -> dict[int, Person]:
    """Load people by their keys in parts: SQLite takes a limited number of them at once."""
    found: dict[int, Person] = {}
    for start in range(0, len(keys), 500):
        found |= Person.objects.select_related("organisation").in_bulk(list(keys[start : start + 500]))
    return found


def _parsed(card: str) -> Card:
    return Card.parse(card) if card else Card(())
