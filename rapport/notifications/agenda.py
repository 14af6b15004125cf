"""Which steps stand in a calendar, when, and with what words."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.urls import reverse

from rapport.accounts.models import Member
from rapport.correspondence.message import one_line
from rapport.followups.models import State, Step
from rapport.followups.models.lists import StepQuerySet
from rapport.notifications.address import absolute
from rapport.rules import moments, phrases

REMEMBERED = 14
"""Days for which a step stays in the calendar after it was done."""

MOST = 500
"""Events of a kind in one feed: more than anybody does in a season, and still written in two seconds."""

LASTS = timedelta(minutes=30)
"""How long an event lasts: long enough to be seen in a week, short enough to read as a moment."""


class Slot(NamedTuple):
    """A step's place in a calendar; times are aware, `zone` the recipient's IANA name."""

    step_id: int
    title: str
    description: str
    starts_at: datetime
    ends_at: datetime
    zone: str


def slots(member: Member, at: datetime) -> list[Slot]:
    """Give the places of what is to be done or held until a day, and of what was done in the last 14 days."""
    mine = Step.objects.seen_by(member)
    return [_slot(step) for found in (_due(mine), _done(mine, at)) for step in found[:MOST]]


def _due(mine: StepQuerySet) -> StepQuerySet:
    """What is to be done in a window, and what waits for a day that is known."""
    to_do = Q(choice="do") | Q(choice="", verdict="do")
    held = Q(choice="", verdict="hold")
    promised = Q(until="reply_by", plan__interview__application__reply_by__isnull=False)
    joining = Q(until="joining", plan__interview__application__joins_on__isnull=False)
    over = Q(until="interview_end", act="thank", channel__in=_FIRST)
    found = mine.standing().filter(to_do & Q(due__isnull=False) | held & (promised | joining | over))
    return found.select_related(*_SHOWN).order_by(F("due").asc(nulls_last=True), "pk")


def _done(mine: StepQuerySet, at: datetime) -> StepQuerySet:
    lately = at - timedelta(days=REMEMBERED)
    found = mine.filter(state=State.DONE, settled_at__gte=lately, due__isnull=False).exclude(act="record")
    return found.select_related(*_SHOWN).order_by("-settled_at", "pk")


_FIRST = ("email", "letter")
"""Of what waits for the end of an interview only the thank-you itself: a dozen events at one moment help nobody."""

_MORNING = time(9)

_SHOWN = ("person", "plan__interview__application__organisation", "plan__member")


def _slot(step: Step) -> Slot:
    zone, starts = step.their_zone, _starts(step)
    return Slot(step.pk, _title(step), _description(step, zone), starts, starts + LASTS, zone.key)


def _starts(step: Step) -> datetime:
    """Half an hour before it is best done by, never before its window opens; what was put off, when it comes back."""
    if step.in_force == "hold":
        starts = _held_until(step)
    else:
        due = step.due or step.plan.interview.ends_at
        starts = max(step.earliest or due, due - LASTS)
    return max(starts, step.snoozed_until or starts)


def _held_until(step: Step) -> datetime:
    """The end of the interview, or the morning of the day that was promised."""
    interview = step.plan.interview
    day = interview.application.joins_on if step.until == "joining" else interview.application.reply_by
    if step.until == "interview_end" or day is None:
        return interview.ends_at
    return datetime.combine(day, _MORNING, step.their_zone)


def _title(step: Step) -> str:
    deed = one_line(phrases.deed(step.act, step.channel, step.person.name))
    if step.state == State.DONE:
        return f"Done: {deed}"
    return f"Held until now: {deed}" if step.in_force == "hold" else deed


def _description(step: Step, zone: ZoneInfo) -> str:
    """Why, until when, and where to read on."""
    lines = [one_line(reason["says"]) for reason in step.because]
    if step.due and step.latest and step.in_force == "do":
        best, last = moments.exactly(step.due, zone), moments.exactly(step.latest, zone)
        lines.append(f"Best by {best}." if best == last else f"Best by {best}; at the latest {last}.")
    return "\n".join([*lines, absolute(reverse("step", args=[step.pk]))])
