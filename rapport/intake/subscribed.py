"""What came from a subscribed address: the one card that is this person's, whatever else stands there."""

from __future__ import annotations

from io import BytesIO

from rapport.importers.cards import read_cards
from rapport.importers.findings import FoundCard
from rapport.importers.octets import Octets
from rapport.importers.pictures import NoPicture, portrait
from rapport.rules.card import Card
from rapport.rules.card.photos import photo_of, with_photo

_MOST = 500
"""Cards of one address that are looked at."""

_SMALL = 64 << 10  # bytes of a photo that stays as it is


class NotTheirs(Exception):
    """There is no card of this person; carries the sentence for the member."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def their_card(octets: bytes, host: str, standing: Card, before: Card | None) -> Card:
    """Give the card that is somebody's, who is known by `standing` and by what the address said `before`.

    One card alone is theirs: the member said whose address it is. Of several it is the one of the same identifier,
    address or name. A large photo is made small, as one that the member chooses is. Raises NotTheirs.
    """
    return _with_small_photo(_theirs(octets, host, standing, before))


def _theirs(octets: bytes, host: str, standing: Card, before: Card | None) -> Card:
    cards: list[Card] = []
    says = ""
    for found in read_cards(host, Octets(BytesIO(octets)).lines()):
        if isinstance(found, FoundCard) and len(cards) < _MOST:
            cards.append(found.card)
        elif not isinstance(found, FoundCard):
            says = says or found.says
    if len(cards) == 1 and not says:
        return cards[0]
    if not cards:
        raise NotTheirs(f"{host} has no card that can be read. {says}".strip())
    theirs = [card for card in cards if _is_of(card, standing, before)]
    if len(theirs) != 1:
        raise NotTheirs(f"{host} has {len(cards)} cards at this address, and which is theirs cannot be told.")
    return theirs[0]


def _with_small_photo(card: Card) -> Card:
    photo = photo_of(card)
    if photo is None or len(photo.octets) <= _SMALL:
        return card
    try:
        return with_photo(card, portrait(photo.octets))
    except NoPicture:
        return with_photo(card, None)


def _is_of(card: Card, standing: Card, before: Card | None) -> bool:
    if before is not None and before.uid:
        return card.uid == before.uid
    mine = {email.lower() for email in standing.emails}
    theirs = {email.lower() for email in card.emails}
    return bool(mine & theirs) if mine and theirs else card.name.casefold() == standing.name.casefold()
