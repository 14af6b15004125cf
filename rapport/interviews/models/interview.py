"""A meeting in an application, with its interviewers."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models import Member
from rapport.interviews.models.application import Application
from rapport.people.models import Person


class Interview(models.Model):
    """A meeting in an application. Times are UTC; `time_zone` is the zone the invitation was written in.

    `left_out` is a list of `{"address", "why"}`: who was invited and is nobody to thank.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="interviews")
    application = models.ForeignKey(Application, models.CASCADE, related_name="interviews")
    uid = models.CharField(max_length=500)
    recurrence_id = models.CharField(max_length=64, blank=True)
    sequence = models.IntegerField(default=0)
    stamped_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=500)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64, blank=True)
    location = models.TextField(blank=True)
    video_url = models.URLField(max_length=1000, blank=True)
    kind = models.CharField(max_length=16, default="unknown")
    description = models.TextField(blank=True)
    left_out = models.JSONField(default=list)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "uid", "recurrence_id"], name="one_interview_a_uid")
        ]

    def __str__(self) -> str:
        return self.title


class Interviewer(models.Model):
    """A person met in an interview. `role` is a value of the fact `role` or empty; `topics`: what you talked about.

    `confirmed_at` is empty while the name was only read from a text and the member has not said yes.
    """

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="interviewers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="interviewed_me")
    role = models.CharField(max_length=16, blank=True)
    source = models.CharField(max_length=16)
    confirmed_at = models.DateTimeField(null=True)
    topics = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interview", "person"], name="one_interviewer_once_an_interview")
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.interview}"
