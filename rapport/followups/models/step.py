"""One step of a plan: an act towards one person, and what the member did about it."""

from __future__ import annotations

from django.db import models

from rapport.correspondence.models import Note
from rapport.followups.models.plan import Plan
from rapport.people.models import Person


class State(models.TextChoices):
    """What the member did about a step."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


class Step(models.Model):
    """An act towards one person as advised, and what the member did about it.

    `because` and `against` are lists of `{"norm", "school", "says", "source"}`, `would_change` of
    `{"fact", "value", "verdict"}`. `choice` is the verdict the member put in place of the advice; the advice
    stays in `verdict`. `is_hard`: a hard norm stands behind the verdict. `falls_back`: the plan's school has
    no opinion here and the default spoke.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    person = models.ForeignKey(Person, models.CASCADE, related_name="steps")
    act = models.CharField(max_length=32)
    channel = models.CharField(max_length=16, blank=True)
    verdict = models.CharField(max_length=16)
    until = models.CharField(max_length=32, blank=True)
    earliest = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    latest = models.DateTimeField(null=True)
    arrives = models.DateTimeField(null=True)
    because = models.JSONField(default=list)
    against = models.JSONField(default=list)
    would_change = models.JSONField(default=list)
    is_hard = models.BooleanField(default=False)
    falls_back = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    choice = models.CharField(max_length=16, blank=True)
    chosen_at = models.DateTimeField(null=True)
    note = models.OneToOneField(Note, models.SET_NULL, null=True, related_name="step")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person", "act", "channel"], name="one_step_an_act_and_channel"
            )
        ]
        indexes = [models.Index(fields=["state", "due"], name="steps_by_due")]

    def __str__(self) -> str:
        return f"{self.act} {self.channel} {self.person}"
