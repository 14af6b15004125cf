"""Asking about one person at a moment: their situation, and the advice on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib import import_module

from rapport.followups.models import Step
from rapport.followups.schools import NormsInUse, receptions_of
from rapport.followups.situation import LATELY, Dealings, interview_situation, person_situation
from rapport.interviews.models import Application, Interviewer
from rapport.network.ties import Ties, ties_with
from rapport.people.models import Organisation, Person
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
    """Give the member's latest application where a person works that is still open.

    They work there by the name of their organisation, whatever its legal form and capitals, else by the domain of a
    company's address that somebody of that organisation has whom the member met for it.
    """
    running = Application.objects.seen_by(person.member).open().select_related("organisation").order_by("-pk")
    by_key = {application.pk: application for application in running}
    at_its_domain = _with_colleagues(person, by_key) if by_key else frozenset()
    there = (
        one for one in by_key.values() if one.pk in at_its_domain or _is_employer(person, one.organisation)
    )
    return next(there, None)


def _is_employer(person: Person, organisation: Organisation | None) -> bool:
    if organisation is None or person.organisation is None:
        return False
    return _is_one(organisation.name, person.organisation.name)


def _is_one(name: str, other: str) -> bool:
    # Loaded once there is something to compare: recognition takes a twentieth of a cold start.
    return name == other or bool(import_module("rapport.rules.sameness.jobs").same_employer(name, other))


def _with_colleagues(person: Person, running: Mapping[int, Application]) -> frozenset[int]:
    """Give the keys of applications for which somebody with an address at a person's company was met. Two queries.

    A recruiter of an agency is no colleague of those one would work with.
    """
    free = import_module("rapport.rules.sameness.words").listed("free_mail")
    domains = {email.rpartition("@")[2] for email in person.emails.values_list("email", flat=True)} - free
    if not domains:
        return frozenset()
    others = Interviewer.objects.present().exclude(person=person)
    met = others.filter(interview__application__in=list(running)).values_list(
        "interview__application", "person__organisation__name", "person__emails__email"
    )
    return frozenset(
        pk
        for pk, employer, email in met
        if (email or "").rpartition("@")[2] in domains and _is_of(employer, running[pk].organisation)
    )


def _is_of(employer: str | None, organisation: Organisation | None) -> bool:
    return not employer or organisation is None or _is_one(employer, organisation.name)


def _ties(person: int) -> Ties:
    return ties_with({person}).get(person, Ties())
