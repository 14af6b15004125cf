"""By what name somebody is greeted, and when it is better to use none."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapport.rules.drafts.lengths import length
from rapport.rules.drafts.phrases import tidy

LONGEST_GREETING = 40
LONGEST_INITIALS = 2
FAMILY_NAME_FIRST = frozenset({"CN", "HU", "JP", "KP", "KR", "SG", "TW", "VN", "HK", "MO"})
"""Countries where a name in Latin letters may begin with the family name: there the whole name is used."""

_SCRIPTS_SPLIT = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN")
_KEPT_TITLES = re.compile(
    r"^(?:dr|prof|professor|doctor|sir|dame|judge|rev|reverend|rabbi|imam)\.?$", re.IGNORECASE
)
_CIVIL_TITLES = re.compile(r"^(?:mr|mrs|ms|miss|mx)\.?$", re.IGNORECASE)
_RANKS = frozenset((
    "dr", "prof", "professor", "doctor", "sir", "dame", "judge", "rev", "reverend", "rabbi", "imam", "mr", "mrs",
    "ms", "miss", "mx", "madam", "lord", "lady", "father", "sister", "brother", "pastor", "minister", "president",
    "bishop", "senator", "captain", "major", "colonel", "general", "sergeant", "officer", "director", "chief",
    "coach", "dean", "king", "queen", "prince", "princess", "baron", "count", "herr", "frau", "señor", "señora",
))  # fmt: skip
_PARTICLES = frozenset((
    "van", "von", "der", "den", "del", "dos", "das", "las", "los", "bin", "ibn", "ben", "ter", "ten", "mac", "san",
))  # fmt: skip
"""What may stand before a family name as its part, or before a whole name: then a parser has to tell."""

_AFTER_THE_NAME = re.compile(r"\s*[(\[{<|/].*$|\s+[-–—]\s+.*$|\s+(?:at|@)\s+.*$", re.IGNORECASE)
_NOBODY = re.compile(
    r"\b(?:team|recruiting|recruitment|talent|acquisition|careers?|jobs?|hiring|hr|human resources|people ops|"
    r"no-?reply|somebody|scheduling|scheduler|calendar|admin|info|office|inc|ltd|llc|gmbh|unknown|interviewer|panel|room)\b",
    re.IGNORECASE,
)
_READABLE = re.compile(r"[^\d@_:;*=?!#%^&+\\]+")


def _scripts_split(name: str) -> bool:
    letters = [character for character in name if character.isalpha()]
    return bool(letters) and all(
        unicodedata.name(letter, "").startswith(_SCRIPTS_SPLIT) for letter in letters
    )


def _in_its_case(name: str) -> str:
    """Write a name shouted or mumbled (DANA, dana) as names are; any other stays as it is."""
    if name.isascii() and len(name) > LONGEST_INITIALS and (name.isupper() or name.islower()):
        return "-".join(part.capitalize() for part in name.split("-"))
    return name


def _is_initial(name: str) -> bool:
    return len(name.replace(".", "")) <= 1 or name.endswith(".")


def greeted(name: str, given_name: str = "", country: str = "") -> str:
    """Give the name after "Dear", or nothing when the name is missing, an address or a mailbox.

    A learned title keeps the family name (Dr. Lee). A name in a script that nameparser does not divide (it reads
    山田 太郎 the wrong way round), one that begins with an initial, or one from a country where the family name
    may come first, is used whole.
    """
    return _greeted(name, given_name, country)


@lru_cache(maxsize=1024)
def _greeted(name: str, given_name: str, country: str) -> str:
    whole = _AFTER_THE_NAME.sub("", tidy(name)).strip(" ,.;'\"")
    if _NOBODY.search(whole):
        return ""
    if not _is_a_name(whole):
        whole = ""
    chosen = _chosen(whole, tidy(given_name), country.upper())
    return chosen if _is_a_name(chosen) and length(chosen) <= LONGEST_GREETING else ""


def _is_a_name(text: str) -> bool:
    return bool(text) and any(map(str.isalpha, text)) and _READABLE.fullmatch(text) is not None


def _chosen(whole: str, given_name: str, country: str) -> str:
    if whole and not _scripts_split(whole):
        return whole
    title, first, family = _parts(whole)
    if title and family and all(_KEPT_TITLES.match(word) for word in title.split()):
        return f"{title.split(maxsplit=1)[0]} {_in_its_case(family)}"
    if title and family and not first and _CIVIL_TITLES.match(title):
        return f"{title} {_in_its_case(family)}"
    if given_name:
        return _in_its_case(given_name)
    if country in FAMILY_NAME_FIRST and "," not in whole:
        return whole
    first = first or family
    return whole if _is_initial(first) else _in_its_case(first)


def _parts(whole: str) -> tuple[str, str, str]:
    """Give the title, the given name and the family name."""
    given, _, family = whole.partition(" ")
    if _is_plain(given) and _is_plain(family) and given.lower() not in _RANKS | _PARTICLES:
        return "", given, family
    # Loaded for a name that is more than two plain words: a twentieth of a cold start.
    from nameparser import HumanName  # noqa: PLC0415  see above

    parsed = HumanName(whole)
    return str(parsed.title), str(parsed.first), str(parsed.last)


def _is_plain(word: str) -> bool:
    """Whether it is one word as names are written: Dana, but neither DANA, McCoy, J. nor Lee-Hart."""
    return len(word) > LONGEST_INITIALS and word.isalpha() and word.istitle()


def is_formal(greeting: str) -> bool:
    """Whether the greeting carries a title, so that "Hi" would jar."""
    return bool(
        re.match(
            r"(?:dr|prof|professor|doctor|sir|dame|judge|rev|reverend|rabbi|imam|mr|mrs|ms|miss|mx)\b",
            greeting,
            re.IGNORECASE,
        )
    )


def own_given_name(me: str) -> str:
    """Give the member's given name for a short note; the whole name where it cannot be told."""
    whole = tidy(me)
    return _chosen(whole, "", "") if whole else ""
