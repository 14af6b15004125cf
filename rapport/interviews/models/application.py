"""The pursuit of one job at one organisation."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models import Member
from rapport.people.models import Organisation


class Application(models.Model):
    """The pursuit of one job. `stage`, `decision` and `decision_pace` are values of the facts of those names.

    `joins_on` is the first day at work after an accepted offer.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="applications")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="applications")
    job_title = models.CharField(max_length=300, blank=True)
    stage = models.CharField(max_length=16, default="interviewing")
    decision = models.CharField(max_length=16, default="none")
    decided_at = models.DateTimeField(null=True)
    joins_on = models.DateField(null=True)
    reply_by = models.DateField(null=True)
    decision_pace = models.CharField(max_length=16, blank=True)
    check_ins = models.PositiveIntegerField(default=0)
    via_agency = models.BooleanField(null=True)
    search_is_secret = models.BooleanField(null=True)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.job_title or 'Application'}, {self.organisation or 'organisation not known'}"
