"""When to do a step, in words: its window in the time of the person it is for, the exact time on hover and focus."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString

from rapport.followups.models import Step
from rapport.followups.models.lists import State
from rapport.rules import moments, phrases

if TYPE_CHECKING:
    from datetime import datetime

    from rapport.accounts.models import Member


def time_element(at: datetime, words: str, exactly: str) -> SafeString:
    """A time in words for people, in ISO 8601 for programs; `exactly` is shown on hover and focus.

    The style sheet shows it when the link, the row or the text (of class `timed`) that holds the time has the
    focus: a time is no tab stop of its own, since a page has dozens.
    """
    if words == exactly:
        return format_html('<time datetime="{}">{}</time>', at.isoformat(), words)
    return format_html('<time datetime="{}" data-exactly="{}">{}</time>', at.isoformat(), exactly, words)


def zone_of(step: Step, member: Member) -> ZoneInfo:
    """The zone of the person a step is for; the interview's, then the member's, while theirs is not known."""
    return ZoneInfo(step.person.time_zone or step.plan.interview.time_zone or member.time_zone)


def window_of(step: Step, now: datetime, member: Member) -> SafeString:
    """When to do the step, or why not now; nothing when neither is known."""
    if step.state != State.OPEN:
        return _settled(step, now, member)
    if step.note and step.note.is_on_its_way:
        return SafeString("nobody knows whether it left" if step.is_in_doubt else "on its way by mail")
    if step.snoozed_until and step.snoozed_until > now:
        return format_html("put off until {}", _day(step.snoozed_until, now, member.zone, member))
    return _advised(step, now, member)


def _advised(step: Step, now: datetime, member: Member) -> SafeString:
    verdict = step.in_force
    if verdict == "hold" and step.until:
        return SafeString(phrases.until(step.until))
    if verdict in {"do", "optional"} and step.due and step.latest:
        return _open(step, now, member)
    if verdict == "ask":
        return SafeString("one answer decides")
    why = step.because[0]["says"] if step.because else ""
    if why and verdict != step.verdict:
        return format_html("your choice; the advice was otherwise: {}", why)
    return format_html("{}", why)


def _settled(step: Step, now: datetime, member: Member) -> SafeString:
    if step.posted_at and step.arrives:
        return posting_of(step, now, member)
    word = "done" if step.state == State.DONE else "left out"
    if step.settled_at is None:
        return SafeString(word)
    return format_html("{} {}", word, _day(step.settled_at, now, member.zone, member))


def posting_of(step: Step, now: datetime, member: Member) -> SafeString:
    """When a letter was posted and when it is expected: "posted Monday, arrives about Thursday"."""
    if step.posted_at is None or step.arrives is None:
        return SafeString("")
    arrives = "arrives about" if step.arrives > now else "expected there"
    posted = _day(step.posted_at, now, member.zone, member)
    return format_html(
        "posted {}, {} {}", posted, arrives, _day(step.arrives, now, zone_of(step, member), member)
    )


def how_it_went(step: Step, now: datetime, member: Member) -> str:
    """That something was sent, in plain words; of a letter, when it is expected."""
    if step.posted_at is None or step.arrives is None:
        return "Sent"
    zone = zone_of(step, member)
    posted = moments.day_in_words(step.posted_at, now, member.zone)
    return f"Posted {posted}, it arrives about {moments.day_in_words(step.arrives, now, zone)}"


def _open(step: Step, now: datetime, member: Member) -> SafeString:
    zone = zone_of(step, member)
    due = step.due if step.due and step.due >= now else step.latest
    if due is None:
        return SafeString("")
    if due < now:
        was_due = "was to be posted" if step.arrives else "was due"
        return format_html("{} {}", was_due, _day(due, now, zone, member))
    late = SafeString("")
    if step.was_due and step.in_force == "do":
        late = format_html("was due {}; now ", _day(step.was_due, now, zone, member))
    if step.arrives:
        posted, there = _day(due, now, zone, member), _day(step.arrives, now, zone, member)
        return format_html("{}post by {}, it arrives {}", late, posted, there)
    theirs = "" if moments.same_clock(due, zone, member.zone) else ", their time"
    by = time_element(due, moments.moment_in_words(due, now, zone), moments.exactly(due, zone, member.zone))
    if step.earliest and step.earliest > now:
        start = time_element(
            step.earliest,
            moments.moment_in_words(step.earliest, now, zone),
            moments.exactly(step.earliest, zone, member.zone),
        )
        return format_html("{}from {} to {}{}", late, start, by, theirs)
    return format_html("{}by {}{}", late, by, theirs)


def _day(at: datetime, now: datetime, zone: ZoneInfo, member: Member) -> SafeString:
    return time_element(at, moments.day_in_words(at, now, zone), moments.exactly(at, zone, member.zone))
