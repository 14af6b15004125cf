"""The postal address on a card: a town by its code, and the street and the country that stand beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from rapport.importers.photographs.words import pattern
from rapport.rules.card import PostalAddress
from rapport.rules.countries import code_of

_NEAR = 3  # lines between the town and its street, or its country
_SHORTEST_COUNTRY = 4  # letters; DE and UK are on plates, not on cards
_TOWNS = (
    # D-80331 München, 8001 Zürich, 20121 Milano (MI), 75008 Paris Cedex 08
    r"(?:(?P<land>[A-Z]{1,3})\s?[-–]\s?)?(?P<code>\d{4,5})\s+(?P<town>[^\W\d][^\d()]{1,40}?(?:\s(?i:cedex)\s?\d*)?)(?:\s\((?P<region>[A-Z]{2})\))?",
    # 1000-001 Lisboa, 00-950 Warszawa, 1012 AB Amsterdam, 111 22 Stockholm
    r"(?P<code>\d{4}-\d{3}|\d{2}-\d{3}|\d{4}\s?[A-Z]{2}|\d{3}\s\d{2})\s+(?P<town>[^\W\d][^\d]{1,40})",
    # Springfield, IL 62704
    r"(?P<town>[^\W\d][^\d,]{1,40}),?\s+(?P<region>[A-Z]{2})\.?,?\s+(?P<code>\d{5}(?:-\d{4})?)",
    # Toronto, ON M5V 2T6
    r"(?P<town>[^\W\d][^\d,]{1,40}),?\s+(?P<region>[A-Z]{2})\.?,?\s+(?P<code>[A-Z]\d[A-Z]\s?\d[A-Z]\d)",
    # London NW1 6XE, or the code alone
    r"(?:(?P<town>[^\W\d][^\d,]{1,40}?),?\s+)?(?P<code>[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})",
)
_RUN_ON = re.compile(r"(?P<street>\D{3,50}\s\d{1,4}\s?[a-zA-Z]?)\s+(?P<town>\d{4,5}\s+[^\W\d]\D{1,40})")
_NUMBERED = re.compile(
    r"[^\W\d]\D{2,40}\s\d{1,4}(?:\s?[a-zA-Z]|\s?[-–/]\s?\d{1,4}\s?[a-zA-Z]?)?|\d{1,5}[a-zA-Z]?,?\s\D{3,40}"
)
_HOUSE = re.compile(r"\d{1,5}\s?(?:[a-zA-Z]|bis|ter)?")
_ENDS_AS_STREET = re.compile(
    r"(?i:stra[sß]+e|str\.|weg|platz|allee|gasse|ring|ufer|damm|laan|straat|gatan|vägen)\s+\d"
)
_LANDS = {
    "D": "DE",
    "A": "AT",
    "CH": "CH",
    "F": "FR",
    "I": "IT",
    "E": "ES",
    "B": "BE",
    "L": "LU",
    "P": "PT",
    "NL": "NL",
}


def address_in(lines: Sequence[str]) -> tuple[PostalAddress | None, set[int]]:
    """Give the address of a card's lines, None when no town is found, and the numbers of the lines that say it."""
    parts = [(number, part) for number, line in enumerate(lines) for part in _parts(line)]
    for at, (number, part) in enumerate(parts):
        town = _town(part)
        if town is None:
            continue
        used = {number}
        street, country = "", _LANDS.get(town.get("land") or "", "")
        for _, (where, beside) in sorted(
            (abs(at - place), found) for place, found in enumerate(parts) if place != at
        ):
            if abs(where - number) > _NEAR:
                continue
            if not country and len(beside) >= _SHORTEST_COUNTRY and code_of(beside):
                country = code_of(beside)
                used.add(where)
            elif not street and is_street(beside):
                street = beside
                used.add(where)
        found = PostalAddress(
            street=street,
            locality=(town.get("town") or "").strip(" ,.-"),
            region=town.get("region") or "",
            postal_code=town["code"] or "",
            country=country,
            place="work",
        )
        return found, used
    return None, set()


def is_street(text: str) -> bool:
    """Say whether a text reads like a street with a number, or a box at the post office."""
    if not any(sign.isdigit() for sign in text) or "@" in text:
        return False
    has_word = pattern("places", "street").search(text) or _ENDS_AS_STREET.search(text)
    return bool(has_word) or _NUMBERED.fullmatch(text) is not None


@cache
def _towns() -> tuple[re.Pattern[str], ...]:
    """Compiled when the first address is looked for: most who start Rapport look for none."""
    return tuple(map(re.compile, _TOWNS))


def _town(text: str) -> dict[str, str | None] | None:
    for expression in _towns():
        if match := expression.fullmatch(text):
            return match.groupdict()
    return None


def _parts(line: str) -> list[str]:
    """Part a line where a card parts it: at signs, and at commas that do not stand inside a town's own line."""
    found: list[str] = []
    for piece in re.split(r"\s*[|•·;]\s*|\s[–—-]\s", line):
        if run_on := _RUN_ON.fullmatch(piece.strip()):
            found += [run_on["street"], run_on["town"]]
            continue
        commas = _numbered(part.strip() for part in piece.split(",") if part.strip())
        while commas:
            pair = ", ".join(commas[:2])
            if len(commas) > 1 and _town(pair) and not _town(commas[1]):
                found.append(pair)
                commas = commas[2:]
            else:
                found.append(commas.pop(0))
    return found


def _numbered(parts: Iterable[str]) -> list[str]:
    """Put a number that stands between commas to its street: "24, rue de la Paix", "C/ Mayor, 5"."""
    found: list[str] = []
    for part in parts:
        if found and (_HOUSE.fullmatch(found[-1]) or _HOUSE.fullmatch(part)):
            found[-1] = f"{found[-1]}, {part}"
        else:
            found.append(part)
    return found
