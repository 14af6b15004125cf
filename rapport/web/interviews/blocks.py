"""What an interview's page shows of each person: what matters first, the questions, the line in time, the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Prefetch, Q, Subquery, prefetch_related_objects

from rapport.followups.models import Step
from rapport.followups.models.lists import PER_INTERVIEW, State
from rapport.interviews.models import Interviewer
from rapport.rules import phrases
from rapport.rules.etiquette import FACTS
from rapport.rules.etiquette.vocabulary import ONCE_MET
from rapport.web.interviews.questions import ABOUT_THE_APPLICATION, Question, questions_of
from rapport.web.interviews.timeline import Mark, Timeline, draw
from rapport.web.steps.glance import Glance, by_importance

if TYPE_CHECKING:
    from rapport.accounts.models import Member
    from rapport.interviews.models import Interview
    from rapport.people.models import Person, Statement

_ON_THE_LINE = {"thank", "invite", "check_in", "answer"}
"""Acts that the line shows whatever their verdict; any other only where it is to be done."""
_DRAWN = 4
_DRAWN_AS = {"do": "do", "optional": "do", "hold": "hold"}
_ASKED_AT_ONCE = 2
_HERE = OuterRef("interview__starts_at")
_LATER = (
    Interviewer.objects.present()
    .filter(
        Q(interview__starts_at__gt=_HERE)
        | Q(interview__starts_at=_HERE, interview__gt=OuterRef("interview")),
        person=OuterRef("person"),
        interview__cancelled_at=None,
    )
    .order_by("-interview__starts_at", "-interview")
    .values("interview")[:1]
)
"""The latest interview with somebody whom one met again: all but what each interview asks for stands there."""
_PEOPLE = (
    Prefetch("interviewers", Interviewer.objects.select_related("person").annotate(later=Subquery(_LATER))),
    "interviewers__person__emails",
    "interviewers__person__statements",
)


@dataclass(frozen=True, slots=True)
class Block:
    """One person in an interview: the steps that are shown, and a glance at the rest."""

    interviewer: Interviewer
    person: Person
    first: tuple[Step, ...]
    rest: tuple[Glance, ...]
    glances: tuple[Glance, ...]
    questions: tuple[Question, ...]
    statements: tuple[Statement, ...]
    timeline: Timeline
    later: int | None

    @property
    def does(self) -> str:
        """What they do and their part in this, in one line."""
        return phrases.title_and_part(self.person.title, self.interviewer.role)

    @property
    def pressing(self) -> tuple[Question, ...]:
        """The questions that would change most."""
        return self.questions[:_ASKED_AT_ONCE]

    @property
    def further(self) -> tuple[Question, ...]:
        """All other questions, which are folded away."""
        return self.questions[_ASKED_AT_ONCE:]

    @property
    def topics(self) -> list[str]:
        """What you talked about, a topic each."""
        return [topic.strip() for topic in self.interviewer.topics.splitlines() if topic.strip()]


class _Seen(NamedTuple):
    """What is looked at, by whom, and when."""

    interview: Interview
    member: Member
    now: datetime
    later: int | None


def blocks_of(interview: Interview, member: Member, now: datetime) -> list[Block]:
    """One block a person in the order of the invitation; the number of queries does not grow with the panel.

    The interview knows its interviewers from then on, also those who were dismissed.
    """
    prefetch_related_objects([interview], *_PEOPLE)
    interviewers = [one for one in interview.interviewers.all() if one.dismissed_at is None]
    people = {one.person_id: one.person for one in interviewers}
    later: dict[int, int | None] = {one.person_id: getattr(one, "later", None) for one in interviewers}
    glances = _glances(interview, people, later)
    is_off = interview.cancelled_at is not None  # then all that is left is what was done before
    ranked = {
        person: (tuple(steps), ()) if is_off else by_importance(steps) for person, steps in glances.items()
    }
    firsts = [glance for first, _ in ranked.values() for glance in first]
    shown = {step.pk: step for step in steps_of(firsts, people, interview)}
    blocks = []
    for one in interviewers:
        first, rest = ranked[one.person_id]
        steps = tuple([shown[glance.pk] for glance in first])
        blocks.append(
            _block(
                one,
                steps,
                rest,
                glances[one.person_id],
                _Seen(interview, member, now, later[one.person_id]),
            )
        )
    return blocks


def _glances(
    interview: Interview, people: Iterable[int], later: Mapping[int, int | None]
) -> Mapping[int, Sequence[Glance]]:
    """A glance at every step towards some people, in the order in which they were made."""
    steps: dict[int, list[Glance]] = {person: [] for person in people}
    found = Step.objects.filter(plan__interview=interview, person__in=people).order_by("pk")
    for glance in map(Glance._make, found.values_list(*Glance._fields)):
        is_here = interview.cancelled_at is None and (
            later[glance.person_id] is None or glance.act in PER_INTERVIEW
        )
        if is_here or _was_done_all_the_same(glance):
            steps[glance.person_id].append(glance)
    return steps


def _was_done_all_the_same(glance: Glance) -> bool:
    """Whether a step still has something to say once its interview is off, or the step stands with a later one."""
    return glance.state != State.OPEN and glance.act != "record"


def steps_of(glances: Iterable[Glance], people: Mapping[int, Person], interview: Interview) -> Iterator[Step]:
    """The steps themselves, in the order of the glances, joined with the rows that are at hand."""
    keys = [glance.pk for glance in glances]
    steps = {step.pk: step for step in Step.objects.filter(pk__in=keys).in_lines()}
    for key in keys:
        step = steps[key]
        step.person, step.plan = people[step.person_id], interview.plan
        yield step


def asked_about_the_application(blocks: Iterable[Block]) -> tuple[Question, ...]:
    """The questions about the application that the steps of everybody met raise, each once."""
    steps = (glance for block in blocks for glance in block.glances)
    return questions_of(steps, (set(FACTS) - ABOUT_THE_APPLICATION) | {"decision", "stage"})


def _block(
    interviewer: Interviewer,
    first: tuple[Step, ...],
    rest: tuple[Glance, ...],
    glances: Sequence[Glance],
    seen: _Seen,
) -> Block:
    person, (interview, member, now, later) = interviewer.person, seen
    zone = person.time_zone or interview.time_zone or member.time_zone
    statements = person.statements.all()
    known = {statement.fact for statement in statements} | ABOUT_THE_APPLICATION
    if interview.ends_at > now:
        known |= ONCE_MET
    return Block(
        interviewer,
        person,
        first,
        rest,
        tuple(glances),
        questions_of(glances, known),
        tuple([statement for statement in statements if statement.fact in FACTS]),
        draw(_marks(interview, first, now), now, ZoneInfo(zone)),
        later,
    )


def _marks(interview: Interview, steps: Sequence[Step], now: datetime) -> Iterator[Mark]:
    yield Mark("interview", "happened" if interview.ends_at <= now else "ahead", interview.ends_at)
    drawn = [step for step in steps if _is_drawn(step)]
    for step in drawn[:_DRAWN]:
        yield from _marks_of(step, now)
    application = interview.application
    if application.decided_at:
        yield Mark("decision", "happened", application.decided_at)
    elif not any(step.until == "decision" and step.in_force == "hold" for step in drawn):
        yield Mark("decision", "hold", None)


def _is_drawn(step: Step) -> bool:
    return step.state != State.SKIPPED and (step.act in _ON_THE_LINE or step.in_force == "do")


def _marks_of(step: Step, now: datetime) -> Iterator[Mark]:
    short = phrases.SHORTEST.get((step.act, step.channel), phrases.deed(step.act, step.channel).lower())
    verdict = step.in_force
    if step.state == State.DONE and step.done_at:
        yield Mark("card posted" if step.posted_at else f"{short}, done", "done", step.done_at)
    elif verdict in _DRAWN_AS and step.snoozed_until and step.snoozed_until > now:
        yield Mark(f"{short}, put off", _DRAWN_AS[verdict], step.snoozed_until)
        return  # when a card would arrive that waits, nobody knows
    elif verdict in {"do", "optional"} and step.due:
        yield Mark(short, "do", step.due)
    elif verdict == "hold":
        yield Mark(f"{short}, {phrases.until(step.until)}", "hold", None)
    if step.arrives and step.state != State.SKIPPED:
        yield Mark("card arrives", "arrives", step.arrives)
