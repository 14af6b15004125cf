"""One field of a person that a source says otherwise: applied, ignored, or waiting for the member's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from textwrap import shorten
from typing import Any, Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record
from rapport.people.models.card_revision import CardRevision, digest
from rapport.people.models.person import Person
from rapport.people.models.source import Source
from rapport.rules.card import Card
from rapport.rules.card.hearing import OF_WORK, Saying, beside
from rapport.rules.card.history import applied, edit_between
from rapport.rules.card.jobs import JOBS, Job
from rapport.rules.card.leaving import with_job_left

LONGEST = 80
"""Letters of what a phrase tells; a note may have thousands."""

OPEN, APPLIED, IGNORED = "open", "applied", "ignored"


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Suggestions of a book."""

    def seen_by(self, member: Member) -> Self:
        """Those about the member's own people."""
        return self.filter(person__member=member, person__merged_into=None)

    def open(self) -> Self:
        """Those that wait; title and company first, then the newest."""
        return self.filter(state=OPEN).work_first("-made_at")

    def settled(self) -> Self:
        """Those that were applied or ignored, the latest first."""
        return self.exclude(state=OPEN).order_by("-settled_at", "-pk")

    def work_first(self, then: str) -> Self:
        """Order by what is news of somebody first."""
        is_other = models.Case(models.When(field__in=OF_WORK, then=0), default=1)
        return self.annotate(is_other=is_other).order_by("is_other", then, "pk")


class Suggestion(models.Model):
    """What one source says of one field; `field` is one of `rules.card.hearing.FIELDS`.

    `before` and `after` are the values as a person reads them, `edit` and `base` as in `hearing.Saying`. `is_conflict`:
    it would replace what somebody else said, so it never applies by itself. `revision` is how it stands on the card.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="suggestions")
    source = models.ForeignKey(Source, models.CASCADE, related_name="suggestions")
    field = models.CharField(max_length=32)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    edit = models.JSONField(default=list)
    base = models.JSONField(default=list)
    is_conflict = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default=OPEN)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    revision = models.ForeignKey(CardRevision, models.SET_NULL, null=True, related_name="+")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "state"], name="suggestions_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "field"], condition=models.Q(state=OPEN), name="one_waits_a_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.person}"

    @classmethod
    def of(cls, source: Source, field: str, saying: Saying, *, at: datetime) -> Suggestion:
        """Make one that waits, unsaved."""
        return cls(
            person=source.person,
            source=source,
            field=field,
            before=list(saying.change.before),
            after=list(saying.change.after),
            edit=[list(pair) for pair in saying.edit],
            base=list(saying.base),
            is_conflict=saying.is_conflict,
            made_at=at,
        )

    @property
    def brought(self) -> Card:
        """What the card would say besides."""
        return Card(after for _, after in self.edit if after)

    @property
    def is_of_work(self) -> bool:
        """Whether it is news of somebody."""
        return self.field in OF_WORK

    @property
    def can_be_both(self) -> bool:
        """Whether both values can stand: somebody may have two jobs."""
        return self.is_of_work and bool(self.before) and bool(self.after)

    @property
    def is_taken_back(self) -> bool:
        """Whether it was applied and then taken back from the person's page."""
        return self.revision is not None and self.revision.undone_at is not None

    def apply(self, *, by: Member, at: datetime, keeping_both: bool = False) -> None:
        """Let the card say so: in place of what stood, or `keeping_both`, which only a job can."""
        if keeping_both and not self.can_be_both:
            raise NotAllowed("Both cannot stand here: choose one.")
        with transaction.atomic():
            person = Person.objects.select_for_update().get(pk=self.person_id)
            before = person.current_card
            self._settle(APPLIED, at)
            self.put_on(person, at=at, edit=beside(self.edit) if keeping_both else self.edit)
            tail = f" ({self.source}{', beside what stood' if keeping_both else ''})"
            person.tell(before, by=by, at=at, verb="suggestion.applied", tail=tail, also=[self])

    def put_on(self, person: Person, *, at: datetime, edit: Any = None) -> None:
        """Change the card quietly: who applies several journals them as one."""
        standing = person.current_card
        edit = self.edit if edit is None else edit
        fresh = applied(standing, edit)
        if self.is_of_work and edit == self.edit and fresh != standing:
            whole = with_job_left(fresh, self._left(standing), at.date(), person.revisions.struck())
            edit = [*edit, *edit_between(fresh, whole)]
            fresh = whole
        if fresh != standing:
            given = Card(after for _, after in edit if after)
            self.revision = person.revisions.create(
                source=f"{self.source}"[:300],
                given=given.text(),
                digest=digest(given),
                before=standing.text(),
                after=fresh.text(),
                absorbed_at=at,
                edit=edit,
            )
            person.take_card(fresh)
        self.state, self.settled_at = APPLIED, at
        self.save()

    def _left(self, standing: Card) -> Job:
        """Give the job before: a title and its employer are applied one by one, and the other may have been already."""
        was = next(iter(self.before), "")
        jobs = (job for job in JOBS.of(standing) if not job.is_former and getattr(job, self.field) == was)
        left = next(jobs, Job(""))
        since = Suggestion.objects.filter(source=self.source_id, state=APPLIED, settled_at__gte=self.made_at)
        other = since.filter(field__in=OF_WORK).exclude(field=self.field).order_by("settled_at").last()
        if other is None:
            return left
        was = next(iter(other.before), "")
        return replace(left, title=was) if other.field == "title" else replace(left, organisation=was)

    def ignore(self, *, by: Member, at: datetime) -> None:
        """Leave the card as it is; the source is heard again when it says something else."""
        with transaction.atomic():
            self._settle(IGNORED, at)
            says = f"{self.person}: {self.in_words} was ignored ({self.source})."
            record(by, "suggestion.ignored", says, self.person, self, at=at)

    def undo(self, *, by: Member, at: datetime) -> None:
        """Let it wait again; what was applied is taken off the card. NotAllowed when something newer waits."""
        with transaction.atomic():
            if Suggestion.objects.filter(source=self.source_id, field=self.field, state=OPEN).exists():
                raise NotAllowed(f"{self.source} says something newer since: look at that.")
            if (
                not Suggestion.objects.filter(pk=self.pk)
                .exclude(state=OPEN)
                .update(state=OPEN, settled_at=None)
            ):
                raise NotAllowed("This waits already.")
            was_applied = self.revision is not None and self.revision.undone_at is None
            if was_applied:
                self.revision.undo(by=by, at=at)  # type: ignore[union-attr]  # it is there, as just asked
            else:
                says = f"{self.person}: {self.in_words} waits again ({self.source})."
                record(by, "suggestion.reopened", says, self.person, self, at=at)
            Suggestion.objects.filter(pk=self.pk).update(revision=None)
            self.refresh_from_db()

    @property
    def in_words(self) -> str:
        """What would change, as a phrase."""
        before, after = (
            shorten(", ".join(said), LONGEST, placeholder=" …") for said in (self.before, self.after)
        )
        if before and after:
            return f"{before} → {after}"
        return f"{self.field} {after}" if after else f"no {self.field} (was {before})"

    def _settle(self, state: str, at: datetime) -> None:
        mine = Suggestion.objects.filter(pk=self.pk, state=OPEN)
        if not mine.update(state=state, settled_at=at):
            raise NotAllowed("This was answered already.")
        self.state, self.settled_at = state, at
