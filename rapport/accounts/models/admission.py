"""An administrator's word that an address may sign up: sign-up is closed to everybody else."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models.member import Member


class Admission(models.Model):
    """Somebody who may join; only the digest (SHA-256, hex) of the link's token is stored."""

    email = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)
    admitted_by = models.ForeignKey(Member, models.CASCADE, null=True, related_name="admissions")
    admitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.email
