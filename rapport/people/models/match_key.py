"""By what two cards can be found to be of one person: match keys, and what is compared once they are found."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models import Member
from rapport.people.models.person import Person


class MatchKey(models.Model):
    """One key (`rules.sameness.keys`) of a person's card; the index tells who has it, and how many do."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="match_keys")
    key = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["member", "key", "person"], name="people_by_match_key")]

    def __str__(self) -> str:
        return self.key


class CardTraits(models.Model):
    """What is compared of a person's card (`rules.sameness.packing`), as of when its match keys were written."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="card_traits")
    packed = models.TextField()

    class Meta:
        verbose_name_plural = "card traits"

    def __str__(self) -> str:
        return f"traits of {self.person}"


class BookSize(models.Model):
    """How many people a member's book had when match keys were last written.

    To count a large book takes longer than to look somebody up in it, and what is rare there is as rare among a few
    more or less.
    """

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+")
    people = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.people} people"
