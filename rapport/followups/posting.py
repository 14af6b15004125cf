"""A letter is put into the post, and arrives some working days later."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.rules import moments

if TYPE_CHECKING:
    from rapport.followups.models.step import Step


def posting(step: Step, day: date | None, *, by: Member, at: datetime) -> dict[str, datetime]:
    """Give the moment of posting and the expected arrival, in working days where the letter goes.

    `day` is of the member's zone, today where it is None; NotAllowed for one to come, or before the interview.
    """
    today = at.astimezone(by.zone).date()
    day = day or today
    if day > today:
        raise NotAllowed("A letter is posted today or earlier; mark it on the day it goes.")
    ended = step.plan.interview.ends_at
    if day < min(ended.astimezone(by.zone).date(), today):
        raise NotAllowed(f"That is before the interview, which was on {moments.whole_day(ended, by.zone)}.")
    noon = datetime.combine(day, time(12), by.zone)
    posted = at if day == today else min(max(noon, ended), at)
    place = step.person.organisation
    country = step.person.country or (place.country if place else "")
    zone = ZoneInfo(step.person.time_zone or step.plan.interview.time_zone or by.time_zone)
    there = datetime.combine(day, time(12), zone)
    return {"posted_at": posted, "arrives": by.working_calendar.arrival(there, zone, country)}


def how_done(step: Step, by: Member) -> str:
    """Say how a step was done: "posted on Monday 23 November, expected about Thursday 26 November", or "done"."""
    if step.posted_at is None or step.arrives is None:
        return "done"
    arrival = moments.whole_day(step.arrives, by.zone)
    return f"posted on {moments.whole_day(step.posted_at, by.zone)}, expected about {arrival}"
