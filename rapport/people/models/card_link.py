"""The link of a member's own card: anyone who has it sees what is shown to anyone with the link."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.accounts.secret_link import digest_of, new_token
from rapport.accounts.vault import seal, unseal
from rapport.journal.models import record


class CardLink(models.Model):
    """One member's link, found by `digest` (SHA-256, hex) of its token; there is none until it is made.

    The token is kept sealed, so that its owner can show it again, and its QR code; a copy of the database opens none.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="card_link")
    digest = models.CharField(max_length=64, unique=True)
    sealed_token = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link to the card of {self.member}"

    @classmethod
    def make(cls, member: Member, *, at: datetime) -> Self:
        """Give the card a new link; an older one opens nothing any more."""
        token = new_token()
        new = {"digest": digest_of(token), "sealed_token": seal(token), "made_at": at}
        with transaction.atomic():
            made, is_first = cls.objects.update_or_create(member=member, defaults=new)
            says = (
                "Your card has a link."
                if is_first
                else "Your card has a new link; the old one opens nothing."
            )
            record(member, "card.linked", says, made, at=at)
        return made

    @classmethod
    def holder(cls, token: str) -> Member | None:
        """Give the member whose card the token opens; None when it opens nothing."""
        found = cls.objects.filter(digest=digest_of(token), member__is_active=True).select_related("member")
        link = found.first()
        return link.member if link else None

    @property
    def token(self) -> str:
        """The secret part of the address; raises `vault.Unreadable`."""
        return unseal(self.sealed_token)

    def remove(self, *, by: Member, at: datetime) -> None:
        """Let the link open nothing any more."""
        with transaction.atomic():
            record(by, "card.unlinked", "The link to your card opens nothing any more.", self, at=at)
            self.delete()
