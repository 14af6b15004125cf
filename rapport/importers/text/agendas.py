"""Agendas: the hour that a line of a schedule begins with, and the zone in which a text counts its hours."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, timezone, tzinfo

from rapport.importers.text.dates.zones import (
    ambiguous_letters,
    offset_named,
    zone_by_letters,
    zone_named,
    zone_of,
)

_HALF = r"\s*(?:[AaPp]\.?[Mm]\b\.?)"
HOUR = rf"\d{{1,2}}(?:[:.h]\d{{2}}(?:{_HALF})?|{_HALF})"
_TO = r"\s*(?:[–—-]|to|bis)\s*"
_IANA = r"(?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic)/[A-Z]\w+(?:/[A-Z]\w+)?"
_OFFSET = r"(?:UTC|GMT)\s*[+−-]\s*\d{1,2}(?::?\d{2})?"
_SHORT = r"(?:[CEMP]T|[A-Z]{2,4}T|UTC|MES?Z)"
# as Windows names them: "Eastern Standard Time", of which people say "Eastern" or "Eastern Time"
_SPOKEN = r"(?:Eastern|Central European|Central|Mountain|Pacific)"
_TIME = r"(?:\s+(?:Standard|Daylight|Summer))?\s+[Tt]ime"
_ZONE = rf"(?:{_IANA}|{_OFFSET}|{_SHORT}|{_SPOKEN}(?:{_TIME})?)(?![\w'’-])"
TIMES = rf"{HOUR}(?:{_TO}{HOUR})?(?:\s*(?:Uhr|hrs?|h)\b)?(?:\s*[(\[]?{_ZONE}[)\]]?)?"
"""An hour of an agenda, until when, and the zone that stands beside it: "11:00 AM – 11:45 AM (EST)"."""

_HOUR = re.compile(HOUR)
_RANGE = re.compile(rf"{HOUR}{_TO}{HOUR}")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?", re.IGNORECASE)
_BESIDE = re.compile(rf"\s*(?:(?:Uhr|hrs?|h)\b\s*)?[(\[]?(?P<zone>{_ZONE})")
# far from an hour two letters, or one word, may mean anything
_ALONE = re.compile(rf"(?<![\w/])(?:{_IANA}|{_OFFSET}|(?=[A-Z]{{3}}){_SHORT}|{_SPOKEN}{_TIME})(?![\w'’-])")
_FEWEST_HOURS = 2
_NOON = 12
_A_DAY = timedelta(days=1)


class Several(tzinfo):
    """What a short name of several zones stands for ("CST"): one of them, which the text alone does not tell."""

    def __init__(self, letters: str) -> None:
        """Keep the letters, which only somebody who knows of a zone and a day can resolve."""
        self.letters = letters

    def utcoffset(self, _when: datetime | None, /) -> None:
        """Give nothing: it is not known."""

    def dst(self, _when: datetime | None, /) -> None:
        """Give nothing: it is not known."""

    def tzname(self, _when: datetime | None, /) -> str:
        """Give the letters."""
        return self.letters


def hour_of(text: str) -> time | None:
    """Give the hour at which a text begins, aware where its zone stands beside it; `Several` where that is ambiguous.

    None where there is no hour, or one in a zone that nobody knows.
    """
    text = text.strip()
    begins = _clock(text)
    stands = _RANGE.match(text) or _HOUR.match(text)
    if begins is None or stands is None:
        return begins
    until = _clock(re.split(_TO, stands[0])[-1])
    if until and begins.hour < _NOON and not _CLOCK.match(text)[3]:  # type: ignore[index]
        after_noon = begins.replace(hour=begins.hour + _NOON)  # "1:00-1:45 PM"
        begins = after_noon if after_noon < until else begins
    beside = _BESIDE.match(text, stands.end())
    zone = _zone(beside["zone"]) if beside else None
    return None if beside and zone is None else begins.replace(tzinfo=zone)


def _clock(text: str) -> time | None:
    match = _CLOCK.match(text.strip())
    if match is None:
        return None
    hour = int(match[1])
    if match[3]:
        hour = hour % _NOON + (_NOON if match[3].lower() == "p" else 0)
    try:
        return time(hour, int(match[2] or 0))
    except ValueError:
        return None


def zone_of_hours(text: str) -> tzinfo | None:
    """Give the zone in which a text counts its hours ("all times Eastern Time"), or None."""
    named = {match[0] for match in _ALONE.finditer(text)}
    zones = {zone for name in named if (zone := _zone(name))}
    return zones.pop() if len(zones) == 1 else None


def _zone(name: str) -> tzinfo | None:
    offset = offset_named(name)
    if offset is not None:
        return timezone(offset) if abs(offset) < _A_DAY else None
    in_words = name if name.lower().endswith("time") else f"{name} Time"  # people say "Eastern"
    zone = zone_of(zone_by_letters(name) or zone_named(in_words) or name)
    letters = "" if zone else ambiguous_letters(name)
    return Several(letters) if letters else zone


def by_hour(text: str) -> list[tuple[time | None, str]]:
    """Part a schedule ("10:00 – 10:45", names below it) into blocks with the hour each begins.

    An hour holds for its own paragraph; one alone is the meeting's own, and no schedule.
    """
    lines = text.splitlines()
    hours = [match and hour_of(line[match.start() :]) for line in lines for match in (_RANGE.search(line),)]
    if len({hour for hour in hours if hour}) < _FEWEST_HOURS:
        return [(None, text)]
    blocks: list[tuple[time | None, list[str]]] = [(None, [])]
    for line, hour in zip(lines, hours, strict=True):
        if hour:
            blocks.append((hour, [line]))
        elif not line.strip() and len(blocks[-1][1]) > 1:
            blocks.append((None, [line]))
        else:
            blocks[-1][1].append(line)
    return [(hour, "\n".join(block)) for hour, block in blocks]
