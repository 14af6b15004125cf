"""Time zones under any name: IANA's, Windows', a city's, a country's, a short one."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from rapport.importers.text.words import table

_CITY = re.compile(r"\b[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?\b|\b[A-Z][a-z]{3,}\b")
# how Windows shows a zone: "(UTC+01:00) Amsterdam, Berlin, Bern"
_SHOWN = re.compile(r"\((?:UTC|GMT)[^()]*\)\s*(?P<cities>.+)")
_IANA = re.compile(
    r"\b(?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic|Etc)/[A-Za-z_]+(?:/[A-Za-z_]+)?",
)
_OFFSET = re.compile(r"\b(?:UTC|GMT)\s*(?P<sign>[+\-−])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")
_WORD = r"[^\W\d_][\w.]*"
# in turn: Lisbon time and Eastern Standard Time; what Windows shows; heure de Paris; hora española; Berliner Zeit
_IN_WORDS = (
    re.compile(
        rf"\b(?=(?P<name>{_WORD}(?:\s{_WORD}){{0,2}}?)(?:['’]s)?\s+"
        r"(?:(?:[Ss]tandard|[Dd]aylight|[Ss]ummer|[Ll]ocal)\s+){0,2}[Tt]ime\b)",
    ),
    re.compile(r"\((?:UTC|GMT)[^()]{0,12}\)\s*(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"),
    re.compile(
        rf"\b(?:heure|hora|ora|horário)\s+(?:de|di|da|do|d['’])\s*(?P<name>[A-ZÀ-Ü]\w+(?:\s{_WORD})?)"
    ),
    re.compile(r"\b(?:heure|hora|ora|horário)\s+(?P<name>[a-zà-ü]\w+)"),
    re.compile(r"\b(?P<name>[^\W\d_]\w+?)(?:e|er|e[nr]|se)?\s(?:Zeit|Sommerzeit|Winterzeit|tijd)\b"),
)
# American clocks leave "time" away: "2:00 PM Eastern"
_BARE = re.compile(
    r"(?:\b[ap]\.?m\b\.?|\d)[ ]?[,(]?[ ]?(?:U\.?S\.?[ ])?(?P<name>Eastern|Central|Mountain|Pacific)\b(?![ ]+[A-Z])",
    re.IGNORECASE,
)
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


def offset_named(text: str) -> timedelta | None:
    """Give the offset from UTC that a text states ("UTC+2"), or None."""
    offset = _OFFSET.search(text)
    if offset is None:
        return None
    length = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
    return length if offset["sign"] == "+" else -length


def zone_named(text: str) -> str | None:
    """Name the zone that a text names in full: by IANA's name, by a city, a country or a region ("Eastern Time")."""
    for match in _IANA.finditer(text):
        if zone_of(match[0]):
            return match[0]
    for expression in _IN_WORDS:
        for match in expression.finditer(text):
            if name := _zone_in_words(match["name"]):
                return name
    bare = next((match for match in _BARE.finditer(text) if not match["name"].islower()), None)
    return str(table()["zone_names"][bare["name"].lower()]) if bare else None


def zone_by_letters(text: str) -> str | None:
    """Name the zone of the first short name in a text that stands for one zone only: CET, EST."""
    short = _letters(tuple(table()["zones"])).search(text)
    return str(table()["zones"][short[0]]) if short else None


def ambiguous_letters(text: str) -> str:
    """Give the first short name in a text that stands for several zones far apart (CST, IST), or an empty text."""
    short = _letters(tuple(table()["ambiguous"]["zones"])).search(text)
    return short[0] if short else ""


@cache
def _letters(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(names)})\b(?!\s?[+−-]\d)")


def _zone_in_words(name: str) -> str | None:
    """Name the zone of a city, a country or a region, also by Windows' name of it."""
    name = " ".join(name.split())
    known = table()["zone_names"].get(name.lower()) or windows_zones().get(f"{name} Standard Time")
    if known or not name[0].isupper():
        return str(known) if known else None
    return zone_of_city(name) or _by_first_word(name)


def _by_first_word(name: str) -> str | None:
    """Take "Paris pour" for Paris."""
    first, _, rest = name.partition(" ")
    return zone_of_city(first) if rest.islower() else None
