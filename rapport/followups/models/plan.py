"""A plan: advice made concrete for one interview, kept in step with the facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Prefetch

from rapport.accounts.models import Member
from rapport.followups import computing
from rapport.followups.schools import known_school
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record, written_together
from rapport.people.models import Person

_MANY = 100
"""How many plans are held in memory at once."""


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans in a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def open(self) -> Self:
        """Those whose interview stands."""
        return self.filter(closed_at=None)

    def around(self, person: Person) -> Self:
        """Plans in which a person has steps, or is met."""
        return self.filter(interview__interviewers__person=person).distinct()

    def of_application(self, application: Application) -> Self:
        """Plans of all interviews in one application."""
        return self.filter(interview__application=application)

    def whole(self) -> Self:
        """With everything that computing needs, in a constant number of queries.

        People are joined to who was met, since SQLite refuses Django's query for more than a thousand rows named
        one by one; steps have theirs from there, and notes are read with the others of their people.
        """
        people = Interviewer.objects.select_related("person__organisation")
        held = Interview.objects.only("application", "ends_at", "cancelled_at").order_by()
        return self.select_related("member", "interview__application__organisation").prefetch_related(
            Prefetch("interview__interviewers", people),
            Prefetch("interview__application__interviews", held),
            "interview__interviewers__person__statements",
            "interview__interviewers__person__happenings",
            "steps",
        )

    def recompute(self, at: datetime, because: str = "") -> list[computing.Changed]:
        """Bring these plans into step with the facts; give the open steps whose verdict changed.

        Many are done some at a time, so that memory stays bounded.
        """
        keys = list(self.order_by("interview__starts_at", "pk").values_list("pk", flat=True).distinct())
        if not keys:
            return []
        changed: list[computing.Changed] = []
        with written_together():
            for start in range(0, len(keys), _MANY):
                some = keys[start : start + _MANY]
                plans = {plan.pk: plan for plan in Plan.objects.filter(pk__in=some).whole()}
                changed += computing.recompute([plans[key] for key in some if key in plans], at, because)
        return changed


class Plan(models.Model):
    """One interview's plan, by one school.

    `refresh_due_at`: when time alone may change its advice. `words_due`: it came with very many others and its
    steps get their words when it is looked at (`with_words`).
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="plans")
    interview = models.OneToOneField(Interview, models.CASCADE, related_name="plan")
    school = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    refresh_due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    words_due = models.BooleanField(default=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "refresh_due_at"], name="plans_to_refresh")]

    def __str__(self) -> str:
        return f"plan for {self.interview}"

    @classmethod
    def of(cls, interview: Interview, *, at: datetime, school: str = "") -> Plan:
        """Give the interview's plan, made when there is none, in step with the facts at `at`."""
        (plan,) = cls.of_all([interview], at=at, school=school)
        return plan

    @classmethod
    def of_all(cls, interviews: Sequence[Interview], *, at: datetime, school: str = "") -> list[Plan]:
        """Give the plans of interviews of one member in their order, each in step with the facts."""
        if school and interviews:
            known_school(interviews[0].member, school)
        with written_together():
            keys = [interview.pk for interview in interviews]
            present = set(cls.objects.filter(interview__in=keys).values_list("interview", flat=True))
            cls.objects.bulk_create(
                cls(
                    member_id=interview.member_id,
                    interview=interview,
                    school=school or interview.member.school,
                    computed_at=at,
                )
                for interview in interviews
                if interview.pk not in present
            )
            if len(keys) > _MANY:
                cls.objects.filter(interview__in=keys).recompute(at)
                plans = {plan.interview_id: plan for plan in cls.objects.filter(interview__in=keys)}
            else:
                plans = {plan.interview_id: plan for plan in cls.objects.filter(interview__in=keys).whole()}
                computing.recompute(list(plans.values()), at)
        return [plans[key] for key in keys]

    def recompute(self, at: datetime, because: str = "") -> list[computing.Changed]:
        """Bring the plan into step with the facts; what the member did is not touched."""
        changed = Plan.objects.filter(pk=self.pk).recompute(at, because)
        self.refresh_from_db(fields=("school", *computing.PLAN_FIELDS))
        return changed

    def with_words(self, at: datetime) -> Plan:
        """Give the plan with the words of its steps, found now when they are still due."""
        if self.words_due:
            self.recompute(at)
        return self

    def follow(self, school: str, *, by: Member, at: datetime) -> list[computing.Changed]:
        """Let another school advise on this plan."""
        name = known_school(by, school).name
        with transaction.atomic():
            if (
                not Plan.objects.filter(pk=self.pk, school=self.school)
                .exclude(school=school)
                .update(school=school)
            ):
                raise NotAllowed(f"This plan follows {name} already.")
            changes = {"school": [self.school, school]}
            says = f"The plan for {self.interview} follows {name}."
            record(by, "plan.school_chosen", says, self, self.interview, at=at, changes=changes)
            return self.recompute(at, f"this plan follows {name} now")
