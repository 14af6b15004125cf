"""One intake: what came in together, is applied in one go and can be undone in one go."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models import Member


class Batch(models.Model):
    """Files and texts that came in together. `title` is said on Today; `problems` and `set_aside` are shown."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="batches")
    title = models.CharField(max_length=500)
    applied_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    problems = models.JSONField(default=list)
    set_aside = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.title


class Change(models.Model):
    """One row that a batch made (`before` is null) or changed (`before` holds the fields as they were)."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=64)
    key = models.BigIntegerField()
    before = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
