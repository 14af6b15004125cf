"""What is known about a person at a moment, gathered from every room into a situation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from rapport.interviews.models import Application, Interviewer
from rapport.people.models import Person, Statement
from rapport.rules.application import OFFERED
from rapport.rules.etiquette import Situation

if TYPE_CHECKING:
    from rapport.followups.models.step import Step

_IN_PERSON = {"on_site": True, "phone": False, "video": False}
_APPLICATION_FACTS = (
    "stage",
    "decision",
    "reply_by",
    "decision_pace",
    "check_ins",
    "via_agency",
    "search_is_secret",
)
_MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Dealings:
    """What the member did towards one person: steps of one plan, steps of all, and interviews with them."""

    here: tuple[Step, ...] = ()
    everywhere: tuple[Step, ...] = ()
    interviews: int = 1
    panel: int = 1
    statements: tuple[Statement, ...] = field(default=())


def interview_situation(interviewer: Interviewer, dealings: Dealings, at: datetime) -> Situation:
    """Put together the situation of somebody met in an interview; all rows are given, nothing is queried."""
    interview, person = interviewer.interview, interviewer.person
    application = interview.application
    facts: dict[str, Any] = {name: getattr(application, name) for name in _APPLICATION_FACTS}
    facts |= {
        "role": interviewer.role,
        "met": "interview",
        "in_person": _IN_PERSON.get(interview.kind),
        "interviews": dealings.interviews,
        "panel": dealings.panel,
    }
    happened = {"interview_end": interview.ends_at} | _application_events(application, at)
    facts = _completed(person, dealings, facts, happened, since=interview.starts_at)
    zone = person.time_zone or interview.time_zone or interview.member.time_zone
    return Situation(now=at, facts=_known(facts), happened=happened, time_zone=zone)


def person_situation(person: Person, dealings: Dealings, at: datetime) -> Situation:
    """Put together the situation of somebody met elsewhere than in an interview."""
    facts: dict[str, Any] = {"met": person.met, "interviews": 0}
    happened: dict[str, datetime] = {}
    facts = _completed(person, dealings, facts, happened, since=None)
    zone = person.time_zone or person.member.time_zone
    return Situation(now=at, facts=_known(facts), happened=happened, time_zone=zone)


def _application_events(application: Application, at: datetime) -> dict[str, datetime]:
    happened: dict[str, datetime] = {}
    if application.decided_at is not None:
        happened["decision"] = application.decided_at
        if application.decision in OFFERED:
            happened["offer"] = application.decided_at
        elif application.decision == "rejected":
            happened["rejection"] = application.decided_at
    if application.joins_on is not None:
        joined = datetime.combine(application.joins_on, _MORNING, application.member.zone)
        if joined <= at:
            happened["joining"] = joined
    return happened


def _completed(
    person: Person,
    dealings: Dealings,
    facts: dict[str, Any],
    happened: dict[str, datetime],
    *,
    since: datetime | None,
) -> dict[str, Any]:
    """Add what is known of the person, what was stated, and what was done; the newer word counts."""
    place = person.organisation
    facts["country"] = person.country or (place.country if place else "")
    facts["sector"] = place.sector if place else ""
    stated = {statement.fact: statement for statement in person.statements.all()}
    for fact, statement in stated.items():
        if fact != "thanked" or since is None or statement.stated_at >= since:
            facts[fact] = statement.known
    _add_steps(facts, happened, dealings, stated)
    _add_their_doing(facts, happened, person, stated)
    return facts


def _add_steps(
    facts: dict[str, Any], happened: dict[str, datetime], dealings: Dealings, stated: dict[str, Statement]
) -> None:
    thanks = [step for step in dealings.here if step.act == "thank"]
    sent = _latest(step for step in thanks if step.state == "done")
    if sent is not None and sent.done_at is not None:
        facts["thanked"] = sent.channel if sent.channel in {"email", "letter", "phone"} else "email"
        happened["thank_you_sent"] = sent.done_at
        if sent.posted_at is not None and sent.arrives is not None:
            happened["letter_arrival"] = sent.arrives
    elif facts.get("thanked") in {"email", "letter", "phone"}:
        happened["thank_you_sent"] = stated["thanked"].stated_at
    elif any(step.state == "skipped" for step in thanks):
        facts.setdefault("thanked", "none")
    invited = _latest(step for step in dealings.everywhere if step.act == "invite" and step.state == "done")
    if invited is not None and not _is_newer(stated.get("invited"), invited):
        facts["invited"] = "sent"
    talked = _latest(
        step for step in dealings.everywhere if step.act == "talk_first" and step.state == "done"
    )
    if talked is not None and talked.settled_at is not None:
        facts["contact_outside"] = True
        happened["real_contact"] = talked.settled_at


def _add_their_doing(
    facts: dict[str, Any], happened: dict[str, datetime], person: Person, stated: dict[str, Statement]
) -> None:
    for happening in sorted(person.happenings.all(), key=lambda happening: happening.happened_at):
        if happening.taken_back_at is None:
            happened[happening.event] = happening.happened_at
            if happening.event == "reply":
                happened["real_contact"] = happening.happened_at
                facts["contact_outside"] = True
    if facts.get("contact_outside") is True and "contact_outside" in stated:
        happened.setdefault("real_contact", stated["contact_outside"].stated_at)
    if facts.get("invited_me") not in {None, "none"}:
        happened["their_invitation"] = stated["invited_me"].stated_at
    if facts.get("may_connect") == "yes":
        happened["consent"] = stated["may_connect"].stated_at


def _latest(steps: Iterable[Step]) -> Step | None:
    settled = [step for step in steps if step.settled_at is not None]
    return max(settled, key=lambda step: (step.settled_at, step.pk), default=None)


def _is_newer(statement: Statement | None, step: Step) -> bool:
    return statement is not None and step.settled_at is not None and statement.stated_at >= step.settled_at


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in {None, ""}}
