"""Lists of people with a name, each of one sphere: colleagues, the choir."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import stand_again, stored
from rapport.people.models.card_round import CardRound
from rapport.people.models.person import Person
from rapport.people.models.sphere import Sphere


class NamedListQuerySet(models.QuerySet["NamedList"]):
    """Lists of a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)


class NamedList(models.Model):
    """A list of a member; only people of its sphere are on it, so nothing crosses by a list."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="named_lists")
    name = models.CharField(max_length=100)
    sphere = models.CharField(max_length=16, choices=Sphere.choices)
    made_at = models.DateTimeField()

    objects = NamedListQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="one_list_of_a_name")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def make(cls, name: str, sphere: str, *, by: Member, at: datetime) -> Self:
        """Begin a list; NotAllowed for a name that is none, or that another list has."""
        name = " ".join(name.split())
        if not name or len(name) > 100:  # noqa: PLR2004  (the column's width)
            raise NotAllowed("A list needs a name of up to 100 letters.")
        if sphere not in Sphere.values:
            raise NotAllowed("A list is of business or social: choose one.")
        with transaction.atomic():
            if cls.objects.filter(member=by, name__iexact=name).exists():
                raise NotAllowed(f"There is a list called {name} already.")
            made = cls.objects.create(member=by, name=name, sphere=sphere, made_at=at)
            record(by, "list.made", f"You began the list {name}.", made, at=at)
        return made

    def put_on(self, person: Person, *, by: Member, at: datetime) -> None:
        """Put somebody on the list; NotAllowed for who is not of its sphere."""
        if not getattr(person, f"is_{self.sphere}"):
            word = {"professional": "business", "social": "social"}[self.sphere]
            raise NotAllowed(
                f"{self} is a {word} list, and {person} is not: say so on their page first, on purpose."
            )
        with transaction.atomic():
            _, is_new = Listing.objects.get_or_create(named_list=self, person=person)
            if is_new:
                record(by, "list.put_on", f"{person} is on the list {self}.", person, self, at=at)
                CardRound.again(by, at=at)

    def take_off(self, person: Person, *, by: Member, at: datetime) -> None:
        """Take somebody off the list."""
        with transaction.atomic():
            if self.listings.filter(person=person).delete()[0]:
                says = f"{person} is not on the list {self} any more."
                record(by, "list.taken_off", says, person, self, at=at)
                CardRound.again(by, at=at)

    def remove(self, *, by: Member, at: datetime) -> None:
        """End the list; the people on it stay. What was shown to it is shown to nobody by it any more."""
        people = list(self.listings.order_by("pk").values_list("person", flat=True))
        with transaction.atomic():
            changes = {"row": [stored(self), None], "people": [people, None]}
            record(by, "list.removed", f"The list {self} is no more.", self, at=at, changes=changes)
            self.delete()
            CardRound.again(by, at=at)

    @classmethod
    def begin_again(cls, entry: Entry, *, by: Member, at: datetime) -> None:
        """Let a list that an entry ended be there again, with the people who were on it and are still in the book.

        NotAllowed when another bears its name by now.
        """
        with transaction.atomic():
            made = stand_again(cls, entry.changes["row"][0])
            people = Person.objects.filter(member=by, pk__in=entry.changes["people"][0])
            Listing.objects.bulk_create([Listing(named_list=made, person=person) for person in people])
            record(by, "list.made", entry.reversal, made, at=at)
            CardRound.again(by, at=at)

    def put_back(self, entry: Entry, *, by: Member, at: datetime) -> None:
        """Take whom an entry put on the list off it again, or the other way round."""
        move = self.take_off if entry.verb == "list.put_on" else self.put_on
        for person in Person.objects.seen_by(by).filter(pk__in=entry.keys_of(Person)):
            move(person, by=by, at=at)

    @property
    def people(self) -> models.QuerySet[Person]:
        """Who is on it now: who left its sphere is not, until they are in it again."""
        return Person.objects.seen_by(self.member).in_sphere(self.sphere).filter(listings__named_list=self)


class Listing(models.Model):
    """One person on one list."""

    named_list = models.ForeignKey(NamedList, models.CASCADE, related_name="listings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="listings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["named_list", "person"], name="on_a_list_once")]

    def __str__(self) -> str:
        return f"{self.person} on {self.named_list}"
