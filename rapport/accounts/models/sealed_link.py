"""A secret address that its owner can read again: found by its digest, kept sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models

from rapport.accounts.models.member import Member
from rapport.accounts.secret_link import digest_of, new_token
from rapport.accounts.vault import seal, unseal


class SealedLink(models.Model):
    """One member's address of a kind, found by `digest` (SHA-256, hex) of its token; there is none until it is made.

    The token is kept sealed, with a key outside the database: its owner can show it again, and a stolen copy of the
    database opens nothing. A link that is used once keeps no more than the digest.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="%(class)s")
    digest = models.CharField(max_length=64, unique=True)
    sealed_token = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    @classmethod
    def renew(cls, member: Member, *, at: datetime) -> tuple[Self, bool]:
        """Give the member a new address, and whether it is their first; an older one opens nothing any more."""
        token = new_token()
        new = {"digest": digest_of(token), "sealed_token": seal(token), "made_at": at}
        return cls._default_manager.update_or_create(member=member, defaults=new)

    @classmethod
    def holder(cls, token: str) -> Member | None:
        """Give the member whose address has the token; None when it opens nothing."""
        links = cls._default_manager.filter(digest=digest_of(token), member__is_active=True)
        link = links.select_related("member").first()
        return link.member if link else None

    @property
    def token(self) -> str:
        """The secret part of the address; raises `vault.Unreadable`."""
        return unseal(self.sealed_token)
