"""Moments and windows in words, in a zone: "tomorrow noon", "Monday 09:30", "Wed 25 November"."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

_A_WEEK = 6


def day_in_words(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The day of `moment` as said by somebody in `zone` at `now`; both aware."""
    there, here = moment.astimezone(zone), now.astimezone(zone)
    days = (there.date() - here.date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if days in near:
        return near[days]
    if 0 < days <= _A_WEEK:
        return f"{there:%A}"
    words = f"{there:%a} {there.day} {there:%B}"
    return words if there.year == here.year else f"{words} {there.year}"


def whole_day(moment: datetime, zone: ZoneInfo) -> str:
    """The day of `moment` in `zone` as it is read on any other day: "Monday 23 November 2026"."""
    there = moment.astimezone(zone)
    return f"{there:%A} {there.day} {there:%B %Y}"


def partly_in_words(year: int, month: int, day: int) -> str:
    """A day as far as it is known, 0 standing for what is not: "21 May 1980", "21 May", "May 1980", "1980"."""
    named = f"{datetime(2000, month, 1):%B}" if month else ""  # noqa: DTZ001  a month's name is the same everywhere
    return " ".join(str(part) for part in (day, named, year) if part)


def clock_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """The time of day in `zone`: noon and midnight by name, otherwise as 09:30."""
    there = moment.astimezone(zone)
    return {"12:00": "noon", "00:00": "midnight"}.get(f"{there:%H:%M}", f"{there:%H:%M}")


def moment_in_words(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Day and time of day, as in "tomorrow noon"."""
    return f"{day_in_words(moment, now, zone)} {clock_in_words(moment, zone)}"


def late(was_due: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """Lead over from when something was due, if that has gone by, to when it is due now: "was due yesterday; now "."""
    return f"was due {day_in_words(was_due, now, zone)}; now " if was_due else ""


def exactly(moment: datetime, zone: ZoneInfo, other: ZoneInfo | None = None) -> str:
    """The exact time in `zone`, and for a second reader in `other` when clocks differ there."""
    there = moment.astimezone(zone)
    words = f"{there:%A} {there.day} {there:%B %Y}, {there:%H:%M} in {place_of(zone)}"
    if other is None or same_clock(moment, zone, other):
        return words
    here = moment.astimezone(other)
    day = "" if here.date() == there.date() else f"{here:%A} "
    return f"{words} ({day}{here:%H:%M} for you)"


def place_of(zone: ZoneInfo) -> str:
    """The zone as a place: the city of its IANA name."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")


def same_clock(moment: datetime, one: ZoneInfo, other: ZoneInfo) -> bool:
    """Whether clocks in both zones show the same at that moment."""
    return moment.astimezone(one).utcoffset() == moment.astimezone(other).utcoffset()


def ago(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """How many days of `zone` ago: "today", "yesterday", "12 days ago", "5 months ago"."""
    days = (now.astimezone(zone).date() - moment.astimezone(zone).date()).days
    if days < 1:
        return "today"
    if days == 1:
        return "yesterday"
    for unit, length in (("year", 365), ("month", 30)):
        if days >= length:
            count = days // length
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return f"{days} days ago"
