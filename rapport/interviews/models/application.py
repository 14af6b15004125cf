"""The pursuit of one job at one organisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import as_before, as_changes
from rapport.people.models import Organisation
from rapport.rules.application import OFFERED, is_correction, may_decide, may_move
from rapport.rules.supposing import clause

DECISIONS_SAID = {
    "none": "not decided after all",
    "offer": "they made an offer",
    "accepted": "you accepted the offer",
    "declined": "you declined the offer",
    "rejected": "they said no",
    "withdrawn": "you withdrew",
    "silent": "their silence counts as an answer",
}


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications in a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def open(self) -> Self:
        """Those without a decision."""
        return self.exclude(stage="decided")


class Application(models.Model):
    """The pursuit of one job. `stage`, `decision` and `decision_pace` are values of the facts of those names.

    `decided_at` is when the organisation's answer (or the member's withdrawal) came; accepting or declining an
    offer leaves it. `joins_on` is the first day at work after an accepted offer.
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

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "stage"], name="applications_by_stage")]

    def __str__(self) -> str:
        if self.job_title and not self.organisation:
            return self.job_title
        return f"{self.job_title or 'Application'}, {self.organisation or 'organisation not known'}"

    @classmethod
    def standing(
        cls, member: Member, organisation: Organisation | None, job_title: str
    ) -> Application | None:
        """Give the open application at an organisation for a job, or None.

        A second interview at the same organisation belongs to the same application unless both name another
        job. Where the organisation is not known, each interview is an application of its own.
        """
        if organisation is None:
            return None
        open_ones = cls.objects.seen_by(member).open().filter(organisation=organisation).order_by("-pk")
        return cls.fitting(open_ones, job_title)

    @staticmethod
    def fitting(open_ones: Iterable[Application], job_title: str) -> Application | None:
        """Give the first of some open applications at one organisation that may be for a job, or None."""
        titles = {"", _one_line(job_title).lower()}
        return next((one for one in open_ones if not job_title or one.job_title.lower() in titles), None)

    @classmethod
    def begin(
        cls, member: Member, organisation: Organisation | None, job_title: str = "", *, at: datetime
    ) -> Application:
        """Open an application."""
        with transaction.atomic(savepoint=False):
            made = cls.objects.create(
                member=member, organisation=organisation, job_title=_one_line(job_title), opened_at=at
            )
            record(member, "application.opened", f"{made}: an application is open.", made, at=at)
        return made

    def learn_title(self, job_title: str, *, by: Member, at: datetime) -> None:
        """Take the job's title from a later interview when the first did not say."""
        title = _one_line(job_title)
        if title and not self.job_title:
            with transaction.atomic():
                self._change(by, at, "application.named", f"{self}: the job is {title}.", job_title=title)

    def edit(self, job_title: str, organisation: Organisation | None, *, by: Member, at: datetime) -> bool:
        """Say what the job is, and where; False when nothing reads otherwise.

        No later invitation changes either: one of the same interview only moves that, and another interview's gives a
        job its title only where there is none (`learn_title`).
        """
        fields: dict[str, Any] = {
            "job_title": _one_line(job_title),
            "organisation_id": organisation and organisation.pk,
        }
        fields = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if not fields:
            return False
        named = Application(job_title=_one_line(job_title), organisation=organisation)
        with transaction.atomic():
            self._change(by, at, "application.edited", f"You put right: {self} is {named}.", **fields)
        return True

    def move_to(self, stage: str, *, by: Member, at: datetime) -> None:
        """Move to another open stage; backward corrects. Decided is reached by `decide` only."""
        if not may_move(self.stage, stage):
            raise NotAllowed(f"{self}: from {self.stage} there is no way to {stage}.")
        with transaction.atomic():
            says = f"{self}: {clause('stage', stage)}"
            says += ", corrected." if is_correction(self.stage, stage) else "."
            self._change(by, at, "application.moved", says, stage=stage)

    def decide(self, decision: str, *, by: Member, at: datetime, joins_on: date | None = None) -> None:
        """Record what was decided; `none` takes a decision back. `joins_on` goes with an accepted offer only."""
        if not may_decide(self.decision, decision):
            raise NotAllowed(f"{self}: after {self.decision} there cannot be {decision}.")
        if joins_on and decision != "accepted":
            raise NotAllowed("A first day at work goes with an accepted offer.")
        stays = self.decision in OFFERED and decision in OFFERED
        decided_at = self.decided_at if stays else at
        is_open = decision == "none"
        with transaction.atomic():
            self._change(
                by,
                at,
                "application.decided",
                f"{self}: {DECISIONS_SAID[decision]}.",
                decision=decision,
                stage="interviewing" if is_open else "decided",
                decided_at=None if is_open else decided_at,
                joins_on=joins_on,
            )

    def expect(
        self,
        *,
        by: Member,
        at: datetime,
        reply_by: date | None = None,
        decision_pace: str | None = None,
        joins_on: date | None = None,
        via_agency: bool | None = None,
        search_is_secret: bool | None = None,
    ) -> None:
        """Record what the organisation promised, and the circumstances; what is not given stays."""
        said = {
            "reply_by": reply_by,
            "decision_pace": decision_pace,
            "joins_on": joins_on,
            "via_agency": via_agency,
            "search_is_secret": search_is_secret,
        }
        fields = {name: value for name, value in said.items() if value is not None}
        if joins_on and self.decision != "accepted":
            raise NotAllowed("A first day at work goes with an accepted offer.")
        if fields:
            words = "; ".join(clause(name, value) for name, value in fields.items())
            with transaction.atomic():
                self._change(by, at, "application.expected", f"{self}: {words}.", **fields)

    def checked_in(self, *, by: Member, at: datetime) -> None:
        """Count one more enquiry of the member that is unanswered."""
        with transaction.atomic():
            says = f"{self}: you asked where the decision stands."
            self._change(by, at, "application.checked_in", says, check_ins=self.check_ins + 1)

    def did_not_check_in(self, *, by: Member, at: datetime) -> None:
        """Take one enquiry back that was counted by mistake."""
        if self.check_ins:
            with transaction.atomic():
                says = f"{self}: you did not ask where the decision stands."
                self._change(by, at, "application.check_in_undone", says, check_ins=self.check_ins - 1)

    def answered(self, *, by: Member, at: datetime) -> None:
        """They answered: no enquiry is unanswered any more."""
        if self.check_ins:
            with transaction.atomic():
                says = f"{self}: your enquiry was answered."
                self._change(by, at, "application.answered", says, check_ins=0)

    def was_not_answered(self, check_ins: int, *, by: Member, at: datetime) -> None:
        """Let enquiries that counted as answered by mistake stand again."""
        with transaction.atomic():
            says = f"{self}: your enquiry was not answered after all."
            self._change(by, at, "application.not_answered", says, check_ins=self.check_ins + check_ins)

    def put_back(self, entry: Entry, *, by: Member, at: datetime) -> None:
        """Let be as before what an entry tells; NotAllowed when it was changed since."""
        with transaction.atomic():
            before = as_before(self, entry.changes)
            self._change(by, at, "application.put_back", entry.reversal, **before)

    def _change(self, by: Member, at: datetime, verb: str, says: str, **fields: Any) -> None:
        """Compare and set the stage, decision and what goes with them, and journal the difference."""
        standing = Application.objects.filter(
            pk=self.pk, stage=self.stage, decision=self.decision, check_ins=self.check_ins
        )
        if standing.update(**fields) != 1:
            raise NotAllowed(f"{self} has changed meanwhile; look at it again.")
        changes = as_changes(self, fields)
        for name, value in fields.items():
            setattr(self, name, value)
        record(by, verb, says, self, at=at, changes=changes)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
