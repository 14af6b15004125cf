"""One step of a plan: an act towards one person, and what the member did about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.correspondence.models import Note
from rapport.followups.carrying_out import SENDS, carry_out, take_back
from rapport.followups.computing import ADVICE_FIELDS, Changed
from rapport.followups.models.lists import State, StepQuerySet
from rapport.followups.models.outcome import UNANSWERED, Outcome
from rapport.followups.models.plan import Plan
from rapport.followups.posting import posted, posting
from rapport.followups.sentences import step_said
from rapport.journal.errors import NeedsConfirmation, NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import as_before, as_json
from rapport.network.models import Invitation
from rapport.people.models import Person
from rapport.rules import moments
from rapport.rules.etiquette import VERDICTS

_BOLDNESS = {verdict: place for place, verdict in enumerate(VERDICTS)}
_SETTLED = ("state", "settled_at", "posted_at", "answer", "answered_at", "answered_by_id")
"""What is otherwise once a settled step is open again."""

_FOLLOWS = (
    *ADVICE_FIELDS,
    *("state", "settled_at", "posted_at", "answer", "answered_at"),
    *("closed_at", "note", "words_from"),
)
"""What doing something about a step changes of it, and computing its plan afterwards."""

_CHOICES = frozenset(VERDICTS) - {"ask"}


class Step(Outcome):
    """An act towards one person as advised, and what the member did about it.

    `because` and `against` are lists of `{"norm", "school", "says", "source"}`, `would_change` of
    `{"fact", "value", "verdict"}`. `choice` is the verdict the member put in place of the advice; the advice
    stays in `verdict`. `is_hard`: a hard norm stands behind the verdict. `falls_back`: the plan's school has
    no opinion here and the default spoke. `was_due`: the end of a window that has gone by, where `earliest` to `latest`
    were given instead. `closed_at`: the interview was cancelled or the person dismissed.
    `posted_at`: when a letter was put into the post, noon of a day in the member's zone; `arrives` is then the day on
    which it is expected. `words_from` is a digest of what the note's words were composed from.
    """

    is_in_doubt = False
    """Whether nobody knows if its mail left, where the query asked (`StepQuerySet`)."""

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
    was_due = models.DateTimeField(null=True)
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
    def their_zone(self) -> ZoneInfo:
        """The zone of whom it is for; the interview's, then the member's, while theirs is not known."""
        interview, member = self.plan.interview, self.plan.member
        return ZoneInfo(self.person.time_zone or interview.time_zone or member.time_zone)

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
        on_its_way = self._posting(posted_on, by, at) if self.channel == "letter" else {}
        if not confirmed:
            self._ask_before_doing(by, at)
        with transaction.atomic():
            self._move(State.OPEN, State.DONE, at, **on_its_way)
            carry_out(self, by=by, at=at, answer=answer)
            self._record(by, "step.done", f"{self}: {self._how_done(by)}.", at)
            return self._around(at)

    def ask_before_done(self) -> None:
        """Raise NeedsConfirmation with the reasons when doing it now would go against a hard norm.

        One of them is never the same words twice, whoever wrote them: the note is compared with all that was sent to
        the person and to others of the organisation, in one query.
        """
        self._ask(self._norms_against_doing())

    def skip(self, *, by: Member, at: datetime) -> list[Changed]:
        """Leave it undone on purpose; NotAllowed while its mail would leave all the same."""
        self._ask_that_nothing_leaves()
        with transaction.atomic():
            self._move(State.OPEN, State.SKIPPED, at)
            self._record(by, "step.skipped", f"{self}: skipped.", at)
            return self._around(at)

    def reopen(self, *, by: Member, at: datetime) -> list[Changed]:
        """Take a done or skipped step back; it is open again and follows the facts."""
        was = self.state
        if was == State.OPEN:
            raise NotAllowed(f"{self}: this is open already.")
        stood = {name: getattr(self, name) for name in _SETTLED}
        with transaction.atomic():
            self._move(State(was), State.OPEN, None, posted_at=None)
            if was == State.DONE:
                take_back(self, by=by, at=at)
            self._record(by, "step.reopened", f"{self}: open again.", at, self._differences(stood))
            return self._around(at)

    def put_back(self, entry: Entry, *, by: Member, at: datetime) -> None:
        """Let be as before an entry what the member did about it; NotAllowed when it was changed since."""
        with transaction.atomic():
            before = as_before(self, entry.changes)
            if day := before.get("posted_at"):
                before["arrives"] = self._posting(day.astimezone(by.zone).date(), by, at)["arrives"]
            stood = {name: getattr(self, name) for name in before}
            if Step.objects.filter(pk=self.pk, **stood).update(**before) != 1:
                raise NotAllowed(f"{self}: this has changed meanwhile; look at it again.")
            for name, value in before.items():
                setattr(self, name, value)
            self._record(by, "step.put_back", entry.reversal, at, self._differences(stood))

    def snooze(self, until: datetime, *, by: Member, at: datetime) -> None:
        """Put it out of sight until a moment; `until` not after `at` wakes it.

        NotAllowed while its mail would leave all the same.
        """
        self._ask_that_nothing_leaves()
        with transaction.atomic():
            before = self.snoozed_until
            self._set(snoozed_until=until if until > at else None)
            said = (
                f"{self}: put off until {moments.exactly(until, by.zone)}."
                if until > at
                else f"{self}: awake again."
            )
            self._record(by, "step.snoozed", said, at, self._differences({"snoozed_until": before}))

    def overrule(self, verdict: str, *, by: Member, at: datetime, confirmed: bool = False) -> None:
        """Put the member's own verdict in place of the advice, which stays recorded.

        Raises NeedsConfirmation with the reasons when that is bolder than what a hard norm allows, and NotAllowed while
        its mail would leave all the same.
        """
        self._ask_that_nothing_leaves()
        if verdict not in _CHOICES:
            raise NotAllowed(f"{verdict!r} is no verdict that can be chosen.")
        if not confirmed:
            self._ask_before(verdict)
        before = {"choice": self.choice, "chosen_at": self.chosen_at}
        with transaction.atomic():
            self._set(choice=verdict, chosen_at=at)
            says = f"{self}: you chose {verdict}; the advice is {self.verdict}."
            self._record(by, "step.overruled", says, at, self._differences(before))

    def follow_advice(self, *, by: Member, at: datetime) -> None:
        """Drop the member's own verdict: the advice counts again."""
        if not self.choice:
            raise NotAllowed(f"{self}: the advice is being followed already.")
        before = {"choice": self.choice, "chosen_at": self.chosen_at}
        with transaction.atomic():
            self._set(choice="", chosen_at=None)
            says = f"{self}: the advice counts again."
            self._record(by, "step.advice_followed", says, at, self._differences(before))

    def _ask_that_nothing_leaves(self) -> None:
        Step.objects.filter(pk=self.pk).ask_that_nothing_leaves()

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
        if self.act in SENDS:
            words = self.note.text if self.note else ""
            reasons += Invitation.reasons_against(self.person, self.channel, words=words, by=by, at=at)
        self._ask(reasons)

    def _norms_against_doing(self) -> tuple[str, ...]:
        by_norms = () if self.choice else self._reasons_against("do")
        return (*self._skipped_thanks(), *by_norms, *self._near_copies())

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

    def _near_copies(self) -> Iterable[str]:
        """Name what the words resemble, the nearest first."""
        if self.note is None:
            return
        self.note.person = self.person  # at hand: whom it is compared for
        for alike in self.note.resembles(used=True):
            yield (
                "Nobody is sent the same words twice: this looks like your "
                f"{alike.written.label}, {alike.score:.0f} % the same words."
            )

    def _posting(self, day: date | None, by: Member, at: datetime) -> dict[str, datetime]:
        return posting(self.plan.interview, self.person, day, by=by, at=at)

    def _how_done(self, by: Member) -> str:
        return posted(self.posted_at, self.arrives, by.zone) if self.posted_at and self.arrives else "done"

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
            raise NotAllowed(f"{self}: this is settled, or has changed meanwhile; look at it again.")
        for name, value in fields.items():
            setattr(self, name, value)

    def _differences(self, before: dict[str, Any]) -> dict[str, Any]:
        """Give `[before, after]` of each column that is otherwise now, as the journal keeps them."""
        return {
            name: [as_json(was), as_json(now)]
            for name, was in before.items()
            if (now := getattr(self, name)) != was
        }

    def _record(
        self, by: Member, verb: str, says: str, at: datetime, changes: dict[str, Any] | None = None
    ) -> None:
        record(by, verb, says, self, self.person, self.plan.interview, at=at, changes=changes)

    def _around(self, at: datetime) -> list[Changed]:
        """Let every plan with this person follow what was done."""
        because = f"of what you did: {_inside(str(self))}"
        changed = Plan.objects.open().around(self.person).recompute(at, because)
        self.refresh_from_db(fields=_FOLLOWS)
        return changed


def _inside(sentence: str) -> str:
    """A sentence as it stands inside another one; the names in it stay as they are."""
    return sentence[:1].lower() + sentence[1:]


def _weight(step: Step) -> tuple[bool, bool, float]:
    note = step.note
    has_words = note is not None and (note.edited_at is not None or note.queued_at is not None)
    settled = step.settled_at.timestamp() if step.settled_at and step.was_touched else 0.0
    return step.state == State.DONE and step.was_touched, step.was_touched or has_words, settled
