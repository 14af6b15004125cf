"""One event with all that is known around it becomes a meeting, or something set aside with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rapport.importers.attendees import Listed, Me, guessed_me, listed, once, sorted_out
from rapport.importers.findings import Meeting, NotAnInterview, Participant, Problem, Source
from rapport.importers.hosts import domain, is_company, organisation, urls, video_url
from rapport.importers.judgement import Evidence, reason_against
from rapport.importers.names import fits_address, from_address, is_address, is_same, key
from rapport.importers.plain import one_line, plain
from rapport.importers.prose import Mention, mentions
from rapport.importers.subject import job_in, kind_of, names_in, organisation_of
from rapport.importers.times import Moment, UnreadableTimeError, duration, iana_name, moment, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapport.importers.events import Event
    from rapport.importers.findings import Finding, Reader

USUAL_LENGTH = timedelta(hours=1)  # assumed where an invitation does not say when it ends
LONGEST = timedelta(days=3)
_IANA = re.compile(r"\b(?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic)/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?")
_PROFILE = re.compile(r"https?://(?:\w+\.)?linkedin\.com/in/[^\s<>\"')]+", re.IGNORECASE)
DESCRIPTION_LIMIT = 20_000  # characters kept of a description


@dataclass(frozen=True, slots=True)
class Letter:
    """The mail or text around an invitation: what it says, and between whom it went."""

    text: str = ""
    sender: Listed | None = None
    recipients: frozenset[str] = frozenset()
    subject: str = ""
    hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, in which zone, and what had to be assumed."""

    starts: Moment
    ends: datetime
    zone: str | None
    remarks: tuple[str, ...] = ()


def me_of(reader: Reader, people: tuple[Listed, ...], letter: Letter, calendar_name: str = "") -> Me:
    """Tell the reader from the others: by what they said, by where the mail went, by the calendar, by a sure guess."""
    addresses = {address.strip().lower() for address in reader.addresses}
    if not addresses:
        addresses |= letter.recipients
        if is_address(calendar_name):
            addresses.add(calendar_name.lower())
    present = {one.address for one in people}
    names = set(reader.names)
    if not addresses & present:
        by_name = {one.address for one in people if any(is_same(one.name, name) for name in names)}
        guess = guessed_me(people)
        addresses |= by_name or ({guess} if guess else set())
    names |= {one.name for one in people if one.name and one.address in addresses}
    derived = (from_address(address) for address in addresses)
    names |= {name for name, is_sure in derived if is_sure}
    return Me(frozenset(addresses - {""}), frozenset(names - {""}))


def span(event: Event, home: str) -> Span:
    """Read from when to when an event lasts; raises UnreadableTimeError with the sentence to show."""
    start = event.first("DTSTART")
    if start is None:
        raise UnreadableTimeError("It does not say when it begins (there is no DTSTART).")
    zones = event.calendar.zones
    begins = moment(start, zones, home)
    ends, remarks = _end(event, begins, home)
    if ends < begins.at:
        ends = begins.at + USUAL_LENGTH
        remarks = ("The invitation ends before it begins; one hour is assumed.",)
    elif ends - begins.at > LONGEST and not begins.is_all_day:
        remarks = (*remarks, "The invitation lasts for days; its end is probably wrong.")
    return Span(begins, ends, begins.zone, remarks)


def _end(event: Event, begins: Moment, home: str) -> tuple[datetime, tuple[str, ...]]:
    stated = event.first("DTEND")
    if stated is not None:
        try:
            return moment(stated, event.calendar.zones, home).at, ()
        except UnreadableTimeError:
            return begins.at + USUAL_LENGTH, ("The invitation's end cannot be read; one hour is assumed.",)
    length = duration(event.text("DURATION"))
    if length is not None:
        return begins.at + length, ()
    if begins.is_all_day:
        return begins.at + timedelta(days=1), ()
    return begins.at + USUAL_LENGTH, ("The invitation does not say when it ends; one hour is assumed.",)


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
    me = me_of(reader, people, letter, event.calendar.name)
    description = description_of(event)
    location = one_line(event.text("LOCATION"))[:500]
    met, left = sorted_out(people, me)
    met = _with_mentions(met, title, description, location, letter, me, when)
    strangers = sum(1 for gone in left if not gone.why.startswith("This is you"))
    hosts = hosts_of(event, people) | letter.hosts
    is_all_day = when.starts.is_all_day or event.text("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    text = f"{description}\n{letter.text}"
    why = reason_against(
        Evidence(title, text, hosts, len(met) if event.people <= len(people) + 1 else event.people, strangers, is_all_day, _repeats(event))
    )
    stated: datetime | date = when.starts.day if is_all_day else when.starts.at
    if why:
        yield NotAnInterview(title or "(no title)", stated, why, event.place)
        return
    companies = [one.address for one in people if not me.is_me(one)] + ([letter.sender.address] if letter.sender else [])
    organisation_name = organisation_of(companies, title, text, (*me.names, *(one.name for one in met)))
    url = next((found for name in ("X-GOOGLE-CONFERENCE", "CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "LOCATION", "URL") if (found := video_url(event.text(name)))), "") or video_url(text)  # fmt: skip
    yield Meeting(
        uid=event.text("UID").strip() or f"{when.starts.at:%Y%m%dT%H%M%SZ}-{key(title).replace(' ', '-')}@no-uid",
        title=title or "Interview",
        starts=when.starts.at,
        ends=when.ends,
        place=event.place,
        recurrence_id=event.text("RECURRENCE-ID").strip(),
        sequence=_number(event.text("SEQUENCE")),
        stamped=_stamped(event),
        time_zone=when.zone or _zone_in(event, text),
        location=location,
        video_url=url,
        kind=kind_of(title, location, text, url),
        organisation=organisation_name,
        job_title=job_in(title, text),
        description=description,
        cancelled=event.calendar.method == "CANCEL" or event.text("STATUS").strip().upper() == "CANCELLED",
        participants=met,
        left_out=left,
        me=next((one.address for one in people if one.address and me.is_me(one)), None),
        remarks=when.remarks,
    )
    if not any(me.is_me(one) for one in people) and not reader.addresses and met and any(one.email for one in met):
        says = f"It cannot be told which address in “{title}” is yours, so you may be among the people to thank. Name your address (--me ADDRESS)."
        yield Problem(event.at("ATTENDEE"), says)


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


def _with_organisation(one: Participant, text: str) -> Participant:
    host = domain(one.email or "")
    return replace(one, organisation=organisation(host, text)) if is_company(host) else one


def _with_mentions(  # noqa: PLR0913  (each source of names is one)
    met: tuple[Participant, ...], title: str, description: str, location: str, letter: Letter, me: Me, when: Span
) -> tuple[Participant, ...]:
    """Add whom the title, the description, the place and the mail name, each once."""
    people = list(met)
    for source, text in ((Source.DESCRIPTION, description), (Source.LOCATION, location), (Source.MAIL, letter.text)):
        for mention in mentions(text, me.names):
            if _is_elsewhen(mention, when):
                continue
            people = joined(people, mention, source)
    for name in names_in(title, me.names):
        people = joined(people, Mention(name), Source.SUMMARY)
    if letter.sender and letter.sender.name and not me.is_me(letter.sender):
        people = [_named(one, letter.sender) for one in people]
    return profiled(people, f"{title}\n{description}\n{letter.text}")


def _named(one: Participant, sender: Listed) -> Participant:
    return replace(one, name=sender.name) if one.email == sender.address and not _was_written(one) else one


def _was_written(one: Participant) -> bool:
    """Say whether the name stood in the invitation rather than being made of the address."""
    return not one.email or from_address(one.email)[0] != one.name


def _is_elsewhen(mention: Mention, when: Span) -> bool:
    """Say whether an agenda gives somebody another hour than this meeting's."""
    if mention.at is None or when.starts.is_all_day:
        return False
    zone = ZoneInfo(when.zone) if when.zone else UTC
    begins, ends = when.starts.at.astimezone(zone), when.ends.astimezone(zone)
    if begins.date() != ends.date() or ends - begins > timedelta(hours=12):
        return False
    return when.zone is not None and not begins.time() <= mention.at < ends.time()


def joined(people: list[Participant], mention: Mention, source: Source) -> list[Participant]:
    """Give the people with one more, or with what the mention adds to somebody already there."""
    for place, one in enumerate(people):
        if not _is_meant(one, mention.name, people):
            continue
        name = mention.name if len(mention.name.split()) > len(one.name.split()) or not _was_written(one) else one.name
        title = one.title or mention.title
        role = mention.role if mention.role == "hiring_manager" else one.role or mention.role
        people = [*people]
        people[place] = replace(one, name=name, title=title, role=role, confirmed=one.confirmed or bool(one.email))
        return people
    return [*people, Participant(mention.name, title=mention.title, role=mention.role, source=source, confirmed=False)]


def _is_meant(one: Participant, name: str, people: list[Participant]) -> bool:
    if is_same(one.name, name) or (one.email and fits_address(name, one.email)):
        return True
    words, known = key(name).split(), key(one.name).split()
    if not words or not known or min(len(words), len(known)) > 1 or words[0] != known[0]:
        return False
    return sum(1 for other in people if key(other.name).split()[:1] == words[:1]) == 1


def profiled(people: Iterable[Participant], text: str) -> tuple[Participant, ...]:
    """Give people the profile links that stand beside their names, and the organisation of their address."""
    profiles = _profiles(text)
    return tuple(_with_profile(_with_organisation(one, text), profiles) for one in people)


def _profiles(text: str) -> list[tuple[str, str]]:
    """Give each profile link with the text before it: its own line and the one above."""
    lines = text.splitlines()
    return [
        (match[0].rstrip(".,;"), f"{lines[number - 1] if number else ''} {line[: match.start()]}")
        for number, line in enumerate(lines)
        for match in _PROFILE.finditer(line)
    ]


def _with_profile(one: Participant, profiles: list[tuple[str, str]]) -> Participant:
    found = next((url for url, before in profiles if key(one.name) in key(before)), None)
    return replace(one, profile=found) if found and not one.profile else one

