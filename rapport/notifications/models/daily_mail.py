"""The daily mail of one member: whether, when, and that it leaves once a day. The row is the queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record

LEASE = timedelta(minutes=5)
"""How long a worker may have it; one try ends within two minutes."""

AGAIN = timedelta(minutes=15)
"""How long to wait after a try that failed."""

STALE = timedelta(hours=6)
"""How much later than its hour a mail about today is still of use. A laptop that slept longer sends it tomorrow."""


class DailyMailQuerySet(models.QuerySet["DailyMail"]):
    """Daily mails."""

    def due(self, at: datetime) -> Self:
        """Give those whose hour has come and that no worker has."""
        free = Q(claimed_until=None) | Q(claimed_until__lte=at)
        return self.filter(free, due_at__lte=at, member__is_active=True)


class DailyMail(models.Model):
    """When a member's daily mail is due.

    `hour` is on the clock of the member's zone. `due_at` is the next moment, None while it is off. `told_on` is the
    member's day of the last mail, `looked_at` the moment up to which news were told. `said` is what went wrong last.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="daily_mail")
    hour = models.PositiveSmallIntegerField(default=8)
    due_at = models.DateTimeField(null=True, db_index=True)
    told_on = models.DateField(null=True)
    looked_at = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True)
    said = models.TextField(blank=True)

    objects = DailyMailQuerySet.as_manager()

    _before: Mapping[str, Any] = {}
    """What stood there before it was handed over, for a server that then says no."""

    def __str__(self) -> str:
        return f"daily mail of {self.member}"

    @classmethod
    def switch_on(cls, member: Member, hour: int, *, at: datetime) -> Self:
        """Let a mail come each day at an hour, 0 to 23, of the member's day."""
        with transaction.atomic():
            found, _ = cls.objects.get_or_create(member=member)
            found.wait_for(hour, at=at)
            record(
                member, "daily_mail.on", f"A mail tells you each day at {hour}:00 what is due.", found, at=at
            )
        return found

    def wait_for(self, hour: int, *, at: datetime) -> None:
        """Let it be due at the next time that the member's clock shows an hour."""
        self.hour = hour
        self._set(due_at=self._next(at), hour=hour, said="", looked_at=self.looked_at or at)

    def switch_off(self, *, by: Member, at: datetime) -> None:
        """Let none come any more."""
        with transaction.atomic():
            self._set(due_at=None)
            record(by, "daily_mail.off", "No mail tells you any more what is due.", self, at=at)

    @classmethod
    def claim_of(cls, member: Member, *, at: datetime) -> DailyMail | None:
        """Give the member's mail when it is due, to nobody else while the lease lasts."""
        claim = uuid4().hex
        held = {"claim": claim, "claimed_until": at + LEASE}
        # One table only: an update that joins another asks PostgreSQL a subquery that sees old rows.
        free = Q(claimed_until=None) | Q(claimed_until__lte=at)
        if not cls.objects.filter(free, member=member, due_at__lte=at).update(**held):
            return None
        return cls.objects.select_related("member").get(claim=claim)

    def is_of_use(self, at: datetime) -> bool:
        """Whether a mail about today may leave now: its hour is not long ago, and today's did not leave already."""
        opens = self._hour_of(self._day(at))
        return opens <= at <= opens + STALE and self.told_on != self._day(at)

    def hand_over(self, *, at: datetime) -> None:
        """Say, before the final dot, that today's mail is told; NotAllowed when it is, or another worker has it."""
        today = self._day(at)
        unsaid = DailyMail.objects.filter(Q(told_on=None) | ~Q(told_on=today), pk=self.pk, claim=self.claim)
        self._before = {"told_on": self.told_on, "looked_at": self.looked_at}
        self.told_on = today
        if not unsaid.update(told_on=today, looked_at=at, due_at=self._next(at)):
            raise NotAllowed("Today's mail left already.")

    def leave(self) -> None:
        """The server took it, or nobody knows: in either case it is not sent again."""
        self._release(said="")

    def put_off(self, said: str, *, at: datetime) -> None:
        """Try again soon: the server does not have it."""
        self._release(said=said, due_at=at + AGAIN, **self._before)

    def pass_over(self, *, at: datetime, said: str = "") -> None:
        """Leave today out: there is nothing to say, or no way to say it."""
        self._release(said=said, due_at=self._next(at))

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.member.zone).date()

    def _hour_of(self, day: date) -> datetime:
        return datetime.combine(day, time(self.hour), self.member.zone).astimezone(UTC)

    def _next(self, at: datetime) -> datetime:
        """Give the next moment of its hour after `at`, on a day that was not told."""
        day = self._day(at)
        while self._hour_of(day) <= at or day == self.told_on:
            day += timedelta(days=1)
        return self._hour_of(day)

    def _release(self, **fields: Any) -> None:
        DailyMail.objects.filter(pk=self.pk, claim=self.claim).update(claim="", claimed_until=None, **fields)

    def _set(self, **fields: Any) -> None:
        DailyMail.objects.filter(pk=self.pk).update(**fields)
        for name, value in fields.items():
            setattr(self, name, value)
