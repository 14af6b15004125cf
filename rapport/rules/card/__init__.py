"""The card: contact data as a vCard holds it, the one currency for people between rooms."""

from rapport.rules.card.addresses import PostalAddress
from rapport.rules.card.card import Card
from rapport.rules.card.changes import Change, difference, merged
from rapport.rules.card.lines import Property

__all__ = ["Card", "Change", "PostalAddress", "Property", "difference", "merged"]
