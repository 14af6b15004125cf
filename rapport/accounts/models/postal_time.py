"""How long a member's letters take from one country to another, where they know better than the usual figure."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models

from rapport.accounts.models.member import Member
from rapport.rules.countries import country_names

_LONGEST = 60
"""Working days: three months, longer than any post takes that still takes letters."""


class PostalTime(models.Model):
    """Working days of the destination that a letter takes; `sender` and `destination` are ISO 3166 codes."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="postal_times")
    sender = models.CharField(max_length=2)
    destination = models.CharField(max_length=2)
    working_days = models.PositiveSmallIntegerField(validators=[MaxValueValidator(_LONGEST)])

    class Meta:
        ordering = ["sender", "destination"]
        constraints = [
            models.UniqueConstraint(fields=["member", "sender", "destination"], name="one_postal_time_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.sender} to {self.destination}: {self.working_days} working days"

    @property
    def sender_name(self) -> str:
        """Where letters set out, in words."""
        return country_names().get(self.sender, self.sender)

    @property
    def destination_name(self) -> str:
        """Where letters go, in words."""
        return country_names().get(self.destination, self.destination)
