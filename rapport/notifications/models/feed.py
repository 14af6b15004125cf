"""The secret address of a member's calendar feed."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.accounts.secret_link import digest_of, new_token
from rapport.accounts.vault import seal, unseal
from rapport.journal.models import record


class Feed(models.Model):
    """One member's feed. It is found by `digest` (SHA-256, hex) of its token.

    The token itself is kept sealed, unlike that of a one-time link: a feed is set up again on every new phone, for
    years, and a member who cannot read the address again would have to renew it and so break all the others.
    Sealed with a key outside the database, a stolen copy of the database opens no feed.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="feed")
    digest = models.CharField(max_length=64, unique=True)
    sealed_token = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar feed of {self.member}"

    @classmethod
    def make(cls, member: Member, *, at: datetime) -> Self:
        """Give the member a feed with a new address; an older address is no more."""
        token = new_token()
        new = {"digest": digest_of(token), "sealed_token": seal(token), "made_at": at}
        with transaction.atomic():
            made, is_first = cls.objects.update_or_create(member=member, defaults=new)
            says = (
                "Your calendar feed has an address." if is_first else "Your calendar feed has a new address."
            )
            record(member, "feed.made", says, made, at=at)
        return made

    @classmethod
    def holder(cls, token: str) -> Member | None:
        """Give the member whose feed the token opens; None when it opens nothing."""
        found = cls.objects.filter(digest=digest_of(token), member__is_active=True).select_related("member")
        feed = found.first()
        return feed.member if feed else None

    @property
    def token(self) -> str:
        """The secret part of the address; raises `vault.Unreadable`."""
        return unseal(self.sealed_token)

    def remove(self, *, by: Member, at: datetime) -> None:
        """Let the address open nothing any more."""
        with transaction.atomic():
            record(by, "feed.removed", "Your calendar feed is no more.", self, at=at)
            self.delete()
