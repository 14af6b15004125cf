"""What calendars were told of a step: kept so that they hear of every change, and what is due no more is called off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.followups.models import State, Step
from rapport.notifications.agenda import REMEMBERED, Slot, slots

TOLD_FOR = REMEMBERED
"""How long a calendar is told that something was called off: it may have been switched off for a holiday."""

_MATTERS = ("title", "starts_at", "ends_at", "zone", "is_cancelled")
"""What a change of raises the SEQUENCE (RFC 5545, 3.8.7.4); other words only move LAST-MODIFIED."""

_TOLD = (*_MATTERS, "description", "sequence", "changed_at")


def _new_uid() -> str:
    """Give a globally unique identifier, as RFC 7986 (5.3) asks for: a random UUID."""
    return str(uuid4())


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Entries of calendars."""

    def seen_by(self, member: Member) -> Self:
        """Give the member's own."""
        return self.filter(step__plan__member=member)


class Appointment(models.Model):
    """A step as an event. `zone` is the recipient's, `changed_at` when what is said here last changed."""

    step = models.OneToOneField(Step, models.CASCADE, related_name="appointment")
    uid = models.CharField(max_length=36, unique=True, default=_new_uid)
    title = models.TextField()
    description = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    is_cancelled = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = AppointmentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @classmethod
    def brought_up_to_date(cls, member: Member, *, at: datetime) -> list[Appointment]:
        """Give the member's appointments in the order of time, as the steps stand at `at`.

        Two readers at once write the same; nothing is written when nothing has changed. The number of queries is
        constant.
        """
        wanted = {slot.step_id: slot for slot in slots(member, at)}
        kept = {found.step_id: found for found in cls.objects.seen_by(member).select_related("step")}
        changed = [found for found in kept.values() if found.follow(wanted.get(found.step_id), at)]
        gone = [found.pk for found in kept.values() if found.is_over(wanted, at)]
        made = [cls(changed_at=at, **slot._asdict()) for key, slot in wanted.items() if key not in kept]
        if not (changed or gone or made):  # nobody waits for the lock that a transaction takes
            return sorted(kept.values(), key=lambda told: (told.starts_at, told.pk))
        with transaction.atomic():
            Appointment.objects.bulk_update(changed, _TOLD, batch_size=200)
            Appointment.objects.filter(pk__in=gone).delete()
            Appointment.objects.bulk_create(made, batch_size=200, ignore_conflicts=True)
        return list(cls.objects.seen_by(member).order_by("starts_at", "pk"))

    def follow(self, slot: Slot | None, at: datetime) -> bool:
        """Say what the slot says, or that it is off; whether anything changed."""
        if slot is None:
            says = {} if self.step.state == State.DONE else {"is_cancelled": True}
        else:
            says = {**slot._asdict(), "is_cancelled": False}
        changed = {name for name, value in says.items() if getattr(self, name) != value}
        for name, value in says.items():
            setattr(self, name, value)
        self.sequence += bool(changed.intersection(_MATTERS))
        self.changed_at = at if changed else self.changed_at
        return bool(changed)

    def is_over(self, wanted: dict[int, Slot], at: datetime) -> bool:
        """Whether calendars need not hear of it any more: called off long ago, or done long ago."""
        if self.step_id in wanted:
            return False
        return self.step.state == State.DONE or self.changed_at < at - timedelta(days=TOLD_FOR)
