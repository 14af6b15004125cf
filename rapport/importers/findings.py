"""What an importer finds in a file: meetings, cards, things set aside, and problems with their place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime

    from rapport.rules.card import Card, PartialDate
    from rapport.rules.card.jobs import Job
    from rapport.rules.invitation import Direction


class Kind(StrEnum):
    """How a meeting takes place; `UNKNOWN` rather than a wrong certainty."""

    PHONE = "phone"
    VIDEO = "video"
    ON_SITE = "on_site"
    UNKNOWN = "unknown"


class Source(StrEnum):
    """Where a participant's name was read."""

    ATTENDEE = "attendee"
    ORGANIZER = "organizer"
    DESCRIPTION = "description"
    LOCATION = "location"
    SUMMARY = "summary"
    MAIL = "mail"
    SIGNATURE = "signature"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input something stands: the file's name and the line, counted from 1."""

    file: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody to be met. `title` is the job title as written; `role` a value of the fact `role`, or None."""

    name: str
    email: str | None = None
    title: str | None = None
    role: str | None = None
    organisation: str | None = None
    phone: str | None = None
    profile: str | None = None
    source: Source = Source.ATTENDEE
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An address in the invitation that is nobody to thank, and the reason in a sentence."""

    address: str
    why: str


@dataclass(frozen=True, slots=True)
class Moved:
    """That a text moves an interview away from a day, and from a moment (UTC), as far as it names them.

    `asks` where it only asks or proposes to. `keeps_length` where it does not say how long it is now. `zone_assumed` is
    the remark that its hours were read in the reader's zone, where the text names none.
    """

    on: date | None = None
    starts: datetime | None = None
    asks: bool = False
    keeps_length: bool = False
    zone_assumed: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One interview as its invitation states it.

    `starts` and `ends` are aware (UTC); `time_zone` is the IANA name that the sender used, or None when the
    times had no zone and were read in the member's zone. `cancelled` is true for METHOD:CANCEL or STATUS:CANCELLED,
    and where the reader's own answer is no (`declined`): for them it does not take place.
    `stamped` is when the invitation, or the mail, was written. `moved` is there where sentences move an interview, and
    `stood` holds when earlier copies of the same invitation said it was.
    `decision_pace` is a value of that fact where the text says how fast they decide, `reply_by` the day it names.
    `me` is the reader's address in it, `my_name` what it calls them there.
    `remarks` are sentences about what had to be assumed or put right.
    """

    uid: str
    title: str
    starts: datetime
    ends: datetime
    place: Place
    recurrence_id: str = ""
    sequence: int = 0
    stamped: datetime | None = None
    time_zone: str | None = None
    location: str = ""
    video_url: str = ""
    kind: Kind = Kind.UNKNOWN
    organisation: str | None = None
    job_title: str | None = None
    decision_pace: str | None = None
    reply_by: date | None = None
    description: str = ""
    cancelled: bool = False
    declined: bool = False
    moved: Moved | None = None
    stood: frozenset[datetime] = frozenset()
    participants: tuple[Participant, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    me: str | None = None
    my_name: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAnInterview:
    """Something in a calendar that gets no plan, and the reason in a sentence."""

    title: str
    starts: datetime | date | None
    why: str
    place: Place


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card of a person and the place it was read from.

    `met` is a value of the fact `met` where the source itself tells: whoever only wrote has not been met in person.
    `again` are other places where just the same card stands.
    """

    card: Card
    place: Place
    met: str = ""
    again: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Connected:
    """Somebody the reader is connected with on the professional network, by their own data archive.

    `profile` is in its one spelling (`rules.profiles`); archives of older eras have none, and an e-mail address
    only of the few who show it. `since` is a day of the site's calendar.
    """

    name: str
    place: Place
    given: str = ""
    family: str = ""
    profile: str = ""
    email: str = ""
    organisation: str = ""
    title: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation in the reader's data archive; `direction` is `sent` or `received`, `name` the other's.

    The archive says when it was sent (aware, UTC; written without a zone and read in the reader's) and with which
    words, never what came of it.
    """

    direction: Direction
    name: str
    sent: datetime
    place: Place
    profile: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class OwnProfile:
    """What the reader's own profile says of them; `headline` is what stands under their name there."""

    place: Place
    headline: str = ""
    birthday: PartialDate | None = None
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnJob:
    """One of the reader's own positions."""

    place: Place
    job: Job


@dataclass(frozen=True, slots=True)
class Wrote:
    """The day of the last message between the reader and one other, in the reader's zone. What it said is not read."""

    place: Place
    profile: str
    on: date


@dataclass(frozen=True, slots=True)
class WholeTable:
    """All connections of the reader stand in a table that was read to its end; `hidden` counts those without a name."""

    place: Place
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth knowing about what was read, in a sentence: nothing is wrong, and nothing need be done."""

    place: Place
    says: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Input that could not be read: what is wrong and what to do, in a sentence."""

    place: Place
    says: str


Finding: TypeAlias = (
    Meeting
    | NotAnInterview
    | FoundCard
    | Connected
    | Invited
    | OwnProfile
    | OwnJob
    | Wrote
    | WholeTable
    | Remark
    | Problem
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the member's own addresses and names, and their zone, needed to tell "me" from the others.

    `at` is when they read (aware): it gives a pasted text the year it leaves out. None: no year is guessed.
    """

    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    time_zone: str = "UTC"
    at: datetime | None = None
