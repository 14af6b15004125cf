"""A member's book as a door finds it: an interview of yesterday, taken in at the real clock that doors read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.test import Client
from django.utils import timezone

from rapport.accounts.models import Address, Member, OwnSchool
from rapport.followups.models import Step
from rapport.intake.models import Batch
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.people.models import Person
from tests import world

ENDED_AGO = timedelta(hours=3)
MARKS = (b"Dana", b"Ortiz", b"Priya", b"Initech", b"initech", b"Platform", b"Paper lasts")
"""What stands on the owner's pages and on nobody else's."""


@dataclass
class Book:
    """What Alex has, by name."""

    member: Member
    now: datetime

    @property
    def interview(self) -> Interview:
        return Interview.objects.get(member=self.member)

    @property
    def application(self) -> Application:
        return self.interview.application

    @property
    def batch(self) -> Batch:
        return Batch.objects.get(member=self.member)

    def person(self, name: str = "Dana Lee") -> Person:
        return Person.objects.get(member=self.member, name=name)

    def interviewer(self, name: str = "Dana Lee") -> Interviewer:
        return Interviewer.objects.get(interview=self.interview, person__name=name)

    def step(self, act: str = "thank", channel: str = "email", name: str = "Dana Lee") -> Step:
        return Step.objects.with_all().get(
            plan__interview=self.interview, person__name=name, act=act, channel=channel
        )

    def open_windows(self) -> None:
        """Let every window be open, also when a test runs on a weekend or at night."""
        Step.objects.seen_by(self.member).filter(verdict="do").exclude(earliest=None).update(
            earliest=self.now
        )

    def school(self) -> OwnSchool:
        return self.member.own_schools.get()


def filled(member: Member, *, at: datetime | None = None, **said: Any) -> Book:
    """Take in yesterday's invitation, and give the member a further address and a school of their own."""
    now = at or timezone.now()
    times = {"starts": now - ENDED_AGO - timedelta(hours=1), "ends": now - ENDED_AGO}
    world.taken_in(world.meeting(**(times | said)), member=member, at=now)
    Address.objects.create(member=member, email="alex@home.example")
    OwnSchool.objects.create(
        member=member,
        identifier="my-next-day",
        name="The next day, my way",
        norms=[
            {
                "id": "card-first",
                "act": "thank",
                "channel": "letter",
                "verdict": "do",
                "within": "1 working day of interview_end",
                "because": "Paper lasts.",
                "source": "My own experience",
            }
        ],
    )
    return Book(member, now)


def exported(client: Client) -> dict[str, bytes]:
    """Give the files of the export that a member takes along."""
    with ZipFile(BytesIO(b"".join(client.get("/settings/export")))) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}
