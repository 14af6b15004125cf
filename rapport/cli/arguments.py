"""What several commands read from the line: moments, zones, schools and facts, each refused with a sentence."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from rapport.rules.etiquette import FACTS, PAIRS, load_schools
from rapport.rules.etiquette.conditions import nearest_spelling


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact as stated on the line; `who` is a part of a name or an address, or "" for everybody."""

    who: str
    name: str
    value: Any


def moment(text: str) -> datetime:
    """Read a moment in ISO 8601; without an offset it is in UTC."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no moment; write it as 2026-11-21T09:00:00+00:00") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def day(text: str) -> date:
    """Read a day in ISO 8601."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-23") from None


def zone(text: str) -> str:
    """Read the IANA name of a time zone."""
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ArgumentTypeError(f"{text!r} is no time zone; write it as Europe/Lisbon") from None


def fact(text: str) -> StatedFact:
    """Read NAME=VALUE or WHO:NAME=VALUE."""
    left, equals, value = text.partition("=")
    who, _, name = left.rpartition(":")
    known = FACTS.get(name.strip())
    if not equals:
        raise ArgumentTypeError(f"{text!r} states no fact; write it as rapport=strong or Dana:rapport=strong")
    if known is None:
        raise ArgumentTypeError(
            f"{name.strip()!r} is no fact.{nearest_spelling(name.strip(), FACTS)} `rapport schools --facts` lists them"
        )
    try:
        return StatedFact(who.strip(), known.name, known.parse(value))
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def act(text: str) -> str:
    """Read the name of an act."""
    acts = dict.fromkeys(act for act, _ in PAIRS)
    if text not in acts:
        raise ArgumentTypeError(
            f"{text!r} is no act.{nearest_spelling(text, acts)} They are {', '.join(acts)}"
        )
    return text


def school(text: str) -> str:
    """Read the identifier of a school that ships."""
    if text not in load_schools():
        near = nearest_spelling(text, load_schools())
        raise ArgumentTypeError(f"there is no school {text!r}.{near} `rapport schools` lists them")
    return text


def add_now(parser: ArgumentParser) -> None:
    """Declare --now: the moment at which advice is given."""
    parser.add_argument(
        "--now",
        type=moment,
        default=None,
        metavar="ISO8601",
        help="the moment to advise at (default: the present one)",
    )


def add_json(parser: ArgumentParser) -> None:
    """Declare --json: for programs instead of people."""
    parser.add_argument("--json", action="store_true", help="print JSON (times in UTC) instead of a page")


def now_of(stated: datetime | None) -> datetime:
    """The stated moment, else the present one."""
    return stated or timezone.now()


def utc(at: datetime | None) -> str | None:
    """A moment as JSON holds it: ISO 8601 in UTC with Z, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
