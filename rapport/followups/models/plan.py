"""A plan: advice made concrete for one interview, kept in step with the facts."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models import Member
from rapport.interviews.models import Interview


class Plan(models.Model):
    """One interview's plan, by one school. `refresh_due_at`: when time alone may change its advice."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="plans")
    interview = models.OneToOneField(Interview, models.CASCADE, related_name="plan")
    school = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    refresh_due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"plan for {self.interview}"
