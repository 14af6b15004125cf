"""What the member said once: these two are not the same person."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.people.models.person import Person


class ToldApartQuerySet(models.QuerySet["ToldApart"]):
    """Pairs told apart."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(one__member=member)

    def of(self, person: Person) -> Self:
        """Those that one person is in."""
        return self.filter(Q(one=person) | Q(other=person))


class ToldApart(models.Model):
    """Two people who are not the same, the one that came first into the book as `one`."""

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    objects = ToldApartQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "told apart"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="told_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="told_apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} is not {self.other}"
