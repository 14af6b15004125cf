"""Asking about one person at a moment: their situation, and the advice on it."""

from __future__ import annotations

from datetime import datetime

from rapport.followups.models import Step
from rapport.followups.schools import NormsInUse, receptions_of
from rapport.followups.situation import LATELY, Dealings, interview_situation, person_situation
from rapport.interviews.models import Application, Interviewer
from rapport.network.ties import Ties, ties_with
from rapport.people.models import Person
from rapport.people.moves import moved_since
from rapport.rules.etiquette import Advice, Situation, advise


def situation_of(interviewer: Interviewer, at: datetime) -> Situation:
    """Give the situation of somebody met in an interview, as its plan is computed from."""
    present = Interviewer.objects.present()
    standing = present.filter(person=interviewer.person_id, interview__cancelled_at=None)
    dealings = Dealings(
        here=tuple(
            Step.objects.filter(person=interviewer.person_id, plan__interview=interviewer.interview_id)
        ),
        everywhere=tuple(Step.objects.done_towards({interviewer.person_id})),
        interviews=standing.count() or 1,
        met=tuple(present.filter(interview=interviewer.interview_id)),
        ties=_ties(interviewer.person_id),
        moved=bool(moved_since({interviewer.person_id}, at - LATELY)),
    )
    return interview_situation(interviewer, dealings, at)


def situation_of_person(person: Person, at: datetime) -> Situation:
    """Give the situation of anybody in the book: by the latest interview with them, else as met elsewhere."""
    met = person.interviewed_me.present().filter(interview__cancelled_at=None)
    met = met.select_related("interview__application")
    latest = met.order_by("interview__starts_at", "pk").last()
    if latest is not None:
        return situation_of(latest, at)
    done = tuple(Step.objects.done_towards({person.pk}))
    moved = bool(moved_since({person.pk}, at - LATELY))
    dealings = Dealings(everywhere=done, ties=_ties(person.pk), moved=moved)
    return person_situation(person, dealings, at, application=_running_where(person))


def advice_for(person: Person, at: datetime, school: str = "") -> Advice:
    """Give the advice on anybody in the book, by the member's school or another."""
    reception = receptions_of({person.pk}).get(person.pk)
    norms = NormsInUse().of(person.member, school or person.member.school, reception)
    return advise(situation_of_person(person, at), norms, person.member.working_calendar)


def _running_where(person: Person) -> Application | None:
    """Give the member's latest application where a person works that is still open."""
    if person.organisation_id is None:
        return None
    there = Application.objects.seen_by(person.member).filter(organisation=person.organisation_id)
    return there.open().order_by("pk").last()


def _ties(person: int) -> Ties:
    return ties_with({person}).get(person, Ties())
