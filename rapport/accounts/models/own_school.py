"""A school that a member wrote, usually a copy of one that ships."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models.member import Member


class OwnSchool(models.Model):
    """A member's own set of norms; `norms` is a list of tables as a school's TOML file holds them."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="own_schools")
    identifier = models.SlugField(max_length=64)
    name = models.CharField(max_length=200)
    opinion = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    copied_from = models.CharField(max_length=64, blank=True)
    norms = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "identifier"], name="one_own_school_once_a_member")
        ]

    def __str__(self) -> str:
        return self.name
