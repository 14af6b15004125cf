"""Facts stated on the command line, put where they belong: each person, their part, or the application."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from rapport.accounts.models import Member
from rapport.cli.arguments import StatedFact
from rapport.followups.happenings import state_fact
from rapport.interviews.models import Interview, Interviewer
from rapport.people.models import Person

_OF_APPLICATION = frozenset(
    {"stage", "decision", "reply_by", "decision_pace", "check_ins", "via_agency", "search_is_secret"}
)


class WrongUse(Exception):
    """The line says something that cannot be done; carries the sentence."""


def state_facts(
    facts: Iterable[StatedFact],
    interviews: Sequence[Interview],
    people: Sequence[Person],
    *,
    by: Member,
    at: datetime,
) -> None:
    """State each fact of everybody it names. Raises WrongUse when a name is nobody's."""
    met = [who for interview in interviews for who in interview.interviewers.all()]
    known = {who.person_id for who in met}
    elsewhere = [person for person in people if person.pk not in known]
    for fact in facts:
        theirs = [who for who in met if _is(fact.who, who.person)]
        others = [person for person in elsewhere if _is(fact.who, person)]
        if fact.who and not theirs and not others:
            names = ", ".join(
                dict.fromkeys(person.name for person in [*(who.person for who in met), *elsewhere])
            )
            raise WrongUse(
                f"--fact names {fact.who!r}, who is not among {names or 'anybody in these files'}."
            )
        _state_of_met(fact, theirs, by=by, at=at)
        for person in others:
            state_fact(person, fact.name, fact.value, by=by, at=at)


def _state_of_met(fact: StatedFact, met: list[Interviewer], *, by: Member, at: datetime) -> None:
    told: set[int] = set()
    for who in met:
        application = who.interview.application
        if fact.name in _OF_APPLICATION:
            if application.pk in told or getattr(application, fact.name) == fact.value:
                continue
            told.add(application.pk)
        elif fact.name != "role":
            if who.person_id in told:
                continue
            told.add(who.person_id)
        elif who.role == fact.value:
            continue
        state_fact(who.person, fact.name, fact.value, by=by, at=at, interviewer=who)


def _is(who: str, person: Person) -> bool:
    """Whether `who` is a part of the person's name or one of their addresses, or stands for everybody."""
    wanted = who.casefold()
    return wanted in person.name.casefold() or any(wanted in known.email for known in person.emails.all())
