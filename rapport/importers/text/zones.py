"""Time zones under any name: IANA's, Windows', a city's."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from rapport.importers.text.words import table

_CITY = re.compile(r"\b[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?\b|\b[A-Z][a-z]{3,}\b")
# how Windows shows a zone: "(UTC+01:00) Amsterdam, Berlin, Bern"
_SHOWN = re.compile(r"\((?:UTC|GMT)[^()]*\)\s*(?P<cities>.+)")
_REGIONS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific")


@cache
def windows_zones() -> dict[str, str]:
    """Give Windows' names with the IANA name of each."""
    return tomllib.loads(resources.files(__package__).joinpath("windows_zones.toml").read_text("utf-8"))


@cache
def zone_of(name: str) -> ZoneInfo | None:
    """Give the IANA zone of a name, or None."""
    try:
        return ZoneInfo(name) if name and name[0].isalpha() else None
    except (ValueError, OSError, LookupError):  # unknown, or a path where a name should be
        return None


@cache
def iana_name(tzid: str) -> str | None:
    """Give the IANA name behind a TZID: itself, with a maker's prefix, or Windows' name for it."""
    tzid = tzid.strip().strip('"').strip()
    if windows := windows_zones().get(tzid):
        return windows
    if shown := _SHOWN.fullmatch(tzid):
        return next(
            (name for city in shown["cities"].split(",") if (name := zone_of_city(city.strip()))), None
        )
    parts = tzid.strip("/").split("/")
    for length in (len(parts), 3, 2):
        name = "/".join(parts[-length:])
        if length <= len(parts) and zone_of(name):
            return name
    return None


def zone_of_city(city: str) -> str | None:
    """Name the zone that bears a city's name, or None."""
    if known := table()["cities"].get(city.lower()):
        return str(known)
    name = city.replace(" ", "_")
    return next((f"{region}/{name}" for region in _REGIONS if zone_of(f"{region}/{name}")), None)


def zone_at(place: str, at: datetime, zone: str | None) -> str | None:
    """Name the zone of the city a place names, if it keeps the same hours as `zone`; else `zone`.

    Windows has one name for London, Dublin and Lisbon; and times in UTC say nothing of where the sender is.
    """
    stated = zone_of(zone) if zone else None
    for city in _CITY.findall(place):
        name = zone_of_city(city)
        local = zone_of(name) if name else None
        if local and (
            stated is None or at.astimezone(local).utcoffset() == at.astimezone(stated).utcoffset()
        ):
            return name
    return zone
