"""How things stand with one person, gathered for a page that asks the rules itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport.followups.models import Step
from rapport.followups.schools import known_school
from rapport.followups.situation import Dealings, interview_situation, person_situation
from rapport.rules.calendar import WorkingCalendar
from rapport.rules.etiquette import Advice, Norms, Situation, advise

if TYPE_CHECKING:
    from datetime import datetime

    from rapport.interviews.models import Interviewer
    from rapport.people.models import Person


def situation_of(interviewer: Interviewer, at: datetime) -> Situation:
    """The situation of somebody met in an interview."""
    interview, person = interviewer.interview, interviewer.person
    steps = tuple(Step.objects.filter(person=person).select_related("plan"))
    dealings = Dealings(
        here=tuple(step for step in steps if step.plan.interview_id == interview.pk),
        everywhere=steps,
        interviews=person.interviewed_me.present().filter(interview__cancelled_at=None).count(),
        panel=interview.interviewers.present().count(),
    )
    return interview_situation(interviewer, dealings, at)


def advice_for(person: Person, at: datetime) -> Advice:
    """The advice about somebody met elsewhere, by the member's school."""
    member = person.member
    situation = person_situation(person, Dealings(interviews=0), at)
    return advise(situation, Norms(known_school(member, member.school)), WorkingCalendar(member.country))
