"""Where people work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models.functions import Lower

from rapport.accounts.models import Member
from rapport.rows import write_new


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations in a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def called(self, names: Iterable[str]) -> Self:
        """Those of some names, given in lower case; the capitals of other letters than A to Z may be missed."""
        return self.annotate(name_in_lower_case=Lower("name")).filter(name_in_lower_case__in=list(names))

    def of_name(self, name: str) -> Self:
        """That of a name in any capitals; SQLite knows those of A to Z only."""
        return self.alias(name_in_lower_case=Lower("name")).filter(
            name_in_lower_case=Lower(models.Value(name))
        )


class Organisation(models.Model):
    """An organisation in a member's book; `country` is an ISO 3166 code, `sector` a free word."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="organisations")
    name = models.CharField(max_length=300)
    domain = models.CharField(max_length=255, blank=True)
    country = models.CharField(max_length=2, blank=True)
    sector = models.CharField(max_length=64, blank=True)

    LONGEST_NAME = 300

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "name"], name="one_organisation_once_a_member")
        ]
        indexes = [models.Index("member", Lower("name"), name="organisations_by_name")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def named_all(
        cls, member: Member, names: Iterable[str], known: dict[str, Organisation]
    ) -> list[Organisation]:
        """Make those of some names that `known` has not yet, by their names in small letters; add and give them."""
        plain = {" ".join(name.split())[:300] for name in names}
        missing = {name.lower(): name for name in sorted(plain - {""}) if name.lower() not in known}
        made = [cls(member=member, name=name) for name in missing.values()]
        write_new(made)
        known.update((organisation.name.lower(), organisation) for organisation in made)
        return made

    @classmethod
    def named(cls, member: Member, name: str, domain: str = "") -> Organisation:
        """Give the organisation of that name (in any capitals), made when there is none."""
        written = " ".join(name.split())[: cls.LONGEST_NAME]
        found = cls.objects.seen_by(member).of_name(written).first()
        if found is None:
            return cls.make(member, name, domain)
        if domain and not found.domain:
            found.domain = domain[:255]
            found.save(update_fields=["domain"])
        return found

    @classmethod
    def make(cls, member: Member, name: str, domain: str = "") -> Organisation:
        """Put an organisation into the book of which it is known that it is not there."""
        written = " ".join(name.split())[: cls.LONGEST_NAME]
        return cls.objects.create(member=member, name=written, domain=domain[:255])
