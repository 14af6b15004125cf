"""From when to when an event lasts, with what had to be assumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rapport.importers.calendar.times import Moment, UnknownZoneError, UnreadableTimeError, duration, moment

if TYPE_CHECKING:
    from rapport.importers.calendar.events import Event

USUAL_LENGTH = timedelta(hours=1)  # assumed where an invitation does not say when it ends
LONGEST = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, in which zone, what had to be assumed, and in `doubt` what may make the times wrong."""

    starts: Moment
    ends: datetime
    zone: str | None
    remarks: tuple[str, ...] = ()
    doubt: str = ""


def span(event: Event, home: str) -> Span:
    """Read from when to when an event lasts; raises UnreadableTimeError with the sentence to show."""
    start = event.first("DTSTART")
    if start is None:
        raise UnreadableTimeError("It does not say when it begins (there is no DTSTART).")
    zones = event.calendar.zones
    doubt = ""
    try:
        begins = moment(start, zones, home)
    except UnknownZoneError as error:
        doubt = f"{error} The time was read in your zone ({home}). Check it against the invitation's words."
        begins = moment(start._replace(parameters=()), zones, home)
    ends, remarks = _end(event, begins, home)
    if ends < begins.at:
        ends = begins.at + USUAL_LENGTH
        remarks = ("The invitation ends before it begins; one hour is assumed.",)
    elif ends - begins.at > LONGEST and not begins.is_all_day:
        remarks = (*remarks, "The invitation lasts for days; its end is probably wrong.")
    return Span(begins, ends, begins.zone, remarks, doubt)


def _end(event: Event, begins: Moment, home: str) -> tuple[datetime, tuple[str, ...]]:
    stated = event.first("DTEND")
    if stated is not None:
        try:
            return moment(stated, event.calendar.zones, home).at, ()
        except UnknownZoneError:
            return moment(stated._replace(parameters=()), event.calendar.zones, home).at, ()
        except UnreadableTimeError:
            return begins.at + USUAL_LENGTH, ("The invitation's end cannot be read; one hour is assumed.",)
    length = duration(event.text("DURATION"))
    if length is not None:
        return begins.at + length, ()
    if begins.is_all_day:
        return begins.at + timedelta(days=1), ()
    return begins.at + USUAL_LENGTH, ("The invitation does not say when it ends; one hour is assumed.",)
