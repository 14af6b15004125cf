"""Photographed cards confirmed: into the book as any other card comes, as one batch."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rapport.accounts.models import Member
from rapport.importers.findings import FoundCard, Place
from rapport.intake.known import Known
from rapport.intake.models import Batch, Photograph
from rapport.intake.recognising import whom
from rapport.intake.settling import settle_findings
from rapport.people.models import Person
from rapport.rules.card import Card


def bring_in(photograph: Photograph, of_digest: str, card: Card, *, by: Member, at: datetime) -> Batch:
    """Bring in one card of a picture as the member confirms it; `of_digest` names the one that was proposed.

    Twice it comes in once: NotAllowed when it was confirmed already.
    """
    with transaction.atomic():
        photograph.settle(of_digest, by=by)
        return settle_findings(by, [FoundCard(card, Place(photograph.name))], at=at)


def known_by(member: Member, card: Card) -> Person | None:
    """Give whom of the book a card means, who would be brought up to date by it."""
    found = FoundCard(card, Place(""))
    return whom(card, Known(member, [], [found])) if card.name else None
