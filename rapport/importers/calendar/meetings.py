"""One event with all that is known around it becomes a meeting, or something set aside with its reason."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from rapport.importers.calendar.spans import span
from rapport.importers.calendar.times import UnreadableTimeError, moment
from rapport.importers.findings import Meeting, NotAnInterview, Problem
from rapport.importers.judgement import Evidence, reason_against, reason_against_company
from rapport.importers.people.attendees import names_left_out, sorted_out
from rapport.importers.people.gathering import Letter, Words, at_company, me_of, with_mentions, without_absent
from rapport.importers.people.listed import listed, once
from rapport.importers.text.dates.promises import day_in, pace_in, understood
from rapport.importers.text.dates.standing import is_titled_off
from rapport.importers.text.dates.zones import iana_name, zone_at, zone_of
from rapport.importers.text.hosts import domain, urls, video_url
from rapport.importers.text.kinds import kind_of
from rapport.importers.text.names import key
from rapport.importers.text.plain import one_line, plain
from rapport.importers.text.subject import job_in, organisation_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from rapport.importers.calendar.events import Event
    from rapport.importers.calendar.spans import Span
    from rapport.importers.findings import Finding, Reader
    from rapport.importers.people.listed import Listed, Me

_IANA = re.compile(
    r"\b(?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic)/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?",
)
_VIDEO = ("X-GOOGLE-CONFERENCE", "CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "LOCATION", "URL")
_WHO_ARE_YOU = (
    "It cannot be told which address is yours, so you may be among the people to thank. "
    "Name your address in the settings (with the command: --me ADDRESS)."
)
_ANSWER = "It is somebody's answer to an invitation, not an invitation."
DESCRIPTION_LIMIT = 20_000  # characters kept of a description


def people_of(event: Event) -> tuple[Listed, ...]:
    """Give everybody the event lists, each once."""
    return once(listed(prop) for name in ("ATTENDEE", "ORGANIZER") for prop in event.properties.get(name, ()))


def description_of(event: Event) -> str:
    """Give what the event says as plain text; the markup version only where the plain one is missing."""
    said = plain(event.text("DESCRIPTION"))
    if not said:
        said = plain(event.text("X-ALT-DESC"))
    return said[:DESCRIPTION_LIMIT]


def hosts_of(event: Event, people: Iterable[Listed]) -> frozenset[str]:
    """Give the hosts an event comes from: of its organiser, its UID and its own address."""
    uid_host = event.text("UID").rpartition("@")[2].lower()
    links = (host for _, host in urls(event.text("URL")))
    return frozenset({uid_host, *links, *(domain(one.address) for one in people if one.address)} - {""})


def findings_of(event: Event, reader: Reader, letter: Letter | None = None) -> Iterator[Finding]:
    """Give what one event is: a meeting, something else with the reason, or a problem."""
    letter = letter or Letter()
    title = event.title or one_line(letter.subject)[:200]
    try:
        when = span(event, reader.time_zone)
    except UnreadableTimeError as problem:
        name = f"“{title}”" if title else "An event"
        says = f"{name} was left out. {problem} Correct the time in the calendar, or type the interview in."
        yield Problem(event.at("DTSTART"), says)
        return
    yield from _judged(event, reader, letter, title, when)


def _judged(event: Event, reader: Reader, letter: Letter, title: str, when: Span) -> Iterator[Finding]:
    people = people_of(event)
    description = description_of(event)
    is_all_day = when.starts.is_all_day or event.text("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    me = me_of(reader, people, letter, event.calendar.name)
    hosts = hosts_of(event, people)
    evidence = Evidence(
        title,
        f"{description}\n{letter.text}",
        hosts | letter.hosts,
        is_all_day,
        _repeats(event),
        me.names,
    )
    why = _ANSWER if event.calendar.method in {"REPLY", "COUNTER", "REFRESH"} else reason_against(evidence)
    if not why:
        words = Words(title, description, one_line(event.text("LOCATION"))[:500], hosts)
        meeting = _meeting(event, people, me, letter, words, when, reader)
        strangers = sum(1 for gone in meeting.left_out if gone.address not in me.addresses)
        why = reason_against_company(
            len(meeting.participants),
            strangers,
            is_all_day=is_all_day,
            has_subject=meeting.organisation is not None,
        )
    if why:
        stated: datetime | date = when.starts.day if is_all_day else when.starts.at
        yield NotAnInterview(title or "(no title)", stated, why, event.place)
        return
    if meeting.me is None and not reader.addresses and any(one.email for one in meeting.participants):
        meeting = replace(meeting, remarks=(*meeting.remarks, _WHO_ARE_YOU))
    yield meeting
    if when.doubt:
        yield Problem(event.at("DTSTART"), f"“{title}”: {when.doubt}")


def _meeting(
    event: Event,
    people: tuple[Listed, ...],
    me: Me,
    letter: Letter,
    words: Words,
    when: Span,
    reader: Reader,
) -> Meeting:
    text = f"{words.description}\n{letter.text}"
    when = replace(when, zone=zone_at(words.location, when.starts.at, when.zone or _zone_in(event, text)))
    listed_people, left = sorted_out(people, me, words.location)
    words = replace(words, nobodies=names_left_out(people, listed_people, left))
    met = with_mentions(listed_people, words, letter, me, replace(when, zone=when.zone or reader.time_zone))
    met = without_absent(met, people)
    others = [one for one in people if not me.is_me(one)]
    companies = [one.address for one in others] + ([letter.sender.address] if letter.sender else [])
    makers = [one.name for one in others if one.is_organizer and one.name]
    names = (*me.names, *(one.name for one in met))
    company = organisation_of(companies, words.title, text, names, makers)
    job = job_in(words.title, text)
    promised = day_in(text, when.ends.astimezone(zone_of(when.zone or reader.time_zone) or UTC))
    declined = _is_declined(people, me)
    mine = next((one for one in people if one.address and me.is_me(one)), None)
    url = next((found for name in _VIDEO if (found := video_url(event.text(name)))), "") or video_url(text)
    return Meeting(
        uid=event.text("UID").strip() or _made_uid(words.title, when),
        title=words.title or "Interview",
        starts=when.starts.at,
        ends=when.ends,
        place=event.place,
        recurrence_id=event.text("RECURRENCE-ID").strip(),
        sequence=_number(event.text("SEQUENCE")),
        stamped=_stamped(event),
        time_zone=when.zone,
        location=words.location,
        video_url=url,
        kind=kind_of(words.title, words.location, text, url, job),
        organisation=company,
        job_title=job,
        decision_pace=pace_in(text),
        reply_by=promised,
        description=words.description,
        cancelled=declined
        or event.calendar.method == "CANCEL"
        or event.text("STATUS").strip().upper() == "CANCELLED"
        or is_titled_off(words.title),
        declined=declined,
        participants=at_company(met, company),
        left_out=left,
        me=mine.address if mine else None,
        my_name=mine.name if mine else "",
        remarks=when.remarks + understood(promised),
    )


def _is_declined(people: Iterable[Listed], me: Me) -> bool:
    """Say whether the reader answered no; whoever is invited under two addresses may have accepted with the other."""
    answers = {one.answer for one in people if me.is_me(one)}
    return "DECLINED" in answers and answers.isdisjoint({"ACCEPTED", "TENTATIVE"})


def _made_uid(title: str, when: Span) -> str:
    """Make a UID for an event that has none, the same each time the file is read."""
    return f"{when.starts.at:%Y%m%dT%H%M%SZ}-{key(title).replace(' ', '-')}@no-uid.rapport.invalid"


def _repeats(event: Event) -> bool:
    rule = event.text("RRULE").upper()
    return (bool(rule) and not re.search(r"COUNT=0*1(?!\d)", rule)) or bool(event.text("RDATE").strip())


def _number(text: str) -> int:
    return int(text.strip()[:9]) if text.strip()[:9].isdecimal() else 0


def _stamped(event: Event) -> datetime | None:
    prop = event.first("DTSTAMP")
    try:
        return moment(prop, event.calendar.zones, "UTC").at if prop else None
    except UnreadableTimeError:
        return None


def _zone_in(event: Event, text: str) -> str | None:
    """Name the sender's zone where the times are in UTC: the invitation's own, or one its text names."""
    if event.calendar.method == "REQUEST" and (name := iana_name(event.calendar.zone)):
        return name
    return next((name for match in _IANA.finditer(text) if (name := match[0]) and zone_of(name)), None)
