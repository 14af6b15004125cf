"""Putting what left into the Sent folder, and looking there for what nobody knows of. The row is the queue."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F

from rapport.rules.delivery import next_try

LEASE = timedelta(minutes=30)
"""How long a worker may take over one mail; the largest is filed in a quarter of an hour on the slowest line."""


class Filing(models.Model):
    """What a delivery knows of its place in the Sent folder.

    `filing_due_at` is when to try next, empty when there is nothing to try any more; a worker that has it moves it on
    by its lease. `filed_at` and `filed_in` say that it stands there; `filing_said` why it does not, for the member.
    """

    filing_due_at = models.DateTimeField(null=True)
    filing_attempts = models.PositiveIntegerField(default=0)
    filed_at = models.DateTimeField(null=True)
    filed_in = models.CharField(max_length=500, blank=True)
    filing_said = models.TextField(blank=True)

    class Meta:
        abstract = True

    def claim_filing(self, *, at: datetime) -> Self | None:
        """Give it as nobody else gets it while the lease lasts; None when somebody was faster."""
        kind = type(self)._default_manager
        claimed = {"filing_due_at": at + LEASE, "filing_attempts": F("filing_attempts") + 1}
        if not kind.filter(pk=self.pk, filing_due_at=self.filing_due_at).update(**claimed):
            return None
        return kind.select_related("member__mailbox", "note__person").get(pk=self.pk)

    def was_filed(self, folder: str, *, at: datetime) -> None:
        """Note that it stands in the folder."""
        self._set(filing_due_at=None, filed_at=at, filed_in=folder, filing_said="")

    def put_filing_off(self, said: str, *, at: datetime) -> None:
        """Try again later; after days it is left, with the reason, since the mail itself has long left."""
        again = next_try(self.filing_attempts, at)
        self._set(filing_due_at=again, filing_said=said)

    def _set(self, **fields: object) -> None:
        type(self)._default_manager.filter(pk=self.pk).update(**fields)
        for name, value in fields.items():
            setattr(self, name, value)
