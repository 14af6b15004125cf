"""How much two names are alike: an outcome for the given names, one for the family names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from rapport.rules.sameness.names import ADDRESS, SHORTEST_PART, Name
from rapport.rules.sameness.readings import readings
from rapport.rules.sameness.script import bones, consonants, is_read, sound
from rapport.rules.sameness.words import roots

NEAR = 0.92
"""Jaro-Winkler similarity from which on two words may be one, mistyped."""

_SHORTEST_NEAR, _SHORTEST_STEM = 4, 3
_RANK = {
    level: rank
    for rank, levels in enumerate(
        (
            ["differs"],
            [""],
            ["initial"],
            ["nickname", "near", "part", "elsewhere"],
            ["sound", "across"],
            ["same"],
        )
    )
    for level in levels
}
_UNSURE = frozenset({"near", "differs", "elsewhere"})


@dataclass(frozen=True, slots=True)
class NameLikeness:
    """How given and family names compare: one of the outcomes of `weights.toml`, or "" for unknown."""

    given: str
    family: str
    is_swapped: bool = False

    @property
    def conflicts(self) -> bool:
        """Whether these are names of two people: a given name that cannot be the other."""
        return self.given == "differs"

    @property
    def is_full(self) -> bool:
        """Whether given and family name were both found alike, an initial not counted."""
        return _RANK[self.given] > _RANK["initial"] and _RANK[self.family] > _RANK["initial"]


def likeness_of_names(one: Name, other: Name) -> NameLikeness:
    """Compare two names, also as if one had its parts in each other's place."""
    if ADDRESS in {one.script, other.script} and (found := _of_an_address(one, other)):
        return found
    names = _across(one, other, NameLikeness(_given(one, other), _family(one, other)))
    if "differs" in {names.given, names.family} and one.given and other.given:
        if turned := _turned(one, other):
            return turned
        if one.script != other.script and (one.is_guess or other.is_guess):
            return _levels(names, {"differs": ""})
    return names


def _of_an_address(one: Name, other: Name) -> NameLikeness | None:
    """Compare what an address is made of, when that is no initial and family name: dana@, danalee@, leedana@."""
    address, name = (one, other) if one.script == ADDRESS else (other, one)
    word = address.given + address.surname
    if word_likeness(word, name.given) in {"same", "sound"}:
        return NameLikeness("same", "")
    whole = {name.given + name.surname, name.surname + name.given}
    return NameLikeness("same", "same") if name.surname and word in whole else None


def _turned(one: Name, other: Name) -> NameLikeness | None:
    """Compare two names as if one had its parts in each other's place, if each half fits so."""
    halves = [
        max(
            (_heard(mine.given, word, mine, theirs, given_likeness(mine.given, word)) for word in families),
            key=_RANK.__getitem__,
            default="",
        )
        for mine, theirs, families in (
            (one, other, (*other.family, *other.elsewhere)),
            (other, one, (*one.family, *one.elsewhere)),
        )
    ]
    ranks = sorted(_RANK[half] for half in halves)
    if ranks[0] < _RANK["near"] or ranks[1] < _RANK["sound"]:
        return None
    given, family = sorted(halves, key=_RANK.__getitem__)
    return NameLikeness(given, family, is_swapped=True)


def _across(one: Name, other: Name, names: NameLikeness) -> NameLikeness:
    """What sounds alike in two scripts is as good as the same: no spelling of it is expected to be."""
    if one.script == other.script or ADDRESS in {one.script, other.script}:
        return names
    given = _heard(one.given, other.given, one, other, names.given)
    family = _heard(one.surname, other.surname, one, other, names.family)
    return _levels(NameLikeness(given, family), {"same": "across", "sound": "across"})


def _heard(word: str, with_word: str, of: Name, with_name: Name, level: str) -> str:
    """Compare two words of names in two scripts also by the consonants that one of them may be read with."""
    if level not in _UNSURE or of.script == with_name.script:
        return level
    is_read = consonants(with_word) in readings(word, of.script) or consonants(word) in readings(
        with_word, with_name.script
    )
    return "sound" if is_read else level


def _levels(names: NameLikeness, instead: dict[str, str]) -> NameLikeness:
    given, family = (instead.get(level, level) for level in (names.given, names.family))
    return NameLikeness(given, family, names.is_swapped)


@lru_cache(maxsize=65536)
def given_likeness(one: str, other: str) -> str:
    """Compare two given names; "" when one is missing or cannot be read."""
    alike = word_likeness(one, other)
    if alike in {"differs", "near"} and (roots(one) & roots(other) or _is_stem(one, other)):
        return "nickname"
    return alike


def _given(one: Name, other: Name) -> str:
    """Compare given names in all their spellings; only the stated ones are called the same."""
    alike = given_likeness(one.given, other.given)
    if alike not in {"differs", "near"} or not (one.also or other.also):
        return alike
    spellings = ((mine, theirs) for mine in (one.given, *one.also) for theirs in (other.given, *other.also))
    best = max((given_likeness(*pair) for pair in spellings), key=_RANK.__getitem__)
    return "sound" if best == "same" else best


def _family(one: Name, other: Name) -> str:
    alike = word_likeness(one.surname, other.surname)
    if alike not in {"differs", "near"}:
        return alike
    if "".join(one.family) == "".join(other.family):
        return "same"
    if shared_parts(one, other):
        return "part"
    return "elsewhere" if _is_elsewhere(one, other) or _is_elsewhere(other, one) else alike


def shared_parts(one: Name, other: Name) -> list[str]:
    """Give the words that two names have in common among their family names, or a family and a middle name."""
    mine, theirs = {*one.family}, {*other.family}
    shared = (mine & theirs) | (mine & {*other.middle}) | ({*one.middle} & theirs)
    return sorted(word for word in shared if len(word) >= SHORTEST_PART)


def _is_elsewhere(one: Name, other: Name) -> bool:
    """Whether an address made of one's name gives the other's family name."""
    names = (*other.family, *other.elsewhere)
    return any(word_likeness(mine, word) in {"same", "sound"} for mine in one.elsewhere for word in names)


@lru_cache(maxsize=65536)
def word_likeness(one: str, other: str) -> str:
    """Compare two words of names: same, sound, near, initial, differs, or "" when one is missing or unreadable."""
    if not one or not other:
        return ""
    if one == other:
        return "same" if len(one) > 1 else "initial"
    if not (is_read(one) and is_read(other)):
        return "" if is_read(one) != is_read(other) else "differs"
    if min(len(one), len(other)) == 1:
        return "initial" if one[0] == other[0] else "differs"
    if _sound_alike(one, other):
        return "sound"
    return "near" if _is_near(one, other) else "differs"


def _sound_alike(one: str, other: str) -> bool:
    """Whether two words sound the same, one of them perhaps written without its vowels, as in Arabic."""
    if sound(one) == sound(other):
        return True
    if bones(one) != bones(other) or len(bones(one)) < _SHORTEST_STEM:
        return False
    return _lacks_vowels(one) or _lacks_vowels(other)


def _lacks_vowels(word: str) -> bool:
    return re.match(r"[aeiou]?[^aeiou]{2}", word) is not None and len(sound(word)) - len(bones(word)) <= 1


def _is_stem(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST_STEM and longer.startswith(shorter)


def _is_near(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_NEAR:
        return False
    return JaroWinkler.similarity(one, other, score_cutoff=NEAR) >= NEAR
