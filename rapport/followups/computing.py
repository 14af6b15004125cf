"""Bringing plans into step with the facts: every act of the vocabulary becomes a step of each person met.

What the member did stays: a settled step keeps the advice it was settled under, a snooze, a choice and edited
words are never touched. The advice of open steps follows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rapport.followups.drafting import Occasion, find_words
from rapport.followups.schools import NormsInUse, receptions_of
from rapport.followups.sentences import event_came, silence_said, step_said, verdict_changed
from rapport.followups.situation import LATELY, Dealings, begins_work_at, interview_situation
from rapport.interviews.models import Interviewer
from rapport.journal.models import record, written_together
from rapport.network.ties import Ties, ties_with
from rapport.people.moves import moved_since
from rapport.rows import write_changes, write_new
from rapport.rules.calendar import WorkingCalendar
from rapport.rules.etiquette import ActAdvice, Advice, Situation, advise
from rapport.rules.looking import silent_since

if TYPE_CHECKING:
    from rapport.followups.models.plan import Plan
    from rapport.followups.models.step import Step

ADVICE_FIELDS = (
    "verdict",
    "until",
    "earliest",
    "due",
    "latest",
    "arrives",
    "was_due",
    "because",
    "against",
    "would_change",
    "is_hard",
    "falls_back",
)
_KEEPS_ITS_ADVICE = frozenset({"done", "skipped"})
PLAN_FIELDS = ("computed_at", "refresh_due_at", "closed_at", "words_due")
_FEW = 50
"""Up to how many plans get their words at once; of more, each gets them when it is looked at."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An open step whose verdict is another than before."""

    step: Step
    before: str
    after: str


def recompute(plans: Sequence[Plan], at: datetime, because: str = "") -> list[Changed]:
    """Recompute plans loaded with `whole()`, in one transaction and a constant number of reading queries.

    `because` is a clause that says what happened, for the journal; an event that released a hold says so itself.
    """
    if not plans:
        return []
    with written_together():
        computation = _Computation(plans, at, because)
        for plan in plans:
            computation.recompute(plan)
        computation.save()
    return computation.changed


class _Computation:
    """One pass over some plans: what was read for all of them, and what is to be written."""

    def __init__(self, plans: Sequence[Plan], at: datetime, because: str) -> None:
        self.plans = plans
        self.at = at
        self.because = because
        self.changed: list[Changed] = []
        self._norms = NormsInUse()
        self._calendars: dict[int, WorkingCalendar] = {}
        self._steps = plans[0].steps.model
        self._made: list[Step] = []
        self._moved: list[Step] = []
        self._said: list[tuple[Plan, Changed, str]] = []
        self._silent: list[tuple[Plan, Step]] = []
        self._occasions: list[Occasion] = []
        people = {who.person_id for plan in plans for who in plan.interview.interviewers.all()}
        self._interviews = _interviews_with(people)
        self._receptions = receptions_of(people)
        self._ties = ties_with(people)
        self._moved_people = moved_since(people, at - LATELY)
        self._elsewhere: dict[int, list[Step]] = defaultdict(list)
        for step in self._steps.objects.done_towards(people):
            self._elsewhere[step.person_id].append(step)

    def recompute(self, plan: Plan) -> None:
        """Bring one plan into step: close it, follow the advice for everybody met, and say when to look again."""
        plan.computed_at = self.at
        plan.words_due = len(self.plans) > _FEW
        plan.closed_at = plan.interview.cancelled_at
        _share_rows(plan)
        steps: dict[int, dict[tuple[str, str], Step]] = defaultdict(dict)
        for step in plan.steps.all():
            steps[step.person_id][step.act, step.channel] = step
            self._notice_silence(plan, step)
        met = [who for who in plan.interview.interviewers.all() if who.dismissed_at is None]
        present = {who.person_id for who in met} if plan.closed_at is None else set()
        for person, theirs in steps.items():
            self._close_or_reopen(theirs.values(), closed_at=None if person in present else self.at)
        moments = [begins_work_at(plan.interview.application)]
        for who in met:
            situation = self._follow_advice(plan, who, steps[who.person_id], met)
            moments += [*_edges(steps[who.person_id].values()), *situation.happened.values()]
            moments += [self._midnight(ZoneInfo(situation.time_zone))]
        plan.refresh_due_at = self._next_refresh(plan, moments) if present else None

    def _notice_silence(self, plan: Plan, step: Step) -> None:
        """Let no answer count as one once the promised day or a patient while has gone by."""
        if step.answer or step.settled_at is None or not step.asks_for_an_answer:
            return
        since = silent_since(step.settled_at, plan.interview.application.reply_by, plan.member.zone)
        if since <= self.at:
            step.answer, step.answered_at = "silence", since
            self._silent.append((plan, step))

    def _close_or_reopen(self, steps: Iterable[Step], closed_at: datetime | None) -> None:
        for step in steps:
            if (step.closed_at is None) != (closed_at is None):
                step.closed_at = closed_at
                self._moved.append(step)

    def _follow_advice(
        self, plan: Plan, who: Interviewer, steps: dict[tuple[str, str], Step], met: Sequence[Interviewer]
    ) -> Situation:
        dealings = Dealings(
            here=tuple(steps.values()),
            everywhere=tuple(self._elsewhere[who.person_id]),
            interviews=self._interviews.get(who.person_id, 1),
            met=tuple(met),
            ties=self._ties.get(who.person_id, Ties()),
            moved=who.person_id in self._moved_people,
        )
        situation = interview_situation(who, dealings, self.at)
        for advised in self._advise(plan, who, situation).acts:
            step = steps.get((advised.act, advised.channel))
            if step is None:
                step = steps[advised.act, advised.channel] = self._make(plan, who, advised)
                _show(step, advised)
            elif step.state not in _KEEPS_ITS_ADVICE:
                before, waited_for = step.verdict, step.until
                if _show(step, advised):
                    self._moved.append(step)
                    came = event_came(waited_for) if waited_for in situation.happened else ""
                    self._say(plan, step, before, came or self.because)
        self._occasions.append(Occasion(plan, who, situation, tuple(steps.values())))
        return situation

    def _advise(self, plan: Plan, who: Interviewer, situation: Situation) -> Advice:
        norms = self._norms.of(plan.member, plan.school, self._receptions.get(who.person_id))
        if plan.member_id not in self._calendars:
            self._calendars[plan.member_id] = plan.member.working_calendar
        return advise(situation, norms, self._calendars[plan.member_id])

    def _make(self, plan: Plan, who: Interviewer, advised: ActAdvice) -> Step:
        step = self._steps(
            plan=plan,
            person=who.person,
            act=advised.act,
            channel=advised.channel,
            closed_at=self.at if plan.closed_at else None,
        )
        if advised.act == "record":
            step.state, step.settled_at = "done", self.at
        self._made.append(step)
        return step

    def _say(self, plan: Plan, step: Step, before: str, because: str) -> None:
        if step.verdict != before and step.closed_at is None:
            changed = Changed(step, before, step.verdict)
            self.changed.append(changed)
            self._said.append((plan, changed, because))

    def _next_refresh(self, plan: Plan, moments: Iterable[datetime | None]) -> datetime:
        """Give the first moment at which time alone may change the advice.

        `moments` are the edges of windows, the events that have a time (an interview ends, a letter arrives), and the
        midnights where the others are; the member's own midnight counts as well.
        """
        ahead = (moment for moment in moments if moment is not None and moment > self.at)
        return min([self._midnight(plan.member.zone), *ahead])

    def _midnight(self, zone: ZoneInfo) -> datetime:
        return datetime.combine(self.at.astimezone(zone).date() + timedelta(days=1), time(0), zone)

    def save(self) -> None:
        """Write what is new or otherwise than before, and journal the verdicts that changed."""
        write_new(self._made)
        moved = list({step.pk: step for step in self._moved}.values())
        write_changes(moved, [*ADVICE_FIELDS, "closed_at"])
        if len(self.plans) <= _FEW:
            write_changes(find_words(self._occasions, self.at), ["note", "words_from"])
        self._keep_silences()
        write_changes(self.plans, PLAN_FIELDS)
        for plan, changed, because in self._said:
            step = changed.step
            said = step_said(step.act, step.channel, step.person.name)
            says = verdict_changed(said, changed.before, changed.after, because)
            told = {"verdict": [changed.before, changed.after], "because": ["", because]}
            record(
                plan.member,
                "step.verdict_changed",
                says,
                step,
                step.person,
                plan.interview,
                at=self.at,
                changes=told,
            )

    def _keep_silences(self) -> None:
        """Write them; an answer that came meanwhile stays."""
        for plan, step in self._silent:
            unanswered = self._steps.objects.filter(pk=step.pk, state="done", answer="")
            if unanswered.update(answer=step.answer, answered_at=step.answered_at):
                says = silence_said(step_said(step.act, step.channel, step.person.name))
                record(plan.member, "step.unanswered", says, step, step.person, plan.interview, at=self.at)


def _share_rows(plan: Plan) -> None:
    """Let what belongs to a plan know the rows at hand: they are read once, not with each step."""
    plan.interview.member = plan.interview.application.member = plan.member
    people = {who.person_id: who.person for who in plan.interview.interviewers.all()}
    for step in plan.steps.all():
        if step.person_id in people:
            step.person = people[step.person_id]


def _interviews_with(people: set[int]) -> dict[int, int]:
    """How many standing interviews there are with each of some people."""
    met = Interviewer.objects.present().filter(person__in=people, interview__cancelled_at=None)
    return Counter(met.order_by().values_list("person", flat=True))


def _show(step: Step, advised: ActAdvice) -> bool:
    """Let a step show its advice; whether anything reads otherwise than before."""
    window = advised.window
    fields: dict[str, Any] = {
        "verdict": advised.verdict,
        "until": advised.until or "",
        "earliest": window and window.earliest,
        "due": window and window.due,
        "latest": window and window.latest,
        "arrives": window and window.arrives,
        "was_due": window and window.was_due,
        "because": [reason.as_json() for reason in advised.because],
        "against": [reason.as_json() for reason in advised.against],
        "would_change": [change.as_json() for change in advised.would_change],
        "is_hard": advised.is_hard,
        "falls_back": advised.falls_back,
    }
    others = {name: value for name, value in fields.items() if getattr(step, name) != value}
    for name, value in others.items():
        setattr(step, name, value)
    return bool(others)


def _edges(steps: Iterable[Step]) -> Iterator[datetime | None]:
    return (moment for step in steps if step.state == "open" for moment in (step.earliest, step.latest))
