"""The card: contact data as a vCard holds it, the one currency for people between rooms."""

from rapport.rules.card.addresses import PostalAddress
from rapport.rules.card.card import Card
from rapport.rules.card.changes import SHOWN, Change, difference, joined, merged, news
from rapport.rules.card.dates import PartialDate, partial_date
from rapport.rules.card.editing import Editing, stated
from rapport.rules.card.identifying import identifiers
from rapport.rules.card.lines import Property

__all__ = [
    "SHOWN",
    "Card",
    "Change",
    "Editing",
    "PartialDate",
    "PostalAddress",
    "Property",
    "difference",
    "identifiers",
    "joined",
    "merged",
    "news",
    "partial_date",
    "stated",
]
