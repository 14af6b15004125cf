"""A person met in an interview."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.interviews.models.interview import Interview
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import as_before, as_changes
from rapport.people.models import Person
from rapport.rules.etiquette import FACTS
from rapport.rules.supposing import clause


class InterviewerQuerySet(models.QuerySet["Interviewer"]):
    """Who was met."""

    def seen_by(self, member: Member) -> Self:
        """Those of the member's own interviews."""
        return self.filter(interview__member=member)

    def present(self) -> Self:
        """Those who were not dismissed."""
        return self.filter(dismissed_at=None)


class Interviewer(models.Model):
    """A person met in an interview. `role` is a value of the fact `role` or empty; `topics`: what you talked about.

    `confirmed_at` is empty while the name was only read from a text and the member has not said yes;
    `dismissed_at` is set once the member said that this was nobody, or not there.
    """

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="interviewers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="interviewed_me")
    role = models.CharField(max_length=16, blank=True)
    source = models.CharField(max_length=16)
    confirmed_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    topics = models.TextField(blank=True)

    objects = InterviewerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "person"], name="one_interviewer_once_an_interview")
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.interview}"

    def confirm(self, *, by: Member, at: datetime) -> None:
        """The member says yes: this person was there; also takes a dismissal back."""
        if self.confirmed_at and not self.dismissed_at:
            raise NotAllowed(f"{self.person} is confirmed already.")
        says = f"{self.person} {'was' if self.interview.ends_at <= at else 'will be'} in {self.interview}."
        self._change(by, at, "interviewer.confirmed", says, confirmed_at=at, dismissed_at=None)

    def dismiss(self, *, by: Member, at: datetime) -> None:
        """The member says no: not there, or nobody. The person stays in the book."""
        if self.dismissed_at:
            raise NotAllowed(f"{self.person} is dismissed already.")
        says = f"{self.person} {'was not' if self.interview.ends_at <= at else 'will not be'} in {self.interview}."
        self._change(by, at, "interviewer.dismissed", says, dismissed_at=at)

    def recall(self, topics: str, *, by: Member, at: datetime) -> None:
        """Note what you talked about, one topic a line."""
        topics = topics.strip()
        if topics != self.topics:
            says = (
                f"With {self.person} you talked about: {'; '.join(topics.splitlines()) or 'nothing noted'}."
            )
            self._change(by, at, "interviewer.recalled", says, topics=topics)

    def give_role(self, role: str, *, by: Member, at: datetime) -> None:
        """Say what part the person has; an empty text makes it unknown again."""
        if role and not FACTS["role"].accepts(role):
            raise NotAllowed(f"A role is one of {FACTS['role'].expects}, not {role!r}.")
        if role != self.role:
            part = clause("role", role) if role else "their part is not known any more"
            says = f"{self.person}: {part}, in {self.interview}."
            self._change(by, at, "interviewer.role_given", says, role=role)

    def put_back(self, entry: Entry, *, by: Member, at: datetime) -> None:
        """Let be as before what an entry tells; NotAllowed when it was changed since."""
        self._change(by, at, "interviewer.put_back", entry.reversal, **as_before(self, entry.changes))

    def takes_over(self, other: Interviewer) -> None:
        """Both are one person, met in one interview: know what only the other row knew."""
        self.role = self.role or other.role
        self.confirmed_at = self.confirmed_at or other.confirmed_at
        if self.dismissed_at is None or other.dismissed_at is None:
            self.dismissed_at = None
        self.topics = "\n".join(dict.fromkeys(filter(None, (self.topics, other.topics))))

    def _change(self, by: Member, at: datetime, verb: str, says: str, **fields: Any) -> None:
        before, changes = {name: getattr(self, name) for name in fields}, as_changes(self, fields)
        with transaction.atomic():
            if Interviewer.objects.filter(pk=self.pk, **before).update(**fields) != 1:
                raise NotAllowed(f"{self} has changed meanwhile; look at it again.")
            for name, value in fields.items():
                setattr(self, name, value)
            record(by, verb, says, self.person, self.interview, self, at=at, changes=changes)
