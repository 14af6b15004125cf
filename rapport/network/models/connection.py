"""A connection on a network outside of Rapport, as the member's own archive states it."""

from __future__ import annotations

from typing import Self

from django.db import models

from rapport.accounts.models import Member
from rapport.people.models import Person


class ConnectionQuerySet(models.QuerySet["Connection"]):
    """Connections of a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)


class Connection(models.Model):
    """The member and a person are connected on a channel, since a day of the site's own calendar.

    `profile` is the address of their profile in its one spelling (`rules.profiles`), or "" where the archive is too
    old to tell. The archive names no hour and no side: who invited whom is an `Invitation`, where it is known.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="connections")
    person = models.ForeignKey(Person, models.CASCADE, related_name="connections")
    channel = models.CharField(max_length=16)
    since = models.DateField(null=True)
    profile = models.CharField(max_length=500, blank=True)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "channel"], name="one_connection_a_person_and_channel")
        ]

    def __str__(self) -> str:
        return f"the connection with {self.person}"

    def takes_over(self, other: Connection) -> None:
        """Both are with one person: know what only the other row knew."""
        self.since = self.since or other.since
        self.profile = self.profile or other.profile
