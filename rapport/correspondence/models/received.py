"""A mail that came: an answer to one of ours, or from somebody in the book. Nothing else of a mailbox is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models

from rapport.accounts.models import Member
from rapport.correspondence.models.delivery import Delivery
from rapport.journal.errors import NotAllowed
from rapport.people.models import Person


class Kind(models.TextChoices):
    """What a mail is: an answer to one of ours, one of their own accord, one that came back, or a machine's."""

    REPLY = "reply", "an answer"
    MAIL = "mail", "a mail"
    BOUNCE = "bounce", "came back"
    AUTOMATIC = "automatic", "an automatic answer"


WRITTEN = (Kind.REPLY, Kind.MAIL)
"""Kinds that a person wrote."""


class ReceivedQuerySet(models.QuerySet["Received"]):
    """Mails that came."""

    def seen_by(self, member: Member) -> Self:
        """Give the member's own."""
        return self.filter(member=member)

    def to_follow(self) -> Self:
        """Give those that no plan has heard of."""
        return self.filter(followed_at=None)

    def with_delivery(self) -> Self:
        """Give them with the mail of ours that each is about, without its message, which may be large."""
        return self.select_related("delivery").defer("delivery__message")

    def written_by(self, person: Person) -> Self:
        """Give what a person wrote themself, the newest first."""
        return self.filter(person=person, kind__in=WRITTEN).order_by("-received_at", "-pk")

    def known_among(self, member: Member, message_ids: Iterable[str]) -> set[str]:
        """Give which of some Message-IDs are kept already."""
        found = self.filter(member=member, message_id__in=list(message_ids))
        return set(found.values_list("message_id", flat=True))


class Received(models.Model):
    """A mail that came into a folder the member lets Rapport read.

    `received_at` is when it was written, by its own word unless that is absurd; `noticed_at` when Rapport found it.
    `text` is the writer's own words, short and plain; of a bounce, the server's. `delivery` is the mail of ours that
    it answers or brings back. `status` is a bounce's (RFC 3463); `is_address_bad`: its address is to blame.
    `followed_at` is when the plans heard of it; `dismissed_at`: the member says that it was no answer.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="received")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="received")
    delivery = models.ForeignKey(Delivery, models.CASCADE, null=True, related_name="received")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    message_id = models.CharField(max_length=255)
    in_reply_to = models.CharField(max_length=255, blank=True)
    references = models.TextField(blank=True)
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=16, blank=True)
    is_address_bad = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    followed_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    folder = models.CharField(max_length=500, blank=True)
    uid = models.BigIntegerField(null=True)

    objects = ReceivedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "received"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "message_id"], name="one_mail_once_a_member")
        ]
        indexes = [
            models.Index(fields=["person", "-received_at"], name="received_of_person"),
            models.Index(fields=["member"], condition=models.Q(followed_at=None), name="received_to_follow"),
        ]

    def __str__(self) -> str:
        return f"{self.subject or 'A mail'} ({self.sender})"

    @classmethod
    def notice(cls, member: Member, message_id: str, **said: Any) -> bool:
        """Keep a mail, once; give whether it is new. The plans hear of it next, and journal it."""
        _, is_new = cls.objects.get_or_create(member=member, message_id=message_id, defaults=said)
        return is_new

    def dismiss(self, *, at: datetime | None) -> None:
        """Let it count as no answer, or, with no moment, count after all; the plans journal what follows."""
        Received.objects.filter(pk=self.pk).update(dismissed_at=at)
        self.dismissed_at = at

    def was_written(self, *, at: datetime) -> None:
        """A person wrote it, though it looks like a machine's: it counts from now on."""
        kind = Kind.REPLY if self.delivery_id else Kind.MAIL
        if not Received.objects.filter(pk=self.pk, kind=Kind.AUTOMATIC).update(kind=kind, followed_at=at):
            raise NotAllowed(f"{self} counts as what it is already.")
        self.kind, self.followed_at = kind, at

    @property
    def is_answer(self) -> bool:
        """Whether it counts as a word from the person."""
        return self.kind in WRITTEN and self.dismissed_at is None

    @property
    def brought_back(self) -> bool:
        """Whether it is why a mail of ours counts as not arrived."""
        delivery = self.delivery
        is_so = self.kind == Kind.BOUNCE and self.dismissed_at is None
        return is_so and delivery is not None and delivery.state == "returned"

    @property
    def thread(self) -> str:
        """The References of an answer to it (RFC 5322, 3.6.4), the first and the nearest when they are many."""
        ids = [*self.references.split(), self.message_id]
        kept = ids if len(ids) <= _LONGEST_THREAD else [ids[0], *ids[1 - _LONGEST_THREAD :]]
        return " ".join(kept)


_LONGEST_THREAD = 20
