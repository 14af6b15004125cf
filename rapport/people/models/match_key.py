"""Match keys: by what two cards can be found to be of one person."""

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
