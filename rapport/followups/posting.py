"""A letter is put into the post, and arrives some working days later."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from rapport.accounts.models import Member
from rapport.interviews.models import Interview
from rapport.journal.errors import NotAllowed
from rapport.people.models import Person
from rapport.rules import moments


def posting(
    interview: Interview, person: Person, day: date | None, *, by: Member, at: datetime
) -> dict[str, datetime]:
    """Give the moment of posting and the expected arrival, in working days where the letter goes.

    `day` is of the member's zone, today where it is None; NotAllowed for one to come, or before the interview.
    """
    today = at.astimezone(by.zone).date()
    day = day or today
    if day > today:
        raise NotAllowed("A letter is posted today or earlier; mark it on the day it goes.")
    ended = interview.ends_at
    if day < min(ended.astimezone(by.zone).date(), today):
        held = moments.whole_day(ended, by.zone)
        raise NotAllowed(f"That is before the interview, which was on {held}. Write a later day.")
    noon = datetime.combine(day, time(12), by.zone)
    posted = at if day == today else min(max(noon, ended), at)
    zone = ZoneInfo(person.time_zone or interview.time_zone or by.time_zone)
    there = datetime.combine(day, time(12), zone)
    return {"posted_at": posted, "arrives": by.working_calendar.arrival(there, zone, person.country_at_work)}


def posted(at: datetime, arrives: datetime, zone: ZoneInfo) -> str:
    """Say when a letter went: "posted on Monday 23 November, expected about Thursday 26 November"."""
    return f"posted on {moments.whole_day(at, zone)}, expected about {moments.whole_day(arrives, zone)}"
