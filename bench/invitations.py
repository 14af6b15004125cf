"""Calendar files as programs send them, to one member from many people of many organisations; the same each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from string import Template

MEMBER = "alex.morgan@mail.example"
NAME = "Alex Morgan"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
"""The moment at which everything is measured; half of the interviews lie before it."""

_GIVEN = (
    "Dana Sam Priya Nuno Beatriz Chen Aiko Lars Ines Omar Leila Jonas Marta Kwame Sofia Tomas Ewa Raj Nadia "
    "Hugo Freya Mateo Yara Pavel Greta Amir Carla Oskar Lucia Bruno Hana Felix Zofia Ravi Elena Marco Astrid "
    "Samir Clara Ivo"
)
_FAMILY = (
    "Lee Ortiz Nair Silva Costa Wei Tanaka Berg Duarte Haddad Rahimi Weber Kowalska Mensah Rossi Novak Patel "
    "Zielinska Karim Moreau Lund Vargas Said Dvorak Vogel Farouk Mancini Holm Ferrari Almeida Sato Brandt "
    "Wojcik Kumar Petrova Conti Nystrom Aziz Keller Horvat"
)
_COMPANY_FIRST = "init globe nova terra blue quanta arc lumen cedar delta ferro halo iris juno kite mona"
_COMPANY_LAST = "tech works soft line grid labs forge path bank stream cast mind yard loop scale port"
_TITLES = (
    "VP Engineering", "Staff Engineer", "Recruiter", "Engineering Manager", "Product Manager", "Head of Data",
    "CTO", "HR Business Partner", "Senior Developer", "Designer",
)  # fmt: skip
_JOBS = ("Staff Engineer", "Platform Engineer", "Data Analyst", "Product Designer", "Engineering Manager")

_WRAPPED = Template(
    "BEGIN:VCALENDAR\nPRODID:$program\nVERSION:2.0\nMETHOD:REQUEST\n${zone}BEGIN:VEVENT\nUID:$uid\n"
    "DTSTAMP:20261101T080000Z\n$lines\nSEQUENCE:0\nSTATUS:CONFIRMED\nEND:VEVENT\nEND:VCALENDAR\n"
)
_GOOGLE = Template(
    "DTSTART:${starts}Z\nDTEND:${ends}Z\n"
    "ORGANIZER;CN=unknownorganizer@calendar.google.com:mailto:unknownorganizer@calendar.google.com\n"
    "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=$me:mailto:$me\n$attendees\n"
    'ATTENDEE;CUTYPE=RESOURCE;PARTSTAT=ACCEPTED;CN="Tejo (8)":mailto:c_1@resource.calendar.google.com\n'
    "DESCRIPTION:Interview for the $job role.\\n\\nJoin with Google Meet: https://meet.google.com/abc-defg-hij\n"
    "SUMMARY:Technical interview - $name ($company)"
)
_OUTLOOK = Template(
    "DTSTART;TZID=GMT Standard Time:$starts\nDTEND;TZID=GMT Standard Time:$ends\n$organizer\n"
    "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=$name:mailto:$me\n$attendees\n"
    "ATTENDEE;CUTYPE=RESOURCE;ROLE=NON-PARTICIPANT;CN=LIS - Tejo:mailto:lis-tejo@$domain\n"
    "DESCRIPTION;LANGUAGE=en-US:Hi Alex\\,\\n\\nyou will meet $people.\\n\\nBest regards\\n$first\\n\n"
    "SUMMARY;LANGUAGE=en-US:Interview: $name <> $company ($job)\nLOCATION:Rua Augusta 100\\, Lisbon"
)
_CALENDLY = Template(
    "DTSTART:${starts}Z\nDTEND:${ends}Z\n$organizer\nATTENDEE;CN=$name;PARTSTAT=ACCEPTED:mailto:$me\n"
    "SUMMARY:$name and $first\nLOCATION:https://$label.zoom.us/j/123456789\n"
    "DESCRIPTION:Event Name: 30 min recruiter interview\\n\\nWe will talk about the $job position.\\n\\n"
    "Need to make changes to this event?\\nCancel: https://calendly.com/cancellations/abc\\nPowered by Calendly.com"
)
_ASHBY = Template(
    "DTSTART:${starts}Z\nDTEND:${ends}Z\nORGANIZER;CN=$company Interviews:mailto:c_4f2e1d@group.calendar.google.com\n"
    "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;CN=$me:mailto:$me\n$attendees\n"
    'DESCRIPTION:<p>Hi Alex,</p><p>Interviewers:</p><ul>$items</ul><p><a href="https://$label.zoom.us/j/9">Join</a></p>\n'
    "SUMMARY:$name <> $company | Hiring Manager Interview\nLOCATION:https://$label.zoom.us/j/9"
)
_ZONE = (
    "BEGIN:VTIMEZONE\nTZID:GMT Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\n"
    "TZOFFSETTO:+0000\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\n"
    "DTSTART:16010101T010000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
)
_PROGRAMS = (
    ("-//Google Inc//Google Calendar 70.9054//EN", "", _GOOGLE),
    ("Microsoft Exchange Server 2010", _ZONE, _OUTLOOK),
    ("-//Calendly//EN", "", _CALENDLY),
    ("-//Google Inc//Google Calendar 70.9054//EN", "", _ASHBY),
)


@dataclass(frozen=True, slots=True)
class _Somebody:
    name: str
    email: str
    title: str


def invitations(count: int, *, now: datetime = NOW, panel: int | None = None) -> Iterator[bytes]:
    """Give `count` files, each of an interview of its own: with 1 to 4 people, or with a panel of that size.

    Half of the interviews lie before `now`; a panel met yesterday.
    """
    random = Random(20261121)
    for number in range(count):
        yield _invitation(random, number, now, panel)


def _invitation(random: Random, number: int, now: datetime, panel: int | None) -> bytes:
    label = random.choice(_COMPANY_FIRST.split()) + random.choice(_COMPANY_LAST.split())
    domain = f"{label}{number % 400}.example"
    size = panel or random.choices((1, 2, 3, 4), (50, 28, 14, 8))[0]
    people = _panel(random, size, domain)
    program, zone, lines = _PROGRAMS[1] if panel else random.choice(_PROGRAMS)
    days = -1 if panel else random.randrange(-300, 300)
    starts = now + timedelta(days=days, hours=random.randrange(-4, 4), minutes=30)
    written = lines.substitute(
        starts=f"{starts:%Y%m%dT%H%M%S}",
        ends=f"{starts + timedelta(minutes=random.choice((30, 45, 60))):%Y%m%dT%H%M%S}",
        me=MEMBER,
        name=NAME,
        job=random.choice(_JOBS),
        company=f"{label.capitalize()}{number % 400}",
        label=label,
        domain=domain,
        first=people[0].name,
        organizer=f"ORGANIZER;CN={people[0].name}:mailto:{people[0].email}",
        attendees="\n".join(f"ATTENDEE;PARTSTAT=ACCEPTED;CN={one.name}:mailto:{one.email}" for one in people),
        people="\\, ".join(f"{one.name} ({one.title})" for one in people),
        items="".join(f"<li>{one.name}, {one.title}</li>" for one in people),
    )
    whole = _WRAPPED.substitute(program=program, zone=zone, uid=f"{number}@{domain}", lines=written)
    return b"\r\n".join(_folded(line) for line in whole.encode().split(b"\n"))


def _panel(random: Random, size: int, domain: str) -> Sequence[_Somebody]:
    """Give people of different names."""
    given, family = random.sample(_GIVEN.split(), size), random.sample(_FAMILY.split(), size)
    return [
        _Somebody(f"{first} {last}", f"{first}.{last}@{domain}".lower(), random.choice(_TITLES))
        for first, last in zip(given, family, strict=True)
    ]


def _folded(line: bytes) -> bytes:
    """Break a long line as RFC 5545, section 3.1, asks."""
    return b"\r\n ".join(line[start : start + 74] for start in range(0, len(line), 74)) or line
