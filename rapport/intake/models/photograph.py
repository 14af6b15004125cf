"""A photographed business card on its way into the book: read, shown beside what it was read as, confirmed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.people.models.card_revision import digest
from rapport.rules.card import Card

if TYPE_CHECKING:
    from rapport.importers.photographs.proposing import Proposal

LEASE = timedelta(minutes=15)
"""How long one reading may take; whoever is later has died."""

TRIES = 2
KEPT = timedelta(days=7)
"""How long a picture waits for the member's word before it is let go."""

AT_ONCE = 20
"""Pictures of one member that wait: each may hold a megabyte."""

_EMPTY = Card(["VERSION:4.0"])
_BROKE_OFF = "Reading it broke off twice. Type what you see, or take the picture again."


class PhotographQuerySet(models.QuerySet["Photograph"]):
    """Photographs."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def due(self, at: datetime) -> Self:
        """Those to be read, the first first: nobody does, or whoever did has died."""
        is_free = Q(claimed_until=None) | Q(claimed_until__lte=at)
        return self.filter(is_free, read_at=None).order_by("pk")

    def forgotten(self, at: datetime) -> Self:
        """Those about which the member said nothing for long."""
        return self.filter(brought_at__lte=at - KEPT)


class Photograph(models.Model):
    """A picture, as Rapport wrote it (JPEG), and the cards that it was read as, none of which is in the book yet.

    It is gone once every card of it is confirmed, or by the member's word. `cards` are vCards, one that says nothing
    when nothing was read; `unread` are printed lines that fit no field, and `remarks` sentences about the reading.
    `claim` names the try that reads it, until `claimed_until`.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="photographs")
    name = models.CharField(max_length=300)
    jpeg = models.BinaryField()
    brought_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    cards = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    claim = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)

    objects = PhotographQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["read_at", "claimed_until"], name="photographs_due")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def begin(cls, member: Member, name: str, jpeg: bytes, *, at: datetime) -> Photograph:
        """Keep a picture until it is read and confirmed; NotAllowed while too many wait already."""
        if cls.objects.seen_by(member).count() >= AT_ONCE:
            raise NotAllowed(f"{AT_ONCE} pictures wait for your word already. Look at them on Add first.")
        return cls.objects.create(member=member, name=name[:300], jpeg=jpeg, brought_at=at)

    @classmethod
    def claim_next(cls, member: Member, *, at: datetime) -> Photograph | None:
        """Give the member's next picture to be read, which nobody else gets meanwhile; None when none is.

        One whose reading broke off `TRIES` times is given up, with an empty card to be filled in.
        """
        for key in cls.objects.seen_by(member).due(at).values_list("pk", flat=True):
            due = cls.objects.due(at).filter(pk=key)
            given_up = {"read_at": at, "cards": [_EMPTY.text()], "remarks": [_BROKE_OFF]}
            if due.filter(attempts__gte=TRIES).update(**given_up):
                continue
            claim = uuid4().hex
            if due.update(claim=claim, claimed_until=at + LEASE, attempts=F("attempts") + 1):
                return cls.objects.get(pk=key)
        return None

    def was_read(self, proposal: Proposal, *, at: datetime) -> None:
        """Keep what it was read as; nothing when it is gone, or another try was faster."""
        cards = [card.text() for card in proposal.cards] or [_EMPTY.text()]
        mine = Photograph.objects.filter(pk=self.pk, read_at=None, claim=self.claim)
        said = {"cards": cards, "unread": list(proposal.unread), "remarks": list(proposal.remarks)}
        mine.update(read_at=at, claim="", claimed_until=None, **said)

    @property
    def says_nothing(self) -> bool:
        """Whether it was read, and nothing was found on it."""
        return self.read_at is not None and self.cards == [_EMPTY.text()]

    def proposed(self) -> list[Card]:
        """Give the cards that wait for the member's word."""
        return [Card.parse(text) for text in self.cards]

    def settle(self, of_digest: str, *, by: Member) -> None:
        """Let one of its cards go, known by its digest, and the picture with the last; NotAllowed when it is gone."""
        with transaction.atomic():
            mine = Photograph.objects.select_for_update().seen_by(by).filter(pk=self.pk).first()
            waiting = mine.proposed() if mine else []
            left = [card.text() for card in waiting if digest(card) != of_digest]
            if mine is None or len(left) == len(waiting):
                raise NotAllowed("This card was confirmed already, or the picture is gone.")
            mine.cards = left
            if left:
                mine.save(update_fields=["cards"])
            else:
                mine.delete()

    def throw_away(self, *, by: Member) -> None:
        """Let the picture and what it was read as go; nothing of it is kept."""
        Photograph.objects.seen_by(by).filter(pk=self.pk).delete()
