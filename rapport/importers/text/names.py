"""Names of people: cleaned, derived from addresses, compared with addresses."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from rapport.importers.text.words import listed, of_titles, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_ADDRESS = re.compile(r"[^\s@<>\"',;:()\[\]]{1,64}@[^\s@<>\"',;:()\[\]]{1,255}")
_BESIDE = re.compile(rf"\s{{0,3}}[<(\[]\s?(?:mailto:)?(?P<address>{_ADDRESS.pattern})\s?[>)\]]")
_BRACKETS = re.compile(r"\s*[(\[{]([^)\]}]*)[)\]}]\s*")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "å": "a", "ł": "l", "đ": "d", "æ": "ae"},
)
_SEPARATORS = re.compile(r"\s+[|–—/·-]\s+")
_NEAR = 400  # characters: a name, a title and an address
_FEWEST_WORDS, _MOST_WORDS = 2, 5
_INITIALS = 3
_WORD = re.compile(r"[^\W\d_][\w.'’´`\-]*")


def is_address(text: str) -> bool:
    """Say whether a text is one e-mail address."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def address_in(text: str) -> str:
    """Give the first e-mail address of a text in lower case, or an empty text."""
    match = _ADDRESS.search(text)
    return match[0].strip(".").lower() if match else ""


def without_addresses(text: str) -> str:
    """Leave out addresses in brackets: they belong to the name before them, and are no part of its title."""
    return _BESIDE.sub("", text) if "@" in text else text


def address_beside(name: str, text: str, others: Iterable[str]) -> str:
    """Give the address in brackets after a name, or after its title; empty where one of the `others` is nearer."""
    begins = text.find(name) if "@" in text else -1
    found = _BESIDE.search(text, begins, begins + _NEAR) if begins >= 0 else None
    if found is None or any(other in text[begins + len(name) : found.start()] for other in others):
        return ""
    return found["address"].strip(".").lower()


def cleaned(text: str) -> tuple[str, str]:
    """Give the name in a display name, and what stood in brackets or after a dash beside it.

    "Lee, Dana (VP Engineering)" gives ("Dana Lee", "VP Engineering"); an address gives nothing.
    """
    text = " ".join(text.replace('"', " ").split()).strip(" '")
    if not text or _ADDRESS.search(text):
        return "", ""
    beside = ", ".join(part.strip() for part in _BRACKETS.findall(text) if part.strip())
    text = _BRACKETS.sub(" ", text).strip()
    name, *after = _SEPARATORS.split(text, maxsplit=1)
    if after and not beside:
        beside = after[0]
    return _turned(name.strip(" ,")), beside


def _turned(name: str) -> str:
    """Turn "Lee, Dana" round, "Dr. Lee, Dana" as well; a comma before a title or a degree ends the name."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma:
        return name
    if "," in given or not is_name(f"{given} {family}") or of_titles().search(given):
        return family
    bare = without_honorific(family)
    return f"{family.removesuffix(bare)}{given} {bare}"


@lru_cache(maxsize=1024)  # the same few people come again and again
def is_name(text: str) -> bool:
    """Say whether a text can be the full name of one person: two to five words with capitals.

    None of the words may be one that no name has (`names.never` in words.toml).
    """
    words = without_honorific(text).split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
        return False
    particles = listed("names", "particles")
    full = [word for word in words if word.lower() not in particles or word[0].isupper()]
    if len(full) < _FEWEST_WORDS or not words[0][0].isupper():
        return False
    return all(is_name_word(word) for word in full) and not of_titles().search(text)  # "Scrum Master"


def is_name_word(word: str) -> bool:
    """Say whether one word can be part of a name."""
    if not _WORD.fullmatch(word) or not (word[0].isupper() or not word[0].islower()):
        return False
    lower = word.lower()
    if lower in listed("names", "never") or lower in listed("names", "organisation"):
        return False
    if pattern("interview", "strong").fullmatch(word) or of_titles().fullmatch(word):
        return False
    return not (len(word) > _INITIALS and word.isupper() and "." not in word and not _can_be_shouted(word))


def _can_be_shouted(word: str) -> bool:
    return word.isalpha() and any(letter in "AEIOUYÄÖÜÉ" for letter in word)


def without_honorific(text: str) -> str:
    """Give a name without Dr., Ms. and kin before it."""
    words = text.split()
    while words and words[0].lower() in listed("names", "honorifics"):
        words = words[1:]
    return " ".join(words)


def from_address(address: str) -> tuple[str, bool]:
    """Derive a name from an address and say whether it is sure: "dana.lee@" gives ("Dana Lee", True)."""
    local = address.partition("@")[0].partition("+")[0]
    parts = [re.sub(r"\d+$", "", part) for part in re.split(r"[._\-]+", local)]
    parts = [part for part in parts if part]
    if len(parts) >= _FEWEST_WORDS and all(part.isalpha() for part in parts) and len(parts[-1]) > 1:
        return " ".join(part.capitalize() for part in parts), len(parts[0]) > 1
    if len(parts) == 1 and parts[0].isalpha():
        return parts[0].capitalize(), False
    return address, False


def folded(text: str) -> str:
    """Give letters without accents in lower case, to compare by."""
    if text.isascii():
        return text.lower()
    text = text.lower().translate(_UMLAUTS)
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )


def key(name: str) -> str:
    """Give a name as it is compared: folded, without honorific and punctuation."""
    return " ".join(re.findall(r"\w+", folded(without_honorific(name))))


def is_same(one: str, other: str) -> bool:
    """Say whether two names can be one person's: the same words, or first and last word the same."""
    first, second = key(one).split(), key(other).split()
    if not first or not second:
        return False
    if sorted(first) == sorted(second):
        return True
    if min(len(first), len(second)) == 1:
        return False
    given = first[0] == second[0] or (min(len(first[0]), len(second[0])) == 1 and first[0][0] == second[0][0])
    return given and first[-1] == second[-1]


def fits_address(name: str, address: str) -> bool:
    """Say whether an address can have been made of a name: dana.lee@, dlee@, lee.d@, danal@ and kin."""
    words = key(name).split()
    local = re.sub(r"[^a-z]", "", folded(address.partition("@")[0].partition("+")[0]))
    if len(words) < _FEWEST_WORDS or not local:
        return False
    given, family = words[0], words[-1]
    rest = "".join(words[1:])
    fitting = {given + family, family + given, given[0] + family, family + given[0], given + family[0]}
    return local in fitting | {given + rest, rest + given, given[0] + rest, "".join(words)}
