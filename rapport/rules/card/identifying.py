"""What says whose a card is, without regard to names."""

from __future__ import annotations

from rapport.rules.card.card import Card
from rapport.rules.profiles import normalised

_PHONE_COMPARED = 9


def identifiers(card: Card) -> frozenset[str]:
    """Give the addresses, telephones (their last nine digits), web pages and the identifier that a card states."""
    phones = ("".join(sign for sign in phone if sign.isdigit())[-_PHONE_COMPARED:] for phone in card.phones)
    stated = {
        "mail": (email.strip().lower() for email in card.emails),
        "phone": phones,
        "page": map(normalised, card.urls),
        "uid": (card.uid,),
    }
    return frozenset(f"{kind}:{text}" for kind, texts in stated.items() for text in texts if text)
