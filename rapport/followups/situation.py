"""What is known about a person at a moment, gathered from every room into a situation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from rapport.interviews.models import Application, Interviewer
from rapport.network.ties import Ties
from rapport.people.models import Person, Statement
from rapport.rules.application import OFFERED
from rapport.rules.etiquette import Situation
from rapport.rules.invitation import AFTER_A_WITHDRAWAL
from rapport.rules.looking import decided_by_silence

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
LATELY = timedelta(days=30)
"""How long a change of title or company is news."""


@dataclass(frozen=True, slots=True)
class Dealings:
    """What the member did towards one person: steps of one plan, steps of all, interviews with them, and ties.

    `met`: everybody met in the same interview, the person among them. `moved`: they changed title or company lately.
    """

    here: tuple[Step, ...] = ()
    everywhere: tuple[Step, ...] = ()
    interviews: int = 1
    met: tuple[Interviewer, ...] = ()
    ties: Ties = field(default_factory=Ties)
    moved: bool = False


def runner_of(met: Sequence[Interviewer]) -> Interviewer | None:
    """Of those met in an interview, give the one whom one asks how things stand.

    That is who met you alone, else who recruits, else who sent the invitation, else who hires, else the first of whom
    nothing is known: one question goes to one person. None where all are known to be somebody else.
    """
    if len(met) == 1:
        return met[0]
    by_role = {who.role: who for who in reversed(met)}
    sender = next((who for who in met if who.source == "organizer"), None)
    known = by_role.get("recruiter") or by_role.get("hr") or sender or by_role.get("hiring_manager")
    return known or by_role.get("")


def interview_situation(interviewer: Interviewer, dealings: Dealings, at: datetime) -> Situation:
    """Put together the situation of somebody met in an interview; all rows are given, nothing is queried."""
    interview, person = interviewer.interview, interviewer.person
    application = interview.application
    runner = runner_of(dealings.met)
    facts: dict[str, Any] = {name: getattr(application, name) for name in _APPLICATION_FACTS}
    facts |= {
        "role": interviewer.role,
        "met": "interview",
        "in_person": _IN_PERSON.get(interview.kind),
        "interviews": dealings.interviews,
        "panel": len(dealings.met) or 1,
        "runs_the_process": None if runner is None else runner == interviewer,
    }
    happened = {"interview_end": interview.ends_at} | _application_events(application, at)
    if application.decision == "none" and (since := silence_of(application, at)):
        facts["decision"], happened["decision"] = "silent", since
    facts = _completed(person, dealings, facts, happened, at, since=interview.starts_at)
    zone = person.time_zone or interview.time_zone or interview.member.time_zone
    return Situation(now=at, facts=_known(facts), happened=happened, time_zone=zone)


def silence_of(application: Application, at: datetime) -> datetime | None:
    """Give since when the silence of an application without a decision counts as one; None while it does not."""
    met = [held.ends_at for held in application.interviews.all() if held.cancelled_at is None]
    return decided_by_silence(max(met), application.reply_by, at) if met else None


def person_situation(
    person: Person, dealings: Dealings, at: datetime, *, application: Application | None
) -> Situation:
    """Put together the situation of somebody met elsewhere than in an interview.

    `application`: the member's own where the person works, while it is open; None for none.
    """
    stands = {"stage": application.stage, "decision": application.decision} if application else {}
    facts: dict[str, Any] = {"met": person.met, "interviews": 0, "stage": "prospect"} | stands
    happened: dict[str, datetime] = {}
    facts = _completed(person, dealings, facts, happened, at, since=None)
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
    joins = begins_work_at(application)
    if joins is not None and joins <= at:
        happened["joining"] = joins
    return happened


def begins_work_at(application: Application) -> datetime | None:
    """Give the moment from which the member works there, where they said on which day."""
    if application.joins_on is None:
        return None
    return datetime.combine(application.joins_on, _MORNING, application.member.zone)


def _completed(
    person: Person,
    dealings: Dealings,
    facts: dict[str, Any],
    happened: dict[str, datetime],
    at: datetime,
    *,
    since: datetime | None,
) -> dict[str, Any]:
    """Add what is known of the person, what was stated, and what was done; the newer word counts."""
    place = person.organisation
    facts["country"] = person.country_at_work
    facts["sector"] = place.sector if place else ""
    facts["title_changed"] = dealings.moved or None
    stated = {statement.fact: statement for statement in person.statements.all()}
    for fact, statement in stated.items():
        if fact != "thanked" or since is None or statement.stated_at >= since:
            facts[fact] = statement.known
    _add_steps(facts, happened, dealings, stated)
    _add_their_doing(facts, happened, person, stated, since)
    _add_ties(facts, happened, dealings.ties, stated, at)
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
    talked = _latest(
        step for step in dealings.everywhere if step.act == "talk_first" and step.state == "done"
    )
    if talked is not None and talked.settled_at is not None:
        facts["contact_outside"] = True
        happened["real_contact"] = talked.settled_at


def _add_their_doing(
    facts: dict[str, Any],
    happened: dict[str, datetime],
    person: Person,
    stated: dict[str, Statement],
    since: datetime | None,
) -> None:
    for happening in sorted(person.happenings.all(), key=lambda happening: happening.happened_at):
        # A mail that Rapport found from before the interview arranged it: no contact apart from it, and no answer.
        arranged = happening.received_id is not None and since is not None and happening.happened_at < since
        if happening.taken_back_at is None and not arranged:
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


def _add_ties(
    facts: dict[str, Any],
    happened: dict[str, datetime],
    ties: Ties,
    stated: dict[str, Statement],
    at: datetime,
) -> None:
    """Add what invitations and connections tell; a statement newer than they are counts over them.

    A withdrawal is forgotten once the site forgets it. An invitation of theirs counts while it waits for an answer.
    """
    sent, received = ties.sent, ties.received
    if sent is not None and not _is_newer(stated.get("invited"), sent.changed_at):
        is_over = sent.state == "withdrawn" and at >= sent.changed_at + AFTER_A_WITHDRAWAL
        facts["invited"] = "none" if is_over else sent.state
    if ties.connected_since is not None and not _is_newer(stated.get("degree"), ties.connected_since):
        facts["degree"] = 1
    if received is not None and not _is_newer(stated.get("invited_me"), received.changed_at):
        facts["invited_me"] = received.channel if received.is_waiting else "none"
        happened.pop("their_invitation", None)
        if received.is_waiting:
            happened["their_invitation"] = received.sent_at


def _latest(steps: Iterable[Step]) -> Step | None:
    settled = [step for step in steps if step.settled_at is not None]
    return max(settled, key=lambda step: (step.settled_at, step.pk), default=None)


def _is_newer(statement: Statement | None, moment: datetime) -> bool:
    return statement is not None and statement.stated_at >= moment


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in {None, ""}}
