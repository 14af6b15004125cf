"""When a member's own card goes round to the books of the members it is shown to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models

from rapport.accounts.models import Member

_AGAIN = timedelta(days=1)
"""Who came to know whom meanwhile is found within a day; what the member changes goes round at once."""


class CardRoundQuerySet(models.QuerySet["CardRound"]):
    """Rounds to go."""

    def due(self, at: datetime) -> Self:
        """Those whose time has come."""
        return self.filter(due_at__lte=at, member__is_active=True)


class CardRound(models.Model):
    """One member's round; there is none while the card was never shown to other members."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="card_round")
    due_at = models.DateTimeField(db_index=True)

    objects = CardRoundQuerySet.as_manager()

    def __str__(self) -> str:
        return f"round of the card of {self.member}"

    @classmethod
    def ask(cls, member: Member, *, at: datetime) -> None:
        """Let the card go round as soon as the worker looks, also to take back what it does not show any more."""
        cls.objects.update_or_create(member=member, defaults={"due_at": at})

    @classmethod
    def again(cls, member: Member, *, at: datetime) -> None:
        """Let a card that goes round do so at once: spheres or lists are otherwise than before."""
        cls.objects.filter(member=member).update(due_at=at)

    def claim(self, at: datetime) -> bool:
        """Take the round on, and plan the next; False when another worker has, or it is not due any more."""
        mine = CardRound.objects.filter(pk=self.pk, due_at=self.due_at, due_at__lte=at)
        return bool(mine.update(due_at=at + _AGAIN))
