"""From findings to one batch in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from rapport.accounts.models import Member
from rapport.followups.models import Plan
from rapport.importers.findings import Finding, FoundCard, Meeting, NotAnInterview, Problem
from rapport.intake.applying import Applying
from rapport.intake.models import Batch
from rapport.interviews.models import Interview
from rapport.journal.models import record, written_together
from rapport.people.models import Person

NOTHING_NEW = "Nothing new: all of this is in the book already."


def settle_findings(
    member: Member, findings: Iterable[Finding], *, at: datetime, school: str = "", met: str = "event"
) -> Batch:
    """Apply findings as one batch; one that brings nothing new changes nothing and is not saved."""
    meetings: list[Meeting] = []
    cards: list[FoundCard] = []
    batch = Batch(member=member, applied_at=at)
    for finding in findings:
        if isinstance(finding, Meeting):
            meetings.append(finding)
            batch.remarks += _remarks(finding)
        elif isinstance(finding, FoundCard):
            cards.append(finding)
        elif isinstance(finding, NotAnInterview):
            batch.set_aside.append(_set_aside(finding))
        elif isinstance(finding, Problem):
            batch.problems.append(_problem(finding))
    with transaction.atomic(), written_together():
        applying = Applying(member, at)
        applying.apply(meetings, cards, met=met)
        if applying.ledger:
            _plan(applying, at, school)
            batch.title = _title(applying)[:500]
            batch.save()
            batch.keep(applying.ledger)
            record(member, "batch.taken_in", batch.title, batch, at=at)
        else:
            batch.title = NOTHING_NEW if applying.interviews or applying.people else _nothing(batch)
    batch.keys_now = frozenset(applying.interviews)
    batch.people_now = tuple(applying.people.values())
    return batch


def _plan(applying: Applying, at: datetime, school: str) -> None:
    """Make or recompute the plans of what came in, and of other interviews with the same people, once each."""
    touched = applying.touched
    new = {person.pk for person in applying.ledger.made_any(Person)}
    known = [pk for pk in applying.people if pk not in new]
    others = Interview.objects.filter(interviewers__person__in=known, plan__closed_at=None).exclude(
        pk__in=touched
    )
    Plan.of_all(list(touched.values()), at=at, school=school)
    Plan.objects.filter(interview__in=others).recompute(at, "you meet again, or know more")


def _title(applying: Applying) -> str:
    people = len(applying.ledger.made_any(Person))
    made = applying.ledger.made_any(Interview)
    changed = [interview for interview in applying.touched.values() if interview not in made]
    parts = []
    if people or made:
        came = f"Recorded {_count(people, 'person', 'people')}"
        parts.append(came + (f" from {_named(made)}" if made else ""))
    cancelled = [interview for interview in changed if interview.cancelled_at == applying.at]
    parts += [f"“{interview}” was cancelled" for interview in cancelled]
    parts += [f"“{interview}” changed" for interview in changed if interview not in cancelled]
    return "; ".join(parts) or f"Brought {_count(len(applying.people), 'person', 'people')} up to date"


def _named(interviews: list[Any]) -> str:
    return f"“{interviews[0]}”" if len(interviews) == 1 else f"{len(interviews)} interviews"


def _count(number: int, one: str, many: str) -> str:
    words = (
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    )
    return f"{words[number] if number < len(words) else number} {one if number == 1 else many}"


def _nothing(batch: Batch) -> str:
    return (
        "There is no interview and nobody in this."
        if batch.set_aside or batch.problems
        else "There is nothing in this."
    )


def _set_aside(finding: NotAnInterview) -> dict[str, Any]:
    starts: date | None = finding.starts
    place = finding.place
    return {
        "title": finding.title,
        "starts": starts.isoformat() if starts else None,
        "why": finding.why,
        "file": place.file,
        "line": place.line,
    }


def _remarks(meeting: Meeting) -> list[dict[str, Any]]:
    """Give what had to be assumed of an interview, with the place it was read from."""
    return [
        {"file": meeting.place.file, "line": meeting.place.line, "says": f"“{meeting.title}”: {remark}"}
        for remark in meeting.remarks
    ]


def _problem(finding: Problem) -> dict[str, Any]:
    return {"file": finding.place.file, "line": finding.place.line, "says": finding.says}
