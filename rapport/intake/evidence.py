"""What the evidence of its cards tells a batch: whom of the book they certainly mean, and which are of one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from types import ModuleType

from rapport.accounts.models import Member
from rapport.people.models import Person
from rapport.people.models.card_revision import digest
from rapport.rules.card import Card


class Evidence:
    """Cards that came with nothing by which somebody stands in the book, compared by telephone, name and the rest."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self._in_book: dict[str, Person] = {}
        self._one: dict[str, int] = {}
        self._people: dict[int, Person] = {}
        self._because: dict[str, tuple[str, ...]] = {}

    def look_up(self, cards: Sequence[Card]) -> None:
        """Look cards up in the book; a name alone leads nobody anywhere."""
        if not cards or not Person.objects.seen_by(self._member).exists():
            return
        found = _comparing().certain(self._member, cards)
        people = Person.objects.select_related("organisation", "member").in_bulk(
            {one.person for one in found.values()}
        )
        self._in_book = {text: people[one.person] for text, one in found.items()}
        self._because |= {text: one.judgement.because for text, one in found.items()}

    def put_together(self, cards: Iterable[Card]) -> None:
        """Compare the cards of the batch with each other."""
        reached = [card for card in cards if card.phones]
        if len(reached) < 2:  # noqa: PLR2004  (it takes two to be one)
            return
        for number, (same, because) in enumerate(_comparing().together(self._member, reached)):
            for card in same:
                self._one[digest(card)] = number
                self._because.setdefault(digest(card), because)

    def marks(self, card: Card) -> set[str]:
        """Give by what `whom` would know another card of the batch as the same person's."""
        number = self._one.get(digest(card)) if self._one else None
        return set() if number is None else {f"one person, the {number}"}

    def whom(self, card: Card) -> Person | None:
        """Give the one person that a card certainly means; None where two are as certain, or something contradicts."""
        if not self._in_book and not self._people:
            return None
        text = digest(card)
        in_book, in_batch = self._in_book.get(text), self._people.get(self._one.get(text, -1))
        found = in_book or in_batch
        if found is None or (in_book and in_batch and in_book != in_batch):
            return None
        return None if found is in_batch and contradicts(card, found) else found

    def because(self, card: Card) -> str:
        """Give the reasons why a card means whom it means, as sentences."""
        return " ".join(self._because.get(digest(card), ()))

    def learn(self, card: Card, person: Person) -> None:
        """Know from now on who it is that stands on several cards."""
        if self._one and (number := self._one.get(digest(card))) is not None:
            self._people.setdefault(number, person)

    def remember(self) -> None:
        """Let the next import find again whom this one recognised: a card that said nothing new is kept nowhere."""
        if self._people:
            _comparing().write_keys_of(self._member, [person.pk for person in self._people.values()])


def contradicts(card: Card, person: Person) -> bool:
    """Whether a card cannot be that of somebody whom it seems to mean."""
    return bool(_comparing().contradicts(card, person))


def _comparing() -> ModuleType:
    return import_module("rapport.intake.comparing")
