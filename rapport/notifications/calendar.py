"""A member's appointments as an iCalendar file (RFC 5545) to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.urls import reverse
from icalendar import Calendar, Event

from rapport.accounts.models import Member
from rapport.correspondence.message import one_line
from rapport.notifications.address import absolute
from rapport.notifications.agenda import MOST
from rapport.notifications.models import Appointment
from rapport.notifications.zones import component_of
from rapport.people.birthdays import Birthday, coming_up

LOOK_AGAIN = timedelta(hours=1)
"""How often a program is asked to look: Apple's takes REFRESH-INTERVAL (RFC 7986), Outlook X-PUBLISHED-TTL (MS-OXCICAL
2.1.3.1.1.15); Google keeps to its own, some hours."""

AHEAD = 60
"""Days for which birthdays stand in a calendar; programs look again long before."""

WRITTEN = 1
"""Raise it when the same appointments are written otherwise than before, so that nobody keeps what is old."""

_PRODUCT = "-//Rapport//Rapport//EN"


def calendar_of(
    member: Member, appointments: Iterable[Appointment], birthdays: Iterable[Birthday] = ()
) -> bytes:
    """Give the file: UTF-8, lines of at most 75 octets that end in CRLF.

    The same appointments give the same bytes. There is no METHOD: it would make of a subscription an invitation. An
    event's DTSTAMP is therefore when it last changed (RFC 5545, 3.8.7.2), as its LAST-MODIFIED. Events take no time
    from the member's day (TRANSP), and ring no bell.
    """
    told = list(appointments)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", "Rapport")
    calendar.add("x-wr-calname", "Rapport")
    calendar.add("x-wr-timezone", member.time_zone)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for name, year in sorted(_zones(told).items()):
        calendar.add_component(component_of(name, year))
    for appointment in told:
        calendar.add_component(_event(appointment))
    for birthday in birthdays:
        calendar.add_component(_birthday(birthday))
    return bytes(calendar.to_ical())


def version_of(
    member: Member, appointments: Iterable[Appointment], birthdays: Iterable[Birthday] = ()
) -> str:
    """Give 32 letters that are others when the file is: most who ask have it already, and it need not be written."""
    told = [(one.uid, one.sequence, one.changed_at.isoformat()) for one in appointments]
    days = [(one.person.pk, one.person.name, one.on.isoformat(), one.turns) for one in birthdays]
    return sha256(repr((WRITTEN, member.time_zone, absolute("/"), told, days)).encode()).hexdigest()[:32]


def _zones(told: Iterable[Appointment]) -> dict[str, int]:
    """The zones that are used, each with the first year that it is used for."""
    found: dict[str, int] = {}
    for appointment in told:
        if appointment.zone != "UTC":
            year = _local(appointment.starts_at, appointment.zone).year
            found[appointment.zone] = min(found.get(appointment.zone, year), year)
    return found


def _local(at: datetime, zone: str) -> datetime:
    """A moment there, to the second; UTC as RFC 5545 writes it, without a zone of its own."""
    return at.astimezone(UTC if zone == "UTC" else ZoneInfo(zone)).replace(microsecond=0)


def birthdays_of(member: Member, at: datetime) -> list[Birthday]:
    """Give the birthdays that stand in the member's calendar: those of the next two months."""
    today = at.astimezone(member.zone).date()
    return coming_up(member, today, days=AHEAD, at_most=MOST)


def _birthday(told: Birthday) -> Event:
    """A day without hours, which takes no time from anybody's day and rings no bell."""
    event = Event()
    event.add("uid", f"birthday-{told.person.pk}-{told.on.year}@rapport")
    event.add("dtstamp", told.person.created_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", told.on)
    event.add("dtend", told.on + timedelta(days=1))
    age = f" ({told.turns})" if told.turns else ""
    event.add("summary", f"Birthday: {one_line(told.person.name)}{age}")
    event.add("url", absolute(reverse("person", args=[told.person.pk])))
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    event.add("class", "PRIVATE")
    return event


def _event(told: Appointment) -> Event:
    event = Event()
    event.add("uid", told.uid)
    event.add("dtstamp", told.changed_at.astimezone(UTC))
    event.add("last-modified", told.changed_at.astimezone(UTC))
    event.add("sequence", told.sequence)
    event.add("dtstart", _local(told.starts_at, told.zone))
    event.add("dtend", _local(told.ends_at, told.zone))
    event.add("summary", told.title)
    event.add("description", told.description)
    event.add("url", absolute(reverse("step", args=[told.step_id])))
    event.add("status", "CANCELLED" if told.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")  # what Outlook reads in place of TRANSP
    event.add("class", "PRIVATE")
    return event
