"""One thing that happened. The timeline, the change feed and undo read these; nothing changes them."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models import Member


class Entry(models.Model):
    """One thing that happened to a member's book: `verb` for programs, `says` for people.

    `changes` maps a field to its `[before, after]`.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="journal")
    at = models.DateTimeField()
    verb = models.CharField(max_length=64)
    says = models.TextField()
    changes = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["member", "-at"], name="journal_of_member")]

    def __str__(self) -> str:
        return self.says


class Mention(models.Model):
    """What an entry is about: a row of any room above, by its kind ("people.person") and key."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="mentions")
    kind = models.CharField(max_length=64)
    key = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="journal_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
