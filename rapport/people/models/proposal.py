"""Two people of whom the evidence says that they may be one, until the member says so or says no."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.people.models.person import Person


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals of a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def about(self, *people: Person) -> Self:
        """Those that any of some people is in."""
        return self.filter(Q(one__in=people) | Q(other__in=people))

    def heads(self, member: Member) -> models.QuerySet[Proposal, int]:
        """Give the keys of those with whom proposals begin: about one for all that hang together."""
        return self.filter(member=member).order_by("one").values_list("one", flat=True).distinct()

    def between(self, one: Person, other: Person) -> Self:
        """The one about just these two."""
        return self.filter(one__in=(one, other), other__in=(one, other))


class Proposal(models.Model):
    """`one` and `other` (the smaller key first) are to be looked at together.

    It is derived from their cards and may be written anew at any time; the verdict and the reasons are judged when
    they are shown.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="proposals")
    one = models.ForeignKey(Person, models.CASCADE, related_name="proposed_before")
    other = models.ForeignKey(Person, models.CASCADE, related_name="proposed_after")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="proposed_once")]

    def __str__(self) -> str:
        return f"{self.one} may be {self.other}"
