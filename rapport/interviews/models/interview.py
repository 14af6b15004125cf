"""A meeting in an application, with its interviewers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.interviews.models.application import Application
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import as_before


class InterviewQuerySet(models.QuerySet["Interview"]):
    """Interviews in a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def standing(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)


class Interview(models.Model):
    """A meeting in an application. Times are UTC; `time_zone` is the zone the invitation was written in.

    `left_out` is a list of `{"address", "why"}`: who was invited and is nobody to thank.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="interviews")
    application = models.ForeignKey(Application, models.CASCADE, related_name="interviews")
    uid = models.CharField(max_length=500)
    recurrence_id = models.CharField(max_length=64, blank=True)
    sequence = models.IntegerField(default=0)
    stamped_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=500)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64, blank=True)
    location = models.TextField(blank=True)
    video_url = models.URLField(max_length=1000, blank=True)
    kind = models.CharField(max_length=16, default="unknown")
    description = models.TextField(blank=True)
    left_out = models.JSONField(default=list)
    cancelled_at = models.DateTimeField(null=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["member", "starts_at"], name="interviews_by_start")]
        constraints = [
            models.UniqueConstraint(fields=["member", "uid", "recurrence_id"], name="one_interview_a_uid"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")), name="interview_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def move(
        self,
        starts_at: datetime,
        ends_at: datetime,
        *,
        sequence: int,
        by: Member,
        at: datetime,
        **stated: Any,
    ) -> bool:
        """Follow a later invitation; False, and nothing changed, when it is not later than what stands.

        `stated` holds further fields as the invitation states them (title, location, video_url, kind, ...).
        A later invitation after a cancellation brings the interview back.
        """
        if sequence <= self.sequence:
            return False
        if ends_at < starts_at:
            raise NotAllowed(f"{self}: an interview cannot end before it starts.")
        fields = {"starts_at": starts_at, "ends_at": ends_at, "cancelled_at": None} | stated
        changes = {
            name: [_plain(getattr(self, name)), _plain(value)]
            for name, value in fields.items()
            if getattr(self, name) != value
        }
        moved = "starts_at" in changes or "ends_at" in changes
        with transaction.atomic():
            self._set(sequence=sequence, **fields)
            says = (
                f"{self} moved to {starts_at:%-d %B %Y %H:%M} UTC." if moved else f"{self}: details changed."
            )
            record(by, "interview.moved", says, self, at=at, changes=changes)
        return True

    def cancel(self, *, by: Member, at: datetime, sequence: int | None = None, says: str = "") -> bool:
        """Close the interview; False when it was cancelled before or a later invitation stands.

        `says` is for the timeline where it was not the other side that cancelled.
        """
        told = self.sequence if sequence is None else sequence
        if self.cancelled_at or told < self.sequence:
            return False
        with transaction.atomic():
            self._set(sequence=told, cancelled_at=at)
            changes = {"cancelled_at": [None, at.isoformat()]}
            record(by, "interview.cancelled", says or f"{self} was cancelled.", self, at=at, changes=changes)
        return True

    def put_back(self, entry: Entry, *, by: Member, at: datetime) -> None:
        """Let it take place after all, or not, as before an entry; NotAllowed when it was changed since."""
        with transaction.atomic():
            before = as_before(self, entry.changes)
            changes = {name: [getattr(self, name), value] for name, value in before.items()}
            self._set(**before)
            told = {name: [_plain(one) for one in pair] for name, pair in changes.items()}
            record(by, "interview.put_back", entry.reversal, self, at=at, changes=told)

    def _set(self, **fields: Any) -> None:
        standing = Interview.objects.filter(
            pk=self.pk, sequence=self.sequence, cancelled_at=self.cancelled_at, starts_at=self.starts_at
        )
        if standing.update(**fields) != 1:
            raise NotAllowed(f"{self} has changed meanwhile; look at it again.")
        for name, value in fields.items():
            setattr(self, name, value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
