"""Asking one person for their details, by a link that the member hands over themselves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.accounts.secret_link import digest_of, new_token
from rapport.accounts.vault import seal, unseal
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record
from rapport.people.models.email_address import EmailAddress
from rapport.people.models.left_alone import LeftAlone
from rapport.people.models.person import Person
from rapport.people.models.source import Kind, Source
from rapport.rules.card import Card
from rapport.rules.card.hearing import ASKED, lines_of

LASTS = timedelta(days=30)
"""How long a link can be answered, and how long nobody is asked a second time."""


class DetailsRequestQuerySet(models.QuerySet["DetailsRequest"]):
    """Requests of a book."""

    def seen_by(self, member: Member) -> Self:
        """Those to the member's own people."""
        return self.filter(person__member=member, person__merged_into=None)

    def standing(self, at: datetime) -> Self:
        """Those for which nobody is asked again: the link was neither answered nor is it too old."""
        return self.filter(answered_at=None, expires_at__gt=at)


class DetailsRequest(models.Model):
    """One person asked once. `digest` (SHA-256, hex) finds it by its token, which is kept sealed for the member.

    `shown` is the card, of what the member chose alone, that the person is asked to confirm: the page behind the link
    shows nothing else. There is no way to ask several people, and nothing here sends anything.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="details_requests")
    digest = models.CharField(max_length=64, unique=True)
    sealed_token = models.TextField()
    shown = models.TextField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    objects = DetailsRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"request to {self.person}"

    @classmethod
    def make(cls, person: Person, fields: Collection[str], *, by: Member, at: datetime) -> DetailsRequest:
        """Make the link for one person; `fields` (of `hearing.ASKED`) are what they are shown to be confirmed.

        NotAllowed while a link to them, or to somebody of the same address in this book, waits for an answer, and
        for good when they said that they are not to be asked.
        """
        if unknown := set(fields) - set(ASKED):
            raise NotAllowed(f"{min(unknown)} is nothing that a card shows: it is one of {', '.join(ASKED)}.")
        with transaction.atomic():
            person = Person.objects.select_for_update().get(pk=person.pk)
            cls._refuse(person, by, at)
            token = new_token()
            made = cls.objects.create(
                person=person,
                digest=digest_of(token),
                sealed_token=seal(token),
                shown=_chosen(person.current_card, fields).text(),
                made_at=at,
                expires_at=at + LASTS,
            )
            says = f"You made a link that asks {person} for their details."
            record(by, "details.asked", says, person, made, at=at)
        return made

    @classmethod
    def _refuse(cls, person: Person, by: Member, at: datetime) -> None:
        addresses = list(person.emails.values_list("email", flat=True))
        same = EmailAddress.objects.filter(person__member=by, email__in=addresses).values("person")
        theirs = cls.objects.filter(Q(person=person) | Q(person__in=same))
        if LeftAlone.covers(addresses) or theirs.exclude(refused_at=None).exists():
            raise NotAllowed(f"{person} asked not to be asked again. Rapport makes no link to them any more.")
        standing = theirs.standing(at).first()
        if standing is not None:
            raise NotAllowed(
                f"You asked {person} on {standing.made_at:%d %B %Y}, and nobody is asked twice: they can answer "
                f"until {standing.expires_at:%d %B %Y}."
            )

    @classmethod
    def found(cls, token: str) -> DetailsRequest | None:
        """Give the request that a link is about, whatever became of it; None when it never was one."""
        found = cls.objects.filter(digest=digest_of(token), person__member__is_active=True)
        return found.select_related("person__member").first()

    @property
    def token(self) -> str:
        """The secret part of the link; raises `vault.Unreadable`."""
        return unseal(self.sealed_token)

    @property
    def shown_card(self) -> Card:
        """What they are shown to be confirmed."""
        return Card.parse(self.shown)

    def is_open(self, at: datetime) -> bool:
        """Whether it can be answered."""
        return self.expires_at > at and not (self.answered_at or self.withdrawn_at or self.refused_at)

    def answer(self, *, at: datetime) -> Source:
        """Note that they answered, once; give the source that is to be heard. Nobody is needed but the link."""
        with transaction.atomic():
            mine = DetailsRequest.objects.filter(pk=self.pk, withdrawn_at=None, refused_at=None).standing(at)
            if not mine.update(answered_at=at):
                raise NotAllowed("This link was answered already, or is good no more.")
            self.answered_at = at
            source = Source.of(self.person, Kind.ANSWER)
            source.says(self.shown_card, at=at)
            says = f"{self.person} answered your link about their details."
            record(self.person.member, "details.answered", says, self.person, self, at=at)
        return source

    def withdraw(self, *, by: Member, at: datetime) -> None:
        """Let the link open nothing any more; as it may have been read, nobody is asked again before it ends."""
        with transaction.atomic():
            if (
                not DetailsRequest.objects.filter(pk=self.pk, withdrawn_at=None)
                .standing(at)
                .update(withdrawn_at=at)
            ):
                raise NotAllowed("This link is good no more.")
            self.withdrawn_at = at
            says = f"You took back the link that asks {self.person} for their details."
            record(by, "details.withdrawn", says, self.person, self, at=at)

    def refuse(self, *, at: datetime) -> None:
        """They are not to be asked again, by nobody who has one of the addresses that the member knows them by."""
        with transaction.atomic():
            LeftAlone.begin(self.person.emails.values_list("email", flat=True), at=at)
            if DetailsRequest.objects.filter(pk=self.pk, refused_at=None).update(refused_at=at):
                says = f"{self.person} asked not to be asked for their details again."
                record(self.person.member, "details.refused", says, self.person, self, at=at)
            self.refused_at = at


def _chosen(card: Card, fields: Collection[str]) -> Card:
    """Give a card of some fields alone."""
    lines = (line for field in ASKED if field in fields for line in lines_of(card, field, version="4.0"))
    return Card(["VERSION:4.0", *lines])
