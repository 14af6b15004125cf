"""The secret address of a member's calendar feed."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models, transaction

from rapport.accounts.models import Member, SealedLink
from rapport.journal.models import record


class Feed(SealedLink):
    """One member's feed.

    Sealed, because a feed is set up again on every new phone, for years, and a member who cannot read the address
    again would have to renew it and so break all the others.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="feed")

    def __str__(self) -> str:
        return f"calendar feed of {self.member}"

    @classmethod
    def make(cls, member: Member, *, at: datetime) -> Self:
        """Give the member a feed with a new address; an older address is no more."""
        with transaction.atomic():
            made, is_first = cls.renew(member, at=at)
            says = f"Your calendar feed has {'an' if is_first else 'a new'} address."
            record(member, "feed.made", says, made, at=at)
        return made

    def remove(self, *, by: Member, at: datetime) -> None:
        """Let the address open nothing any more."""
        with transaction.atomic():
            record(by, "feed.removed", "Your calendar feed is no more.", self, at=at)
            self.delete()
