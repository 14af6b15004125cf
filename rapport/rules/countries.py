"""Countries as letters need them: their names, their codes, and whose post serves whom."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

_FRENCH_SPEAKING = frozenset(
    {"BF", "BJ", "CD", "CF", "CG", "CI", "FR", "GA", "GN", "MC", "ML", "NE", "SN", "TD", "TG"}
)
"""Where letters are sorted in French; in Belgium, Canada, Luxembourg and Switzerland English is read as well."""


@lru_cache(maxsize=1)
def _read() -> Mapping[str, Any]:
    return tomllib.loads(files("rapport.rules").joinpath("countries.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """Give every country's English name by its code, in the order of the names."""
    names = ((code, english) for code, (english, _) in _read()["names"].items())
    return dict(sorted(names, key=lambda pair: pair[1].replace("Å", "A")))


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    """Every way to write a country, folded, and the code it means."""
    codes = {_folded(name): code for code, names in _read()["names"].items() for name in names}
    codes |= {_folded(name): code for code, names in _read()["also"].items() for name in names}
    return codes | {code.lower(): code for code in _read()["names"]}


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace(".", "").replace("’", "'").split())


def code_of(name: str) -> str:
    """Give the code that a country's name, in English, French or its own language, or a code means; "" for others."""
    return _codes().get(_folded(name), "")


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    """Every place of the IANA time zone database's zone.tab with the code of its country."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def country_of_zone(zone: str) -> str:
    """Give the code of the country that an IANA zone is named after a place of; "" for UTC and others without one."""
    return _zones().get(zone, "")


def is_abroad(country: str, sender: str) -> bool:
    """Say whether a letter crosses a border: false within one country's post, and while either is not known."""
    return bool(country and sender) and _post_of(country) != _post_of(sender)


def _post_of(country: str) -> str:
    return next((post for post, served in _read()["posts"].items() if country in served), country)


def as_last_line(country: str, sender: str) -> str:
    """Give the country's name in capitals as a post office of the sender's country reads it; "" when not known.

    In a language known internationally, which the Universal Postal Union asks for (Convention Regulations, rules for
    addressing: name of the country in capitals, in the language of the country of origin and in one that is
    known in transit): French where letters are sorted in French, elsewhere English.
    """
    names = _read()["names"].get(country)
    if not names:
        return ""
    english, french = (name.upper() for name in names)
    return str(french if sender in _FRENCH_SPEAKING else english)
