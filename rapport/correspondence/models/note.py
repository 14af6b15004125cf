"""The words for one person on one channel."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models import Member
from rapport.people.models import Person


class Note(models.Model):
    """The words for one person on one channel: drafted by Rapport, edited by the member, then sent by the member.

    `text` is what will be used; `composed` what Rapport last drafted. Once `edited_at` is set, Rapport never
    overwrites `text`. Copying marks nothing; `sent_at` is set only by the member's "I sent it".
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="notes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="correspondence")
    act = models.CharField(max_length=32)
    channel = models.CharField(max_length=16, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    composed = models.TextField()
    limit = models.PositiveIntegerField(null=True)
    composed_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.act} {self.channel}: {self.text[:40]}"
