"""One-time links: the one that `rapport serve` prints on a laptop, and the one for a forgotten password."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction

from rapport.accounts.models.member import Member
from rapport.accounts.secret_link import LinkRefused, digest_of, new_token


class Purpose(models.TextChoices):
    """What a link is for; a link for one purpose does not serve another."""

    SIGN_IN = "sign_in"
    NEW_PASSWORD = "new_password"  # noqa: S105  the name of a purpose, not a password


LASTS = {Purpose.SIGN_IN: timedelta(hours=1), Purpose.NEW_PASSWORD: timedelta(days=2)}
"""A laptop's owner clicks at once; a member gets the other one through a person."""


class SignInLink(models.Model):
    """A secret link for one member, once. Only the digest (SHA-256, hex) of its token is stored."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="sign_in_links")
    purpose = models.CharField(max_length=16, choices=Purpose.choices, default=Purpose.SIGN_IN)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.member}"

    @classmethod
    def give(cls, member: Member, *, at: datetime, purpose: Purpose = Purpose.SIGN_IN) -> str:
        """Make a link and give its token; links that have expired are swept away."""
        token = new_token()
        with transaction.atomic():
            cls.objects.filter(member=member, expires_at__lte=at).delete()
            cls.objects.create(
                member=member, purpose=purpose, digest=digest_of(token), expires_at=at + LASTS[purpose]
            )
        return token

    @classmethod
    def holder(cls, token: str, *, at: datetime, purpose: Purpose = Purpose.SIGN_IN) -> Member:
        """Give the member whose link this is, without using it up. Raises LinkRefused."""
        link = cls.objects.filter(cls._open(token, at, purpose)).select_related("member").first()
        if link is None:
            raise LinkRefused("This link was used before or is too old. Ask for a new one.")
        return link.member

    @classmethod
    def use(cls, token: str, *, at: datetime, purpose: Purpose = Purpose.SIGN_IN) -> Member:
        """Use the link up and give its member: of two that come at the same moment, one gets LinkRefused.

        A new password ends the member's other links for one, too.
        """
        member = cls.holder(token, at=at, purpose=purpose)
        with transaction.atomic():
            # One table only: an update that joins another asks PostgreSQL a subquery, which does not see that
            # the row it waited for was used meanwhile.
            if not cls.objects.filter(digest=digest_of(token), used_at=None).update(used_at=at):
                raise LinkRefused("This link was used a moment ago. Ask for a new one.")
            if purpose == Purpose.NEW_PASSWORD:
                cls.objects.filter(member=member, purpose=purpose, used_at=None).update(used_at=at)
        return member

    @staticmethod
    def _open(token: str, at: datetime, purpose: Purpose) -> models.Q:
        return models.Q(
            digest=digest_of(token),
            purpose=purpose,
            used_at=None,
            expires_at__gt=at,
            member__is_active=True,
        )
