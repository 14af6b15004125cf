"""An administrator's word that an address may sign up: sign-up is closed to everybody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models, transaction

from rapport.accounts.models.member import Member
from rapport.accounts.secret_link import LinkRefused, digest_of, new_token

LASTS = timedelta(days=14)
"""How long an admission waits to be accepted: a holiday, not a season."""


class AlreadyMember(Exception):
    """The address has an account already; carries the sentence to show."""


class Admission(models.Model):
    """Somebody who may join; only the digest (SHA-256, hex) of the link's token is stored.

    `admitted_by` is None when the word came from the server's own command line.
    """

    email = models.EmailField()
    digest = models.CharField(max_length=64, unique=True)
    as_administrator = models.BooleanField(default=False)
    admitted_by = models.ForeignKey(Member, models.CASCADE, null=True, related_name="admissions")
    admitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.email

    @classmethod
    def admit(cls, email: str, *, by: Member | None, at: datetime, as_administrator: bool = False) -> str:
        """Let `email` join and give the token of the link; an older link for the same address ends.

        Raises AlreadyMember.
        """
        email = email.strip().lower()
        if Member.objects.filter(email=email).exists():
            raise AlreadyMember(f"{email} is a member already. Give them a link for a new password instead.")
        token = new_token()
        with transaction.atomic():
            cls.objects.filter(email=email, accepted_at=None).delete()
            cls.objects.create(
                email=email,
                digest=digest_of(token),
                as_administrator=as_administrator,
                admitted_by=by,
                admitted_at=at,
            )
        return token

    @classmethod
    def open_at(cls, token: str, *, at: datetime) -> Self:
        """Give the admission that `token` opens. Raises LinkRefused."""
        admission = cls.objects.filter(
            digest=digest_of(token), accepted_at=None, admitted_at__gt=at - LASTS
        ).first()
        if admission is None:
            raise LinkRefused("This invitation is used up or older than two weeks. Ask for a new one.")
        return admission

    @classmethod
    def waiting(cls, *, at: datetime) -> models.QuerySet[Self]:
        """Give those that may still be accepted, the newest first."""
        return cls.objects.filter(accepted_at=None, admitted_at__gt=at - LASTS).order_by("-admitted_at")

    def accept(self, *, name: str, password: str, time_zone: str, at: datetime) -> Member:
        """Make the account. Of two that press at the same moment, one gets LinkRefused."""
        with transaction.atomic():
            if not Admission.objects.filter(pk=self.pk, accepted_at=None).update(accepted_at=at):
                raise LinkRefused(
                    "This invitation was used a moment ago. Sign in with the password chosen then."
                )
            return Member.objects.create_user(
                self.email,
                password,
                name=name,
                time_zone=time_zone,
                joined_at=at,
                is_administrator=self.as_administrator,
            )
