"""One named cast and what they bring with them; plain functions, used everywhere.

Alex Morgan is the member and had an interview at Initech in Lisbon on Friday 20 November 2026, for the platform
team, with Dana Lee (VP Engineering), Sam Ortiz (Staff Engineer) and, from an agency, Priya Nair. Robin Vale is
another member and sees nothing of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from rapport.accounts.models import Member
from rapport.followups.models import Step
from rapport.importers.findings import FoundCard, Kind, Meeting, Participant, Place, Source
from rapport.intake.models import Batch
from rapport.intake.settling import settle_findings
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.people.models import Person
from rapport.rules.card import Card
from tests.copies import Copy

INTERVIEW_STARTS = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
"""A Friday, ten in the morning in Lisbon."""

INTERVIEW_ENDS = datetime(2026, 11, 20, 11, 30, tzinfo=UTC)

NOW = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
"""An hour and a half after the interview."""


def alex() -> Member:
    """Give the member, who lives in Lisbon."""
    found = Member.objects.filter(email="alex.morgan@mail.example").first()
    return found or Member.objects.create_user(
        "alex.morgan@mail.example", name="Alex Morgan", time_zone="Europe/Lisbon", country="PT"
    )


def robin() -> Member:
    """Give the stranger: a member with a book of their own."""
    found = Member.objects.filter(email="robin.vale@mail.example").first()
    return found or Member.objects.create_user(
        "robin.vale@mail.example", name="Robin Vale", time_zone="Europe/Berlin"
    )


def dana(**said: Any) -> Participant:
    """Give VP Engineering, who would be Alex's manager."""
    stated = {
        "name": "Dana Lee",
        "email": "dana.lee@initech.example",
        "title": "VP Engineering",
        "role": "hiring_manager",
        "organisation": "Initech",
    }
    return Participant(**(stated | said))


def sam(**said: Any) -> Participant:
    """Give the future colleague, named in the invitation's text only."""
    stated = {
        "name": "Sam Ortiz",
        "title": "Staff Engineer",
        "role": "peer",
        "organisation": "Initech",
        "source": Source.DESCRIPTION,
        "confirmed": False,
    }
    return Participant(**(stated | said))


def priya(**said: Any) -> Participant:
    """Give the recruiter of an agency."""
    stated = {
        "name": "Priya Nair",
        "email": "priya@talent.example",
        "title": "Recruiter",
        "role": "recruiter",
        "organisation": "Bright Talent",
    }
    return Participant(**(stated | said))


def meeting(**said: Any) -> Meeting:
    """Give the invitation to the interview of the platform team."""
    stated = {
        "uid": "platform-team@initech.example",
        "title": "Interview: Platform team",
        "starts": INTERVIEW_STARTS,
        "ends": INTERVIEW_ENDS,
        "place": Place("interview.ics", 1),
        "time_zone": "Europe/Lisbon",
        "kind": Kind.VIDEO,
        "video_url": "https://meet.example/initech",
        "organisation": "Initech",
        "job_title": "Platform Engineer",
        "participants": (dana(), sam(), priya()),
    }
    return Meeting(**(stated | said))


def later(found: Meeting, *, hours: float = 24, sequence: int = 1) -> Meeting:
    """Give the same invitation, moved."""
    shift = timedelta(hours=hours)
    return replace(found, starts=found.starts + shift, ends=found.ends + shift, sequence=sequence)


def card(**said: str) -> FoundCard:
    """Give a business card in a file."""
    stated = {"name": "Sam Ortiz", "email": "sam@initech.example"}
    return FoundCard(Card.of(**(stated | said)), Place("sam.vcf", 1))


made_once: dict[str, Copy] = {}
"""What a session has made of it already, to be copied."""


def taken_in(*findings: Any, member: Member | None = None, at: datetime = NOW, **how: Any) -> Batch:
    """Take findings in as one batch; the interview of the platform team when none are given.

    That one is copied where Alex is not yet: a test that begins with it begins in a tenth of the time.
    """
    if not findings and not how and (member, at) == (None, NOW) and _copied():
        return Batch.objects.get()
    return settle_findings(member or alex(), findings or (meeting(),), at=at, **how)


def _copied() -> bool:
    """Put the interview that was made once into a database that Alex is not in yet; tell whether that was done."""
    if "interview" not in made_once or Member.objects.filter(email="alex.morgan@mail.example").exists():
        return False
    made_once["interview"].put()
    return True


def interview() -> Interview:
    """Give the interview of the platform team, with its plan; taken in when it is not there yet."""
    mine = Interview.objects.filter(member__email="alex.morgan@mail.example", uid=meeting().uid)
    found = mine.first()
    if found is None:
        taken_in()
        found = mine.get()
    return found


def interviewer(name: str = "Dana Lee") -> Interviewer:
    """Give somebody met in the interview of the platform team."""
    return interview().interviewers.select_related("person").get(person__name=name)


def person(name: str = "Dana Lee") -> Person:
    """Give somebody from the interview, as in Alex's book."""
    return interviewer(name).person


def application() -> Application:
    """Give the application at Initech."""
    return interview().application


def step(act: str = "thank", channel: str = "email", name: str = "Dana Lee") -> Step:
    """Give a step towards somebody from the interview."""
    interview()
    return Step.objects.get(person__name=name, act=act, channel=channel)


def card_holder() -> Person:
    """Give somebody from a business card, met in no interview."""
    found = card()
    return Person.make(alex(), found.card, source="a card", at=NOW, met="event")
