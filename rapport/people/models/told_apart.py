"""Two people of whom the member said that they are not one."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record
from rapport.people.models.person import Person
from rapport.people.models.proposal import Proposal


class ToldApartQuerySet(models.QuerySet["ToldApart"]):
    """Pairs of a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def about(self, person: Person) -> Self:
        """Those that a person is one of, the latest first."""
        return self.filter(Q(one=person) | Q(other=person)).order_by("-told_at", "-pk")


class ToldApart(models.Model):
    """`one` and `other` (the smaller key first) are two people, says the member, whatever their cards look like."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="told_apart")
    one = models.ForeignKey(Person, models.CASCADE, related_name="told_apart_before")
    other = models.ForeignKey(Person, models.CASCADE, related_name="told_apart_after")
    told_at = models.DateTimeField()

    objects = ToldApartQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-pk"]
        verbose_name_plural = "told apart"
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="told_apart_once")]

    def __str__(self) -> str:
        return f"{self.one} is not {self.other}"

    @classmethod
    def tell(cls, person: Person, other: Person, *, by: Member, at: datetime) -> ToldApart:
        """Remember that two are not the same; a second time changes nothing. NotAllowed for one person alone."""
        if person.pk == other.pk:
            raise NotAllowed(f"{person} is one person: it takes two to tell apart.")
        first, second = sorted((person, other), key=lambda one: one.pk)
        with transaction.atomic():
            told, is_new = cls.objects.get_or_create(
                one=first, other=second, defaults={"member": by, "told_at": at}
            )
            Proposal.objects.between(first, second).delete()
            if is_new:
                says = f"{first.presented} and {second.presented} are not the same person, you said."
                record(by, "person.told_apart", says, first, second, told, at=at)
        return told

    def take_back(self, *, by: Member, at: datetime) -> None:
        """They may be the same person after all."""
        with transaction.atomic():
            says = f"{self.one} and {self.other} may be the same person after all."
            record(by, "person.not_told_apart", says, self.one, self.other, at=at)
            Person.objects.filter(pk__in=[self.one_id, self.other_id]).update(recognised=0)
            self.delete()

    @classmethod
    def pairs(cls, member: Member) -> frozenset[tuple[int, int]]:
        """Give all pairs, in both orders, by the keys of who stands for them now."""
        told = cls.objects.seen_by(member).values_list(
            "one", "one__merged_into", "other", "other__merged_into"
        )
        found = {(into or one, other_into or other) for one, into, other, other_into in told}
        return frozenset(found | {(other, one) for one, other in found})
