"""One step of a plan: an act towards one person, and what the member did about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q

from rapport.accounts.models import Member
from rapport.correspondence.models import Note
from rapport.followups.computing import Changed
from rapport.followups.models.happening import Happening
from rapport.followups.models.outcome import UNANSWERED, Outcome, OutcomeQuerySet
from rapport.followups.models.plan import Plan
from rapport.followups.sentences import step_said
from rapport.interviews.models import Interviewer
from rapport.journal.errors import NeedsConfirmation, NotAllowed
from rapport.journal.models import record
from rapport.network.models import Invitation
from rapport.people.models import Person
from rapport.rules import moments
from rapport.rules.etiquette import VERDICTS

_BOLDNESS = {verdict: place for place, verdict in enumerate(VERDICTS)}
_CHOICES = frozenset(VERDICTS) - {"ask"}
_SENDS = frozenset({"invite", "follow"})
_USUAL_ANSWERS = {"social": "declined"}
"""What a draft answers where the member did not say: a friend request is declined kindly, anything else accepted."""

_PER_INTERVIEW = ("thank", "record")
"""Acts that each interview asks for anew; any other is due once a person, in the plan of the latest interview."""


ON_ITS_WAY = Q(note__queued_at__isnull=False, note__sent_at=None)
"""A step whose note is queued to leave by mail: it waits, and there is nothing to do."""


_WANTED = Q(choice="do") | Q(choice="", verdict="do")
_HELD = Q(choice="hold") | Q(choice="", verdict="hold")

_A_LINE = (
    *("act", "channel", "verdict", "choice", "until", "because", "earliest", "due", "latest", "arrives"),
    *("state", "settled_at", "posted_at", "snoozed_until", "note__queued_at", "note__sent_at"),
)
"""What a line on a page shows of a step."""

_BESIDES = (
    *("person__name", "person__time_zone"),
    *("plan__interview__time_zone", "plan__interview__application__organisation__name"),
)
"""What a line in a list says besides: to whom, in whose zone, and of which organisation."""


class State(models.TextChoices):
    """What the member did about a step."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


class StepQuerySet(OutcomeQuerySet):
    """Steps in a book, with what a page shows of them."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(plan__member=member)

    def done_towards(self, people: Iterable[int]) -> Self:
        """What was done that counts in every interview with some people: talking first."""
        return self.filter(person__in=people, state=State.DONE, act="talk_first")

    def with_all(self) -> Self:
        """With the rows that a line on a page needs, in the same query."""
        return self.select_related(
            "person__organisation", "note", "plan__interview__application__organisation", "plan__member"
        )

    def in_lines(self) -> Self:
        """With what one line on the page of an interview shows; its person and plan are at hand there."""
        return self.select_related("note").only("person", "plan", *_A_LINE)

    def in_lists(self) -> Self:
        """With what one line among many interviews shows, and nothing besides."""
        rows = ("person", "note", "plan__interview__application__organisation")
        return self.select_related(*rows).only(*_A_LINE, *_BESIDES)

    def standing(self) -> Self:
        """Open steps of standing interviews, each act once a person: in the plan of the latest interview."""
        return self.filter(_in_the_latest(), state=State.OPEN, closed_at=None)

    def to_do_now(self, at: datetime) -> Self:
        """What to do at a moment: advised or chosen, not snoozed or on its way, its window open or its end near."""
        return self.standing().filter(_to_do(at)).order_by(F("due").asc(nulls_last=True), "pk")

    def waiting(self, at: datetime) -> Self:
        """What is held, snoozed, on its way by mail, or opens later: what opens soonest stands first."""
        return self.standing().filter(_waits(at)).order_by(F("earliest").asc(nulls_last=True), "pk")

    def counted(self, at: datetime) -> tuple[int, int]:
        """How many there are to do and how many wait, in one query."""
        counts = {"to_do": Count("pk", filter=_to_do(at)), "waiting": Count("pk", filter=_waits(at))}
        found = self.standing().filter(_WANTED | _HELD | ON_ITS_WAY).aggregate(**counts)
        return found["to_do"], found["waiting"]

    def settled_on(self, day: date, zone: ZoneInfo) -> Self:
        """What the member did or skipped on a day of their zone; what intake records itself is not among it."""
        begins = datetime.combine(day, time(0), zone)
        ends = datetime.combine(day + timedelta(days=1), time(0), zone)
        found = self.filter(settled_at__gte=begins, settled_at__lt=ends).exclude(act="record")
        return found.order_by("-settled_at", "-pk")


@cache
def _in_the_latest() -> Q:
    """Whether a step stands in the plan of the latest interview with its person, where that is asked for.

    Later interviews are looked for among who was met, a small table: a search among the steps themselves
    took PostgreSQL minutes while it had no statistics of them.
    """
    interview, starts_at = OuterRef("plan__interview"), OuterRef("plan__interview__starts_at")
    later = Interviewer.objects.present().filter(
        Q(interview__starts_at__gt=starts_at) | Q(interview__starts_at=starts_at, interview__gt=interview),
        person=OuterRef("person"),
        interview__cancelled_at=None,
    )
    return Q(act__in=_PER_INTERVIEW) | Q(~Exists(later))


def _to_do(at: datetime) -> Q:
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=at)
    begun = Q(earliest=None) | Q(earliest__lte=at) | Q(due__lte=at + timedelta(days=1))
    return _WANTED & awake & begun & ~ON_ITS_WAY


def _waits(at: datetime) -> Q:
    later = Q(snoozed_until__gt=at) | Q(earliest__gt=at, due__gt=at + timedelta(days=1))
    return _HELD | _WANTED & later | ON_ITS_WAY


class Step(Outcome):
    """An act towards one person as advised, and what the member did about it.

    `because` and `against` are lists of `{"norm", "school", "says", "source"}`, `would_change` of
    `{"fact", "value", "verdict"}`. `choice` is the verdict the member put in place of the advice; the advice
    stays in `verdict`. `is_hard`: a hard norm stands behind the verdict. `falls_back`: the plan's school has
    no opinion here and the default spoke. `closed_at`: the interview was cancelled or the person dismissed.
    `posted_at`: when a letter was put into the post, noon of a day in the member's zone; `arrives` is then the day on
    which it is expected. `words_from` is a digest of what the note's words were composed from.
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
    posted_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    choice = models.CharField(max_length=16, blank=True)
    chosen_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    note = models.OneToOneField(Note, models.SET_NULL, null=True, related_name="step")
    words_from = models.CharField(max_length=64, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person", "act", "channel"], name="one_step_an_act_and_channel"
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | ~Q(state="open") & Q(settled_at__isnull=False),
                name="settled_steps_say_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due"], name="steps_by_due"),
            models.Index(fields=["person", "act", "channel"], name="steps_of_person"),
        ]

    def __str__(self) -> str:
        return step_said(self.act, self.channel, self.person.name)

    @property
    def in_force(self) -> str:
        """The verdict that counts: the member's choice, else the advice."""
        return self.choice or self.verdict

    @property
    def done_at(self) -> datetime | None:
        """When the member did it: a letter may have been posted before it was marked."""
        return (self.posted_at or self.settled_at) if self.state == State.DONE else None

    @property
    def was_touched(self) -> bool:
        """Whether the member did anything about it: what an undo must not lose."""
        is_own = self.act == "record" and self.state == State.DONE
        return (
            (self.state != State.OPEN and not is_own) or bool(self.choice) or self.snoozed_until is not None
        )

    def outweighs(self, other: Step) -> bool:
        """Of one act towards two people who are one, the step the member did something about counts, done over skipped.

        Where both were touched alike, the one settled last.
        """
        return _weight(self) > _weight(other)

    def complete(
        self,
        *,
        by: Member,
        at: datetime,
        confirmed: bool = False,
        posted_on: date | None = None,
        answer: str = "",
    ) -> list[Changed]:
        """Mark as done; against a hard norm, or what a site allows, only once confirmed.

        A letter is done once it is in the post: on `posted_on`, a day of the member's zone, else today. From then its
        arrival is reckoned. NotAllowed for a day to come, or before the interview. An invitation is recorded with the
        note's words; a withdrawal or an answer moves the one that waits. Gives what changed in the person's plans.
        """
        posted = self._posting(posted_on, by, at) if self.channel == "letter" else {}
        if not confirmed:
            self._ask_before_doing(by, at)
        with transaction.atomic():
            self._move(State.OPEN, State.DONE, at, **posted)
            self._carry_out(by, at, answer)
            self._record(by, "step.done", f"{self}: {self._how_done(by)}.", at)
            return self._around(at)

    def ask_before_done(self) -> None:
        """Raise NeedsConfirmation with the reasons when doing it now would go against a hard norm."""
        self._ask(self._norms_against_doing())

    def skip(self, *, by: Member, at: datetime) -> list[Changed]:
        """Leave it undone on purpose."""
        with transaction.atomic():
            self._move(State.OPEN, State.SKIPPED, at)
            self._record(by, "step.skipped", f"{self}: skipped.", at)
            return self._around(at)

    def reopen(self, *, by: Member, at: datetime) -> list[Changed]:
        """Take a done or skipped step back; it is open again and follows the facts."""
        was = self.state
        if was == State.OPEN:
            raise NotAllowed(f"{self}: this is open already.")
        with transaction.atomic():
            self._move(State(was), State.OPEN, None, posted_at=None)
            if was == State.DONE:
                self._take_back(by, at)
            self._record(by, "step.reopened", f"{self}: open again.", at)
            return self._around(at)

    def snooze(self, until: datetime, *, by: Member, at: datetime) -> None:
        """Put it out of sight until a moment; `until` not after `at` wakes it."""
        with transaction.atomic():
            self._set(snoozed_until=until if until > at else None)
            said = (
                f"{self}: put off until {moments.exactly(until, by.zone)}."
                if until > at
                else f"{self}: awake again."
            )
            self._record(by, "step.snoozed", said, at)

    def overrule(self, verdict: str, *, by: Member, at: datetime, confirmed: bool = False) -> None:
        """Put the member's own verdict in place of the advice, which stays recorded.

        Raises NeedsConfirmation with the reasons when that is bolder than what a hard norm allows.
        """
        if verdict not in _CHOICES:
            raise NotAllowed(f"{verdict!r} is no verdict that can be chosen.")
        if not confirmed:
            self._ask_before(verdict)
        before = self.choice
        with transaction.atomic():
            self._set(choice=verdict, chosen_at=at)
            says = f"{self}: you chose {verdict}; the advice is {self.verdict}."
            self._record(by, "step.overruled", says, at, {"choice": [before, verdict]})

    def follow_advice(self, *, by: Member, at: datetime) -> None:
        """Drop the member's own verdict: the advice counts again."""
        if not self.choice:
            raise NotAllowed(f"{self}: the advice is being followed already.")
        before = self.choice
        with transaction.atomic():
            self._set(choice="", chosen_at=None)
            self._record(
                by, "step.advice_followed", f"{self}: the advice counts again.", at, {"choice": [before, ""]}
            )

    def _carry_out(self, by: Member, at: datetime, answer: str) -> None:
        """Let what is done be known where it belongs: the enquiry, the invitation, the answer to theirs."""
        if self.act == "check_in":
            self.plan.interview.application.checked_in(by=by, at=at)
        elif self.act in _SENDS:
            words = self.note.text if self.note else ""
            Invitation.record_sent(self.person, self.channel, by=by, at=at, words=words, confirmed=True)
        elif self.act == "withdraw" and (sent := self._tie("sent")) and sent.is_waiting:
            sent.withdraw(by=by, at=at)
        elif self.act == "answer" and (theirs := self._tie("received")) and theirs.is_waiting:
            declines = (answer or _USUAL_ANSWERS.get(self.channel)) == "declined"
            (theirs.decline if declines else theirs.accept)(by=by, at=at)

    def _take_back(self, by: Member, at: datetime) -> None:
        """Undo what carrying it out has made known, where it still stands so."""
        if self.act == "check_in":
            self._did_not_ask(by, at)
        elif self.act in _SENDS and (sent := self._tie("sent")):
            sent.take_back(by=by, at=at)
        elif self.act == "withdraw" and (sent := self._tie("sent")) and sent.state == "withdrawn":
            sent.reconsider(by=by, at=at)
        elif self.act == "answer" and (theirs := self._tie("received")) and not theirs.is_waiting:
            theirs.reconsider(by=by, at=at)

    def _did_not_ask(self, by: Member, at: datetime) -> None:
        """Count one enquiry less: of those that wait, or, once answered, of those that would wait again."""
        application = self.plan.interview.application
        if application.check_ins:
            application.did_not_check_in(by=by, at=at)
        elif (heard := Happening.objects.answering(application.pk)) is not None:
            heard.answers_enquiries(application.pk, -1)

    def _tie(self, direction: str) -> Invitation | None:
        """Give the latest invitation either way on this step's channel."""
        found = Invitation.objects.standing().filter(
            person=self.person_id, channel=self.channel or "professional", direction=direction
        )
        return found.last()

    def _ask_before(self, verdict: str) -> None:
        if reasons := self._reasons_against(verdict):
            raise NeedsConfirmation(f"{self}: the advice is {self.verdict}. {' '.join(reasons)}", reasons)

    def _reasons_against(self, verdict: str) -> tuple[str, ...]:
        """Give why a hard norm stands against being so bold."""
        if self.is_hard and _BOLDNESS[verdict] < _BOLDNESS[self.verdict]:
            return tuple(reason["says"] for reason in self.because)
        return ()

    def _ask_before_doing(self, by: Member, at: datetime) -> None:
        """Acting is the moment of truth: every reason against it at once, so that one answer is enough."""
        reasons = self._norms_against_doing()
        if self.act in _SENDS:
            words = self.note.text if self.note else ""
            reasons += Invitation.reasons_against(self.person, self.channel, words=words, by=by, at=at)
        self._ask(reasons)

    def _norms_against_doing(self) -> tuple[str, ...]:
        return (*self._skipped_thanks(), *(() if self.choice else self._reasons_against("do")))

    def _ask(self, reasons: tuple[str, ...]) -> None:
        if reasons:
            raise NeedsConfirmation(f"{self}: {' '.join(reasons)}", reasons)

    def _skipped_thanks(self) -> Iterable[str]:
        """Say so when they were not thanked: a thank-you that nobody noted was not sent."""
        for change in self.would_change:
            stricter = _BOLDNESS[change["verdict"]] > _BOLDNESS[self.verdict]
            if (change["fact"], change["value"]) == ("thanked", "none") and stricter:
                yield f"Rapport knows of no thank-you to {self.person}, and nothing stands in place of one."
                return

    def _posting(self, day: date | None, by: Member, at: datetime) -> dict[str, datetime]:
        """Give the moment of posting and the expected arrival, in working days where the letter goes."""
        today = at.astimezone(by.zone).date()
        day = day or today
        if day > today:
            raise NotAllowed("A letter is posted today or earlier; mark it on the day it goes.")
        ended = self.plan.interview.ends_at
        if day < min(ended.astimezone(by.zone).date(), today):
            raise NotAllowed(
                f"That is before the interview, which was on {moments.whole_day(ended, by.zone)}."
            )
        noon = datetime.combine(day, time(12), by.zone)
        posted = at if day == today else min(max(noon, ended), at)
        place = self.person.organisation
        country = self.person.country or (place.country if place else "")
        zone = ZoneInfo(self.person.time_zone or self.plan.interview.time_zone or by.time_zone)
        there = datetime.combine(day, time(12), zone)
        return {"posted_at": posted, "arrives": by.working_calendar.arrival(there, zone, country)}

    def _how_done(self, by: Member) -> str:
        if self.posted_at is None or self.arrives is None:
            return "done"
        arrival = moments.whole_day(self.arrives, by.zone)
        return f"posted on {moments.whole_day(self.posted_at, by.zone)}, expected about {arrival}"

    def _move(self, old: State, new: State, at: datetime | None, **posted: datetime | None) -> None:
        """Move to another state; what came of it before does not count any more."""
        settled: dict[str, Any] = {"state": new, "settled_at": at, **UNANSWERED, **posted}
        if Step.objects.filter(pk=self.pk, state=old).update(**settled) != 1:
            raise NotAllowed(f"{self}: this is not {old.label.lower()} any more.")
        for name, value in settled.items():
            setattr(self, name, value)

    def _set(self, **fields: Any) -> None:
        """Change an open step, provided it stands as it was read."""
        as_read = {name: getattr(self, name) for name in fields}
        if Step.objects.filter(pk=self.pk, state=State.OPEN, **as_read).update(**fields) != 1:
            raise NotAllowed(f"{self}: this is settled, or has changed meanwhile.")
        for name, value in fields.items():
            setattr(self, name, value)

    def _record(
        self, by: Member, verb: str, says: str, at: datetime, changes: dict[str, Any] | None = None
    ) -> None:
        record(by, verb, says, self, self.person, self.plan.interview, at=at, changes=changes)

    def _around(self, at: datetime) -> list[Changed]:
        """Let every plan with this person follow what was done."""
        changed = (
            Plan.objects.open().around(self.person).recompute(at, f"of what you did: {str(self).lower()}")
        )
        self.refresh_from_db()
        return changed


def _weight(step: Step) -> tuple[bool, bool, float]:
    note = step.note
    has_words = note is not None and (note.edited_at is not None or note.queued_at is not None)
    settled = step.settled_at.timestamp() if step.settled_at and step.was_touched else 0.0
    return step.state == State.DONE and step.was_touched, step.was_touched or has_words, settled
