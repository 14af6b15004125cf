"""The one-time link that `rapport serve` prints, as a notebook server does."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models.member import Member


class SignInLink(models.Model):
    """A secret link that signs one member in, once. Only the digest (SHA-256, hex) of its token is stored."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.member}"
