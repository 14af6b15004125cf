"""Searches with a name: a list that fills itself, of one sphere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import stand_again, stored
from rapport.people.models.sphere import Sphere

LONGEST_NAME = 100
_MOST = 100


class KeptSearchQuerySet(models.QuerySet["KeptSearch"]):
    """Kept searches of a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)


class KeptSearch(models.Model):
    """What was looked for, to be looked for again: `filters` are the words and choices of the page of people.

    Who fits is looked up each time. Nobody is shown one's own card for standing on it: that is for lists one fills
    by hand (`NamedList`).
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="kept_searches")
    name = models.CharField(max_length=LONGEST_NAME)
    sphere = models.CharField(max_length=16, choices=Sphere.choices)
    filters = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    objects = KeptSearchQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "kept searches"
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="one_kept_search_of_a_name")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, name: str, sphere: str, filters: Mapping[str, str], *, by: Member, at: datetime) -> Self:
        """Keep a search; NotAllowed for a name that is none or taken, without a sphere, and for more than a hundred."""
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise NotAllowed(f"A search needs a name of up to {LONGEST_NAME} letters to be kept.")
        if sphere not in Sphere.values:
            raise NotAllowed("A kept search is of business or social: choose one.")
        with transaction.atomic():
            mine = cls.objects.filter(member=by)
            if mine.filter(name__iexact=name).exists():
                raise NotAllowed(f"There is a kept search called {name} already.")
            if mine.count() >= _MOST:
                raise NotAllowed(
                    f"You keep {_MOST} searches already. Forget one that you do not need any more."
                )
            said = {**filters, "sphere": sphere}
            kept = cls.objects.create(member=by, name=name, sphere=sphere, filters=said, kept_at=at)
            record(by, "search.kept", f"You kept the search {name}.", kept, at=at)
        return kept

    def forget(self, *, by: Member, at: datetime) -> None:
        """Keep it no more; nobody is touched."""
        with transaction.atomic():
            says = f"The search {self} is not kept any more."
            record(by, "search.forgotten", says, self, at=at, changes={"row": [stored(self), None]})
            self.delete()

    @classmethod
    def keep_again(cls, entry: Entry, *, by: Member, at: datetime) -> None:
        """Keep a search again that an entry forgot; NotAllowed when another bears its name by now."""
        with transaction.atomic():
            kept = stand_again(cls, entry.changes["row"][0])
            record(by, "search.kept", entry.reversal, kept, at=at)
