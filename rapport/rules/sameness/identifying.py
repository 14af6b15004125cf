"""What says whose a card is, without regard to names."""

from __future__ import annotations

from rapport.rules.card import Card
from rapport.rules.sameness.keys import value_keys
from rapport.rules.sameness.traits import traits


def identifiers(card: Card) -> frozenset[str]:
    """Give the keys of what may identify somebody, of any mailbox, and the card's own identifier."""
    mails = (f"m:{email.strip().lower()}" for email in card.emails)
    return frozenset([*value_keys(traits(card)), *mails, *([f"u:{card.uid}"] if card.uid else [])])
