"""What a text names although it states no interview clearly: enough to fill a form that its reader completes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from rapport.importers.people.signatures import parted, signature_of, unquoted
from rapport.importers.text.dates.days import named_day
from rapport.importers.text.dates.reading import Stated, stated
from rapport.importers.text.dates.zones import zone_of
from rapport.importers.text.names import address_in
from rapport.importers.text.prose import Mention, mentions
from rapport.importers.text.subject import organisation_of

if TYPE_CHECKING:
    from rapport.importers.findings import Reader
    from rapport.importers.people.gathering import Letter

_HOUR = re.compile(
    r"\b(?:at|um|gegen|à|a\s+las?|às?|alle|om)\s+(?P<hour>0?[89]|1\d|20)(?!\s*[ap]\.?m\b)(?![\d.:/h]*\d)",
    re.IGNORECASE,
)
"""An hour by itself, where one is at work: "at 10". Whether "at 3" is in the afternoon a text should say."""


@dataclass(frozen=True, slots=True)
class Outline:
    """People with their titles, the organisation and the moment (aware), each as far as a text names them.

    Nothing of it is certain: a lone weekday is the next one, and an hour may stand without its minutes.
    """

    people: tuple[Mention, ...] = ()
    organisation: str = ""
    when: datetime | None = None


def outline(letter: Letter, reader: Reader, *, title: str = "", written: datetime | None = None) -> Outline:
    """Give what a letter names; a day without a year or a month is counted from `written`, else from the reading."""
    own = parted(letter.text)[0]
    people = mentions(own, reader.names)
    addresses = [letter.sender.address if letter.sender else address_in(signature_of(letter.text))]
    names = (*reader.names, *(one.name for one in people))
    return Outline(
        people,
        organisation_of(addresses, title, letter.text, names) or "",
        _when(unquoted(letter.text) or letter.text, reader, written or reader.at),
    )


def _when(text: str, reader: Reader, since: datetime | None) -> datetime | None:
    """Give the moment that a text names; None where the day or the hour is missing."""
    clear = stated(text, reader.time_zone, since, reader.at)
    if isinstance(clear, Stated):
        return clear.starts
    day = named_day(text, since) if since else None
    hour = _HOUR.search(text)
    zone = zone_of(reader.time_zone)
    if day is None or hour is None or zone is None:
        return None
    return datetime.combine(day, time(int(hour["hour"])), zone)
