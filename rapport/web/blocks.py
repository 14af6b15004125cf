"""What an interview's page shows of each person: what matters first, the questions, the line in time, the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rapport.followups.models import Step
from rapport.followups.models.step import State
from rapport.rules import phrases
from rapport.rules.etiquette import FACTS, VERDICTS
from rapport.rules.etiquette.vocabulary import ONCE_MET
from rapport.web.questions import ABOUT_THE_APPLICATION, Question, questions_of
from rapport.web.timeline import Mark, Timeline, draw

if TYPE_CHECKING:
    from datetime import datetime

    from rapport.accounts.models import Member
    from rapport.interviews.models import Interview, Interviewer
    from rapport.people.models import Person, Statement

_FIRST = 4
_AT_MOST = 6
_QUIET = frozenset({"record", "look_up", "keep_in_touch", "make_introduction"})
_PRESSING = {"do": 0, "hold": 2, "optional": 1, "ask": 1}
_ON_THE_LINE = {"thank", "invite", "check_in", "answer"}
_DRAWN = 4
_ASKED_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Block:
    """One person in an interview."""

    interviewer: Interviewer
    person: Person
    first: tuple[Step, ...]
    rest: tuple[Step, ...]
    questions: tuple[Question, ...]
    statements: tuple[Statement, ...]
    timeline: Timeline

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


def blocks_of(interview: Interview, member: Member, now: datetime) -> list[Block]:
    """One block a person in the order of the invitation; the number of queries does not grow with the panel."""
    interviewers = list(
        interview.interviewers.present()
        .select_related("person__organisation")
        .prefetch_related("person__emails", "person__statements")
        .order_by("pk")
    )
    steps = _steps_towards({one.person_id: one.person for one in interviewers}, interview)
    return [_block(one, steps[one.person_id], interview, member, now) for one in interviewers]


def _steps_towards(people: Mapping[int, Person], interview: Interview) -> Mapping[int, Sequence[Step]]:
    """The steps towards each of some people, joined with the rows that are at hand: most are the same."""
    steps = defaultdict(list)
    found = Step.objects.filter(plan__interview=interview, person__in=people).in_lines()
    words = ("note__subject", "note__text", "note__composed_subject", "note__composed")
    for step in found.select_related("note").defer(*words).order_by("pk"):
        step.person, step.plan = people[step.person_id], interview.plan
        steps[step.person_id].append(step)
    return steps


def asked_about_the_application(blocks: Iterable[Block]) -> tuple[Question, ...]:
    """The questions about the application that the steps of everybody met raise, each once."""
    steps = (step for block in blocks for step in (*block.first, *block.rest))
    return questions_of(steps, (set(FACTS) - ABOUT_THE_APPLICATION) | {"decision", "stage"})


def _block(
    interviewer: Interviewer, steps: Sequence[Step], interview: Interview, member: Member, now: datetime
) -> Block:
    person = interviewer.person
    zone = person.time_zone or interview.time_zone or member.time_zone
    first, rest = by_importance(steps)
    known = {statement.fact for statement in person.statements.all()} | ABOUT_THE_APPLICATION
    if interview.ends_at > now:
        known |= ONCE_MET
    return Block(
        interviewer,
        person,
        first,
        rest,
        questions_of(steps, known),
        tuple(statement for statement in person.statements.all() if statement.fact in FACTS),
        draw(_marks(interview, first), now, ZoneInfo(zone)),
    )


def by_importance(steps: Iterable[Step]) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The few steps that answer the question, and all others, each in the order in which they press."""
    ordered = sorted(steps, key=_pressing)
    first = _first(ordered)
    keys = {step.pk for step in first}
    return tuple(first), tuple(step for step in ordered if step.pk not in keys)


def _first(ordered: Sequence[Step]) -> list[Step]:
    """The few steps that answer the question: thanks, then whether to connect, then what one might do besides."""
    asked = [step for step in ordered if _is_asked(step)]
    besides = [
        step for step in ordered if step.in_force == "optional" and _matters(step) and not _is_asked(step)
    ]
    return (asked + besides[: max(_FIRST - len(asked), 0)])[:_AT_MOST]


def _is_asked(step: Step) -> bool:
    if step.act == "invite":
        return True
    return _matters(step) and (step.state != State.OPEN or step.in_force in {"do", "ask"})


def _matters(step: Step) -> bool:
    return step.act not in _QUIET


def _pressing(step: Step) -> tuple[int, int, float, int]:
    """Thanks and invitations before the quiet acts; among them what is due first."""
    verdict = step.in_force
    quiet = step.act in _QUIET
    due = step.due.timestamp() if step.due else float("inf")
    return (quiet, _PRESSING.get(verdict, len(_PRESSING) + VERDICTS.index(verdict)), due, step.pk)


def _marks(interview: Interview, steps: Sequence[Step]) -> Iterator[Mark]:
    yield Mark("interview", "happened" if interview.ends_at else "ahead", interview.ends_at)
    drawn = [step for step in steps if step.act in _ON_THE_LINE and step.state != State.SKIPPED]
    for step in drawn[:_DRAWN]:
        yield from _marks_of(step)
    application = interview.application
    if application.decided_at:
        yield Mark("decision", "happened", application.decided_at)
    elif not any(step.until == "decision" and step.in_force == "hold" for step in drawn):
        yield Mark("decision", "hold", None)


def _marks_of(step: Step) -> Iterator[Mark]:
    short = phrases.SHORTEST.get((step.act, step.channel), phrases.deed(step.act, step.channel).lower())
    verdict = step.in_force
    if step.state == State.DONE and step.done_at:
        yield Mark("card posted" if step.posted_at else f"{short}, done", "done", step.done_at)
    elif verdict in {"do", "optional"} and step.due:
        yield Mark(short, "do", step.due)
    elif verdict == "hold":
        yield Mark(f"{short}, {phrases.until(step.until)}", "hold", None)
    if step.arrives and step.state != State.SKIPPED:
        yield Mark("card arrives", "arrives", step.arrives)
