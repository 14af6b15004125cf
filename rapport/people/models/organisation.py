"""Where people work."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models import Member


class Organisation(models.Model):
    """An organisation in a member's book; `country` is an ISO 3166 code, `sector` a free word."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="organisations")
    name = models.CharField(max_length=300)
    domain = models.CharField(max_length=255, blank=True)
    country = models.CharField(max_length=2, blank=True)
    sector = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "name"], name="one_organisation_once_a_member")
        ]

    def __str__(self) -> str:
        return self.name
