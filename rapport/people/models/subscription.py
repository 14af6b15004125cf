"""A card that somebody keeps at an address on the web, and when it is looked at again. The row is the queue."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record
from rapport.people.models.person import Person
from rapport.people.models.source import Kind, Source
from rapport.rules.fetching import EVERY, GIVES_UP_AFTER, SOONEST, next_fetch

LEASE = timedelta(minutes=10)
"""How long a worker may have one; a look takes ten seconds."""

LONGEST_MARK = 200


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Subscriptions of a book."""

    def seen_by(self, member: Member) -> Self:
        """Those to cards of the member's own people."""
        return self.filter(source__person__member=member, source__person__merged_into=None)

    def due(self, at: datetime) -> Self:
        """Those to be looked at now."""
        return self.filter(
            due_at__lte=at, source__person__member__is_active=True, source__person__merged_into=None
        )


class Subscription(models.Model):
    """`source` (with its address) is looked at every `days` days; `due_at` is None once it was ended.

    `etag` and `modified` are how its server names what it gave last. `failures` and `missing` count looks in a row
    that failed, or found no card there; `trouble` says why, for the member.
    """

    source = models.OneToOneField(Source, models.CASCADE, related_name="subscription")
    days = models.PositiveSmallIntegerField(default=EVERY[0])
    due_at = models.DateTimeField(null=True, db_index=True)
    looked_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=LONGEST_MARK, blank=True)
    modified = models.CharField(max_length=LONGEST_MARK, blank=True)
    failures = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} of {self.source.person}"

    @classmethod
    def begin(
        cls, person: Person, address: str, *, by: Member, at: datetime, days: int = EVERY[0]
    ) -> Subscription:
        """Keep a person's card up to date from an address (https, as `gateways.cards.checked` gives it) from now on.

        One that was ended is taken up again. NotAllowed when it is subscribed to already.
        """
        if days not in EVERY:
            raise NotAllowed(f"A card is looked at every {', '.join(map(str, EVERY))} days.")
        with transaction.atomic():
            source = Source.of(person, Kind.CARD, address)
            made, is_new = cls.objects.get_or_create(source=source, defaults={"days": days, "due_at": at})
            if not is_new and not cls.objects.filter(pk=made.pk, due_at=None).update(
                due_at=at, days=days, failures=0, missing=0, trouble=""
            ):
                raise NotAllowed(f"You subscribe to {made} already.")
            made.refresh_from_db()
            record(by, "card.subscribed", f"You subscribed to {made}.", person, made, at=at)
        return made

    def end(self, *, by: Member, at: datetime) -> None:
        """Look at it no more; what it said stays."""
        with transaction.atomic():
            if not Subscription.objects.filter(pk=self.pk).exclude(due_at=None).update(due_at=None):
                raise NotAllowed(f"You do not subscribe to {self} any more.")
            self.due_at = None
            says = f"You subscribe to {self} no more."
            record(by, "card.unsubscribed", says, self.source.person, self, at=at)

    def hurry(self, *, by: Member, at: datetime) -> None:
        """Let it be looked at as soon as the worker comes by. NotAllowed when that was a few minutes ago."""
        if self.due_at is None:
            raise NotAllowed(f"You do not subscribe to {self} any more.")
        if self.looked_at is not None and self.looked_at > at - SOONEST:
            raise NotAllowed(f"{self} was looked at a few minutes ago; its server has a right to some rest.")
        with transaction.atomic():
            self._set(due_at=at)
            record(by, "card.asked_for", f"You had {self} looked at.", self.source.person, self, at=at)

    @classmethod
    def claim_next(cls, member: Member, *, at: datetime) -> Subscription | None:
        """Give one to be looked at, which nobody else gets meanwhile; None when none is due."""
        for found in cls.objects.due(at).seen_by(member).order_by("due_at", "pk"):
            if cls.objects.filter(pk=found.pk, due_at=found.due_at).update(due_at=at + LEASE):
                return cls.objects.select_related("source__person__member").get(pk=found.pk)
        return None

    def brought(self, *, at: datetime, etag: str = "", modified: str = "") -> None:
        """Note that the card was there; the next look is after the usual while."""
        self._next(None, at, 0, etag=etag, modified=modified, missing=0, trouble="")

    def failed(
        self, said: str, *, at: datetime, is_gone: bool = False, wait: timedelta | None = None
    ) -> None:
        """Note why there was no card; the next look is the later the more often it failed.

        When it was gone several times in a row it is looked at no more, which the member is told.
        """
        failures, missing = self.failures + 1, self.missing + 1 if is_gone else 0
        if missing < GIVES_UP_AFTER:
            self._next(wait, at, failures, missing=missing, trouble=said)
            return
        with transaction.atomic():
            if self._set(due_at=None, looked_at=at, failures=failures, missing=missing, trouble=said):
                says = f"{self} is gone, and is looked at no more. {said}"
                record(self.source.person.member, "card.gone", says, self.source.person, self, at=at)

    def _next(self, wait: timedelta | None, at: datetime, failures: int, **fields: object) -> None:
        due_at = next_fetch(self.days, failures, wait, at)
        self._set(due_at=due_at, looked_at=at, failures=failures, **fields)

    def _set(self, **fields: object) -> bool:
        """Write, unless the member ended it meanwhile."""
        if not Subscription.objects.filter(pk=self.pk).exclude(due_at=None).update(**fields):
            return False
        for name, value in fields.items():
            setattr(self, name, value)
        return True
