"""A connection on a network outside of Rapport, as the member's own archive states it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.journal.models import record
from rapport.people.models import Person


class ConnectionQuerySet(models.QuerySet["Connection"]):
    """Connections of a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def standing(self) -> Self:
        """Those that have not ended."""
        return self.filter(ended_at=None)


class Connection(models.Model):
    """The member and a person are connected on a channel, since a day of the site's own calendar.

    `profile` is the address of their profile in its one spelling (`rules.profiles`), or "" where the archive is too
    old to tell. The archive names no hour and no side: who invited whom is an `Invitation`, where it is known.
    `ended_at` is when a whole archive first did not have it any more; the site tells nobody who ended it.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="connections")
    person = models.ForeignKey(Person, models.CASCADE, related_name="connections")
    channel = models.CharField(max_length=16)
    since = models.DateField(null=True)
    profile = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "channel"], name="one_connection_a_person_and_channel")
        ]

    def __str__(self) -> str:
        return f"the connection with {self.person}"

    def end(self, source: str, *, by: Member, at: datetime) -> None:
        """Note that a source no longer has it."""
        with transaction.atomic():
            self.ended_at = at
            self.save(update_fields=["ended_at"])
            says = f"{self.person} is no longer among your connections ({source})."
            record(by, "connection.ended", says, self, self.person, at=at)

    def takes_over(self, other: Connection) -> None:
        """Both are with one person: know what only the other row knew."""
        self.since = self.since or other.since
        self.profile = self.profile or other.profile
