"""What one shows a colleague of somebody's card: a name, and how they are reached at work."""

from __future__ import annotations

from rapport.rules.card.card import Card
from rapport.rules.card.editing import Editing
from rapport.rules.card.reach import PHONES, professional

_MOST = 2  # numbers, and addresses: a code with more becomes too fine for a telephone's camera
_LONGEST = 120  # characters of one value


def to_pass_on(card: Card) -> Card:
    """Give a small vCard 3.0, which every telephone reads: name, organisation, numbers and mails of business."""
    of_business = professional(card)
    editing = Editing(Card(["VERSION:3.0"]))
    family, given = card.family_name[:_LONGEST], card.given_name[:_LONGEST]
    editing.add("N", (family, given or ("" if family else card.name[:_LONGEST]), "", "", ""))
    editing.add("FN", card.name[:_LONGEST])
    if card.organisation:
        editing.add("ORG", (card.organisation[:_LONGEST],))
    reached = [phone for phone in PHONES.of(of_business) if phone.kind != "fax"]
    result = PHONES.edited(editing.card, reached[:_MOST])
    editing = Editing(result)
    for mail in of_business.emails[:_MOST]:
        editing.add("EMAIL", mail[:_LONGEST])
    return editing.card
