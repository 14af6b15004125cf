"""Times as calendars write them: zones under any name, days without hours, durations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rapport.importers.calendar.yearly import onsets
from rapport.importers.text.dates.days import YEARS
from rapport.importers.text.dates.zones import iana_name, windows_zones, zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapport.rules.card import Property

_STAMP = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2}):?(\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?")
_LONGEST = timedelta(days=366 * 5)


class UnreadableTimeError(ValueError):
    """A time that cannot be read; carries the sentence to show."""


class UnknownZoneError(UnreadableTimeError):
    """A time in a zone that nobody knows: the time itself can be read."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in UTC, the zone it was written in (None when it had none) and whether only the day was stated."""

    at: datetime
    zone: str | None
    day: date
    is_all_day: bool = False


@dataclass(frozen=True, slots=True)
class Observance:
    """One STANDARD or DAYLIGHT part of a VTIMEZONE: from when, how often, and the offset that then holds."""

    begins: datetime
    rule: str
    offset: timedelta

    def last_onset(self, local: datetime) -> datetime | None:
        """Give when this observance last began before a local time, or None."""
        if not self.rule or self.begins > local:
            return self.begins if self.begins <= local else None
        until = re.search(r"UNTIL=(\d{4})", self.rule)
        last = min(local.year, int(until[1])) if until else local.year
        try:
            for year in range(last, max(last - 2, self.begins.year - 1), -1):
                if past := [onset for onset in onsets(self.rule, self.begins, year) if onset <= local]:
                    return past[-1]
        except ValueError:
            pass
        return self.begins


@dataclass(slots=True)
class Zones:
    """The zones a calendar may name: IANA, Windows, and those whose own rules stand in the file."""

    own: dict[str, tuple[Observance, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def knows(self, tzid: str) -> bool:
        """Say whether a time with this TZID can be read."""
        return iana_name(tzid) is not None or tzid.strip('"') in self.own

    def utc(self, local: datetime, tzid: str, home: str) -> tuple[datetime, str | None]:
        """Give the instant of a local time and the zone's IANA name; raises UnreadableTimeError.

        `home` is the member's zone: it names a nameless zone that keeps the same hours.
        """
        name = iana_name(tzid)
        if name:
            return _to_utc(local.replace(tzinfo=ZoneInfo(name))), name
        observances = self.own.get(tzid.strip('"'))
        if not observances:
            raise UnknownZoneError(f"The time zone “{tzid}” is unknown, and the file does not define it.")
        at = _to_utc(local.replace(tzinfo=UTC) - _offset_of(observances, local))
        return at, self.names.get(tzid.strip('"')) or _zone_like(observances, local.year, home)


def _offset_of(observances: tuple[Observance, ...], local: datetime) -> timedelta:
    onsets = [(onset, part) for part in observances if (onset := part.last_onset(local))]
    if not onsets:
        return min(observances, key=lambda part: part.begins).offset
    return max(onsets, key=lambda pair: pair[0])[1].offset


def _zone_like(observances: tuple[Observance, ...], year: int, home: str) -> str | None:
    """Name a zone that keeps the same hours in winter and summer: the member's own first."""
    probes = [datetime(year, month, 15, 12) for month in (1, 4, 7, 10)]  # noqa: DTZ001  (local by definition)
    wanted = [_offset_of(observances, probe) for probe in probes]
    for name in (home, *dict.fromkeys(windows_zones().values())):
        zone = zone_of(name)
        if zone and [probe.replace(tzinfo=zone).utcoffset() for probe in probes] == wanted:
            return name
    return None


def _to_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise UnreadableTimeError(f"The year {moment.year} is out of reach.") from None


def observance(properties: Mapping[str, Property]) -> Observance | None:
    """Read one part of a VTIMEZONE; None when it says too little."""
    offset = offset_of(properties["TZOFFSETTO"].value) if "TZOFFSETTO" in properties else None
    stamp = _STAMP.match(properties["DTSTART"].value.strip()) if "DTSTART" in properties else None
    if offset is None or stamp is None:
        return None
    try:
        begins = datetime(*(int(part or 0) for part in stamp.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001  (local by definition)
    except ValueError:
        return None
    rule = properties["RRULE"].value.strip() if "RRULE" in properties else ""
    return Observance(begins, rule if "YEARLY" in rule.upper() else "", offset)


def offset_of(text: str) -> timedelta | None:
    """Read an offset such as +0100."""
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return -offset if sign == "-" else offset


def moment(prop: Property, zones: Zones, home: str) -> Moment:
    """Read DTSTART, DTEND and kin; a time without a zone is in `home`. Raises UnreadableTimeError."""
    match = _STAMP.fullmatch(prop.value.strip())
    if match is None:
        raise UnreadableTimeError(f"“{prop.value[:40]}” is not a date or a time.")
    year, month, day, hour, minute, second, suffix = match.groups()
    try:
        on = date(int(year), int(month), int(day))
        local = datetime.combine(on, time(int(hour or 0), int(minute or 0), min(int(second or 0), 59)))
    except ValueError:
        raise UnreadableTimeError(f"“{prop.value[:40]}” is a date that does not exist.") from None
    if on.year not in YEARS:
        raise UnreadableTimeError(f"The year {on.year} cannot be meant.")
    if suffix and suffix.upper() == "Z":
        return Moment(local.replace(tzinfo=UTC), None, on)
    if suffix:
        return Moment(local.replace(tzinfo=UTC) - (offset_of(suffix) or timedelta()), None, on)
    home_zone = zone_of(home) or UTC
    if hour is None:
        return Moment(_to_utc(local.replace(tzinfo=home_zone)), None, on, is_all_day=True)
    tzid = prop.parameter("TZID")
    if not tzid:
        return Moment(_to_utc(local.replace(tzinfo=home_zone)), None, on)
    at, name = zones.utc(local, tzid, home)
    return Moment(at, name, on)


def duration(text: str) -> timedelta | None:
    """Read a DURATION (RFC 5545 section 3.3.6); None when it is none or absurd."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int((part or "0")[:6]) for part in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length > _LONGEST:
        return None
    return -length if match[1] == "-" else length
