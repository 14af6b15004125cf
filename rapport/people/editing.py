"""What a member writes about a person by a form: the card and what stands beside it, as one edit with one undo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from rapport.accounts.models import Member
from rapport.people.models import CardRevision, CardRound, Person
from rapport.people.models.card_revision import digest
from rapport.rules.card import Card
from rapport.rules.card.history import applied, edit_between

SOURCE = "what you typed"
NOTED = ("how_met", "notes", "is_professional", "is_social")
"""The columns that are the member's own words and sorting: they are on no card."""


def edit(
    person: Person,
    card: Card,
    *,
    of: Card,
    by: Member,
    at: datetime,
    noted: Mapping[str, Any] | None = None,
) -> CardRevision | None:
    """Let a person be as the member says; None when nothing is changed.

    `card` is what was made of the card `of`, which the form showed. Only what is different between the two changes:
    what a source said meanwhile stays, and so does every property that no form knows. What was taken out or typed
    over stays out whatever sources say again, until it is typed in again or the edit is undone
    (`CardRevision.undo`). `noted` are columns of NOTED with what they are to hold. One journal entry tells of it all.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        standing = person.current_card
        changed = edit_between(of, card)
        beside = {
            name: [getattr(person, name), value]
            for name, value in (noted or {}).items()
            if name in NOTED and getattr(person, name) != value
        }
        fresh = applied(standing, changed) if changed else standing
        if fresh == standing and not beside:
            return None
        revision = person.revisions.create(
            source=SOURCE,
            given=card.text(),
            digest=digest(card),
            before=standing.text(),
            after=fresh.text(),
            absorbed_at=at,
            is_edit=True,
            edit=changed,
            noted=beside,
        )
        for name, (_before, after) in beside.items():
            setattr(person, name, after)
        person.show(fresh, by=by, at=at, verb="person.edited", beside=beside, edit=revision)
        CardRound.again(person.member, at=at)
    return revision


def shown_card(person: Person, of_digest: str) -> Card | None:
    """Give the card that a form showed, by its digest; None when it is in nobody's memory any more."""
    if digest(person.current_card) == of_digest:
        return person.current_card
    texts = person.revisions.order_by("-pk").values_list("after", "before")
    cards = (Card.parse(text) for pair in texts for text in pair if text)
    return next((card for card in cards if digest(card) == of_digest), None)
