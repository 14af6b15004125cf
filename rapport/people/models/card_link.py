"""The link of a member's own card: anyone who has it sees what is shown to anyone with the link."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models, transaction

from rapport.accounts.models import Member, SealedLink
from rapport.journal.models import record


class CardLink(SealedLink):
    """One member's link; sealed, so that its owner can show it again, and its QR code."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="card_link")

    def __str__(self) -> str:
        return f"link to the card of {self.member}"

    @classmethod
    def make(cls, member: Member, *, at: datetime) -> Self:
        """Give the card a new link; an older one opens nothing any more."""
        with transaction.atomic():
            made, is_first = cls.renew(member, at=at)
            new = "Your card has a new link; the old one opens nothing."
            record(member, "card.linked", "Your card has a link." if is_first else new, made, at=at)
        return made

    def remove(self, *, by: Member, at: datetime) -> None:
        """Let the link open nothing any more."""
        with transaction.atomic():
            record(by, "card.unlinked", "The link to your card opens nothing any more.", self, at=at)
            self.delete()
