"""Take a calendar stream apart into events, one at a time, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapport.importers.calendar.times import Zones, observance
from rapport.importers.findings import Place, Problem
from rapport.importers.octets import LINE_LIMIT, Line
from rapport.importers.text.dates.zones import iana_name
from rapport.importers.text.plain import one_line
from rapport.rules.card.lines import decode, parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapport.importers.calendar.times import Observance
    from rapport.rules.card import Property

PEOPLE_LIMIT = 500  # addresses read of one event; nobody is interviewed by more
LINES_LIMIT = 5_000  # content lines kept of one event
HELD_LIMIT = 1_000  # events kept waiting for a VTIMEZONE that follows them
_READ = frozenset(
    [
        *("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "X-ALT-DESC", "SEQUENCE", "STATUS"),
        *("DTSTART", "DTEND", "DURATION", "DTSTAMP", "RRULE", "RDATE", "RECURRENCE-ID"),
        *("ORGANIZER", "ATTENDEE", "X-GOOGLE-CONFERENCE", "CONFERENCE"),
        *("X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-CDO-ALLDAYEVENT"),
    ],
)


@dataclass(slots=True)
class Calendar:
    """What a VCALENDAR says of all its events."""

    method: str = ""
    name: str = ""
    zone: str = ""
    maker: str = ""
    zones: Zones = field(default_factory=Zones)


@dataclass(slots=True)
class Event:
    """One VEVENT: its properties by name, the line each began in, and its calendar."""

    calendar: Calendar
    place: Place
    properties: dict[str, list[Property]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    count: int = 0
    people: int = 0

    def first(self, name: str) -> Property | None:
        """Give the first property of a name."""
        return next(iter(self.properties.get(name, ())), None)

    def text(self, name: str) -> str:
        """Give the first property of a name as text, or an empty text."""
        prop = self.first(name)
        return prop.text if prop else ""

    def at(self, name: str) -> Place:
        """Give the place of a property."""
        return Place(self.place.file, self.lines.get(name, self.place.line))

    @property
    def title(self) -> str:
        """Give the summary on one line, short enough to quote."""
        return one_line(self.text("SUMMARY"))[:200]

    @property
    def unknown_zones(self) -> bool:
        """Say whether a time names a zone that the calendar has not defined so far."""
        stamps = (self.first(name) for name in ("DTSTART", "DTEND"))
        return any(
            stamp and (zone := stamp.parameter("TZID")) and not self.calendar.zones.knows(zone)
            for stamp in stamps
        )


def unfolded(lines: Iterable[Line]) -> Iterator[tuple[int, str]]:
    """Join folded lines before decoding, since a fold may part the octets of one letter."""
    number, pieces, size = 0, list[bytes](), 0
    for line in lines:
        if line.octets[:1] in {b" ", b"\t"} and pieces:
            size += len(line.octets)
            if size < LINE_LIMIT:
                pieces.append(line.octets[1:])
        elif line.octets.strip():
            if pieces:
                yield number, decode(b"".join(pieces).replace(b"\0", b""))
            number, pieces, size = line.number, [line.octets], len(line.octets)
    if pieces:
        yield number, decode(b"".join(pieces).replace(b"\0", b""))


class Splitter:
    """Walk over content lines and give each finished event; what is wrong with the file collects in `problems`."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.calendar = Calendar()
        self.open: list[str] = []
        self.event: Event | None = None
        self.held: list[Event] = []
        self.seen = 0
        self.line = 1
        self._zone_name = ""
        self._parts: list[Observance] = []
        self._part: dict[str, Property] = {}

    def events(self, lines: Iterable[Line]) -> Iterator[Event]:
        """Give every event of the calendars in these lines."""
        for number, line in unfolded(lines):
            self.line = number
            if self.open and self.open[-1] == "VEVENT" and self._is_unread(line):
                continue
            prop = parsed(line)
            if prop is None:
                continue
            if prop.name == "BEGIN":
                self._begin(prop.value.strip().upper(), number)
            elif prop.name == "END":
                yield from self._end(prop.value.strip().upper())
            elif self.open:
                self._keep(prop, number)
        yield from self._released()
        self._finish()

    def _is_unread(self, line: str) -> bool:
        """Pass over properties nobody reads (pictures, alarms' settings) without taking them apart."""
        name = line[:40].partition(":")[0].partition(";")[0].upper()
        return name not in _READ and name not in {"BEGIN", "END"}

    def _begin(self, name: str, number: int) -> None:
        if name in {"VCALENDAR", "VEVENT"} and self.event is not None:
            self._lost(self.event)
            self.event = None
            self.open = [outer for outer in self.open if outer == "VCALENDAR"][:1]
        if name == "VCALENDAR":
            self.calendar = Calendar()
            self.open = []
        elif name == "VEVENT":
            self.event = Event(self.calendar, Place(self.file, number))
            self.seen += 1
        elif name == "VTIMEZONE":
            self._zone_name, self._parts = "", []
        elif name in {"STANDARD", "DAYLIGHT"}:
            self._part = {}
        if len(self.open) < PEOPLE_LIMIT:
            self.open.append(name)

    def _end(self, name: str) -> Iterator[Event]:
        if name not in self.open:
            return
        while self.open.pop() != name:
            pass
        if name in {"STANDARD", "DAYLIGHT"} and (part := observance(self._part)):
            self._parts.append(part)
        elif name == "VTIMEZONE" and self._parts and self._zone_name:
            self.calendar.zones.own[self._zone_name] = tuple(self._parts)
        elif name == "VEVENT" and self.event is not None:
            event, self.event = self.event, None
            if event.unknown_zones and len(self.held) < HELD_LIMIT:
                self.held.append(event)
            else:
                yield event
        elif name == "VCALENDAR":
            yield from self._released()

    def _released(self) -> Iterator[Event]:
        held, self.held = self.held, []
        yield from held

    def _keep(self, prop: Property, number: int) -> None:
        inside = self.open[-1]
        if inside == "VEVENT" and self.event is not None:
            self._keep_of_event(self.event, prop, number)
        elif inside in {"STANDARD", "DAYLIGHT"}:
            if len(self._part) < LINES_LIMIT:
                self._part.setdefault(prop.name, prop)
        elif inside == "VTIMEZONE":
            if prop.name == "TZID":
                self._zone_name = prop.value.strip().strip('"')
            elif prop.name == "X-LIC-LOCATION" and (name := iana_name(prop.value)):
                self.calendar.zones.names[self._zone_name] = name
        elif inside == "VCALENDAR":
            self._keep_of_calendar(prop)

    def _keep_of_calendar(self, prop: Property) -> None:
        if prop.name == "METHOD":
            self.calendar.method = prop.value.strip().upper()
        elif prop.name == "X-WR-CALNAME":
            self.calendar.name = prop.text.strip()
        elif prop.name == "X-WR-TIMEZONE":
            self.calendar.zone = prop.value.strip()
        elif prop.name == "PRODID":
            self.calendar.maker = prop.value.strip()

    def _keep_of_event(self, event: Event, prop: Property, number: int) -> None:
        if prop.name == "ATTENDEE":
            event.people += 1
            if event.people > PEOPLE_LIMIT:
                return
        event.count += 1
        if event.count <= LINES_LIMIT:
            event.properties.setdefault(prop.name, []).append(prop)
            event.lines.setdefault(prop.name, number)

    def _lost(self, event: Event) -> None:
        title = f"“{event.title}”" if event.title else "an event without a title"
        says = (
            f"{title} begins here and never ends: the file is cut off or damaged. Save it again "
            "from the calendar and import it once more."
        )
        self.problems.append(Problem(event.place, says[0].upper() + says[1:]))

    def _finish(self) -> None:
        if self.event is not None:
            self._lost(self.event)
            self.event = None
        elif "VCALENDAR" in self.open and self.seen:
            says = (
                "The calendar ends without END:VCALENDAR: later events may be missing. Save it "
                "again and import it once more."
            )
            self.problems.append(Problem(Place(self.file, self.line), says))
        elif not self.seen:
            self.problems.append(
                Problem(Place(self.file), "There is no event in this calendar: nothing to follow up."),
            )
