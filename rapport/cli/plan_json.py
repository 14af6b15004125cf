"""A plan as JSON, as docs/plan.schema.json describes it; times are UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rapport.cli.arguments import utc
from rapport.cli.aside import starts_as_json
from rapport.followups.models import Step
from rapport.importers.text.prose import role_of
from rapport.interviews.models import Interview, Interviewer
from rapport.people.models import Person
from rapport.rules.drafts.lengths import length
from rapport.rules.etiquette import ActAdvice, Advice

if TYPE_CHECKING:
    from rapport.cli.outcome import Outcome


def document(outcome: Outcome) -> dict[str, Any]:
    """Give the whole document."""
    return {
        "school": outcome.school,
        "now": utc(outcome.now),
        "interviews": [_interview(interview) for interview in outcome.interviews],
        "people": [_met_elsewhere(person, advice) for person, advice in outcome.elsewhere],
        "not_interviews": [
            {"title": aside["title"], "starts": starts_as_json(aside["starts"]), "why": aside["why"]}
            for aside in outcome.set_aside
        ],
        "problems": [
            {"file": problem["file"], "line": problem["line"], "says": problem["says"]}
            for problem in outcome.problems
        ],
        "remarks": [
            {"file": remark["file"], "line": remark["line"], "says": remark["says"]}
            for remark in outcome.remarks
        ],
    }


def _interview(interview: Interview) -> dict[str, Any]:
    steps = list(interview.plan.steps.all())
    organisation = interview.application.organisation
    return {
        "uid": interview.uid,
        "title": interview.title,
        "organisation": organisation.name if organisation else None,
        "starts": utc(interview.starts_at),
        "ends": utc(interview.ends_at),
        "time_zone": interview.time_zone or None,
        "location": interview.location or None,
        "kind": interview.kind,
        "cancelled": interview.cancelled_at is not None,
        "people": [
            _interviewer(
                who, [step for step in steps if step.person_id == who.person_id and step.closed_at is None]
            )
            for who in interview.interviewers.all()
            if who.dismissed_at is None
        ],
        "skipped": interview.left_out,
    }


def _interviewer(who: Interviewer, steps: list[Step]) -> dict[str, Any]:
    return {
        "name": who.person.name,
        "email": _email(who.person),
        "role": who.role or None,
        "title": who.person.title or None,
        "source": who.source,
        "confirmed": who.confirmed_at is not None,
        "steps": [_step(step) for step in steps],
    }


def _email(person: Person) -> str | None:
    return person.work_email or None


def _step(step: Step) -> dict[str, Any]:
    return {
        "act": step.act,
        "channel": step.channel or None,
        "verdict": step.verdict,
        "until": step.until or None,
        "earliest": utc(step.earliest),
        "due": utc(step.due),
        "latest": utc(step.latest),
        "arrives": utc(step.arrives),
        "because": step.because,
        "against": step.against,
        "would_change": [change for change in step.would_change if "besides" not in change],
        "falls_back": step.falls_back,
        "draft": _draft(step),
    }


def _draft(step: Step) -> dict[str, Any] | None:
    note = step.note
    if note is None:
        return None
    return {
        "subject": note.subject or None,
        "text": note.text,
        "length": length(note.text),
        "limit": note.limit,
    }


def _met_elsewhere(person: Person, advice: Advice) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": _email(person),
        "role": _known_role(person),
        "title": person.title or None,
        "source": "card",
        "confirmed": True,
        "steps": [_advised(advised) for advised in advice.acts],
    }


def _known_role(person: Person) -> str | None:
    """What the member said, else what the title on the card tells."""
    stated = next((one.known for one in person.statements.all() if one.fact == "role"), None)
    return stated or role_of(person.title)


def _advised(advised: ActAdvice) -> dict[str, Any]:
    window = advised.window
    return {
        "act": advised.act,
        "channel": advised.channel or None,
        "verdict": advised.verdict,
        "until": advised.until,
        "earliest": utc(window.earliest) if window else None,
        "due": utc(window.due) if window else None,
        "latest": utc(window.latest) if window else None,
        "arrives": utc(window.arrives) if window else None,
        "because": [reason.as_json() for reason in advised.because],
        "against": [reason.as_json() for reason in advised.against],
        "would_change": [change.as_json() for change in advised.would_change if not change.besides],
        "falls_back": advised.falls_back,
        "draft": None,
    }
