"""What the daily mail says: what is due today, what was released, and news."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.urls import reverse

from rapport.accounts.models import Member
from rapport.correspondence.message import one_line
from rapport.followups.models import Step
from rapport.followups.touch import Touch, due_touches
from rapport.journal.models import Entry
from rapport.notifications import news
from rapport.notifications.address import absolute
from rapport.notifications.mail import Letter, write
from rapport.people.birthdays import coming_up
from rapport.people.finding import AT_ONCE
from rapport.people.models import CardIndex
from rapport.rules import moments, phrases

_LINES = 12
"""Of each kind as many lines as one reads with a coffee; the rest is counted."""

_MOST = 100

LOOKS_BACK = timedelta(days=7)
"""How far news may lie back after a pause, as far as Today shows them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what, when or why, and the address of its page ("" without one)."""

    what: str
    when: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A member's day in lines."""

    due: list[Line]
    released: list[Line]
    told: list[Line]
    birthdays: list[Line] = field(default_factory=list)
    touches: list[Line] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to say. Whom to write to again can wait for a day with more."""
        return bool(self.due or self.released or self.told or self.birthdays)

    @property
    def subject(self) -> str:
        """What is due, in a few words."""
        if not self.due and not self.released and not self.told:
            return f"Today: the birthday of {self.birthdays[0].what}"
        if not self.due:
            return "Nothing is due today, but there is news"
        more = f" and {len(self.due) - 1} more" if len(self.due) > 1 else ""
        return f"Today: {self.due[0].what}{more}"


def day_of(member: Member, looked_at: datetime | None, at: datetime) -> Day:
    """Give a member's day as it stands at `at`, with what became news since `looked_at`."""
    since = max(looked_at or at - timedelta(days=1), at - LOOKS_BACK)
    entries = news.since(member, since, at)
    return Day(
        due=[_step(step, at) for step in _due(member, at)],
        released=[_released(entry) for entry in entries if news.is_release(entry)],
        told=[Line(one_line(entry.says)) for entry in entries if not news.is_release(entry)],
        birthdays=_birthdays(member, at),
        touches=[_touch(touch, at, member.zone) for touch in due_touches(member, at)],
    )


def letter_of(member: Member, day: Day, *, at: datetime) -> Letter:
    """Write the day to the member; raises as `mail.write` does."""
    shown = {
        "parts": [
            ("Due today", day.due[:_LINES], len(day.due[_LINES:])),
            ("Free to do now", day.released[:_LINES], len(day.released[_LINES:])),
            ("Birthdays today", day.birthdays[:_LINES], len(day.birthdays[_LINES:])),
            ("Perhaps write again to", day.touches[:_LINES], len(day.touches[_LINES:])),
            ("News", day.told[:_LINES], len(day.told[_LINES:])),
        ],
        "today": absolute(reverse("today")),
    }
    text = render_to_string("notifications/daily.txt", shown).strip()
    return write(member, day.subject, text, render_to_string("notifications/daily.html", shown), at=at)


def _due(member: Member, at: datetime) -> list[Step]:
    tomorrow = at.astimezone(member.zone).date() + timedelta(days=1)
    ends = datetime.combine(tomorrow, time(0), member.zone)
    return list(Step.objects.seen_by(member).to_do_now(at).filter(due__lt=ends).with_all()[:100])


def _birthdays(member: Member, at: datetime) -> list[Line]:
    CardIndex.catch_up(member, at_most=AT_ONCE)
    today = at.astimezone(member.zone).date()
    return [
        Line(one_line(one.person.name), f"turns {one.turns}" if one.turns else "", _page(one.person.pk))
        for one in coming_up(member, today, days=0, at_most=_MOST)
    ]


def _touch(touch: Touch, at: datetime, zone: ZoneInfo) -> Line:
    last = f"last real contact {moments.ago(touch.last, at, zone)}" if touch.last else "no real contact yet"
    return Line(one_line(touch.keeping.person.name), last, _page(touch.keeping.person_id))


def _page(person: int) -> str:
    return absolute(reverse("person", args=[person]))


def _released(entry: Entry) -> Line:
    """What is free to do, why, and its page; the verdicts' names belong to the journal."""
    what, _, why = one_line(entry.says).partition(": ")
    _, _, because = why.partition(", because ")
    step = next(iter(entry.keys_of(Step)), None)
    link = absolute(reverse("step", args=[step])) if step is not None else ""
    return Line(what, f"because {because}" if because else "", link)


def _step(step: Step, at: datetime) -> Line:
    what = one_line(phrases.deed(step.act, step.channel, step.person.name))
    until = step.due if step.due and step.due > at else step.latest
    late = moments.late(step.was_due, at, step.their_zone)
    when = f"{late}by {moments.exactly(until, step.their_zone, step.plan.member.zone)}" if until else ""
    return Line(what, when, absolute(reverse("step", args=[step.pk])))
