"""A name to compare by: its words in Latin letters, without titles and degrees, the given one apart from the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from unicodedata import normalize

from rapport.rules.sameness.script import EASTERN, bones, latin, parted, script_of
from rapport.rules.sameness.words import listed, roots

_BESIDE = re.compile(r"\s*[(\[{|/].*$|\s+[–—-]\s+.*$")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’´`ʼ][^\W\d_]+)*\.?")
_ARTICLE = re.compile(r"\b[ae]l-(?=\w{3})|\bال(?=\w{3})")
_INSIDE = re.compile(r"[-'’´`ʼ.\s]")

SHORTEST_PART = 3
"""Letters of a word that counts as a family name beside the last one."""

ADDRESS = "address"
"""In place of a script: the name is no more than what an address seems to be made of."""


@dataclass(frozen=True, slots=True)
class Name:
    """`given` and `family` in small Latin letters, either may be empty; `family` has its last word last.

    `middle` are further given names, which may be the first half of a double family name. `also` are other spellings
    of the given name, `elsewhere` other family names, from addresses made of a name. `generation` is Jr., III and
    kin. `script` is the one it was read from (see `script_of`), or `ADDRESS`.
    """

    given: str = ""
    family: tuple[str, ...] = ()
    middle: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    generation: str = ""
    elsewhere: tuple[str, ...] = ()
    script: str = ""

    @property
    def is_guess(self) -> bool:
        """Whether the letters were read from what may be read otherwise."""
        return self.script in {EASTERN, ADDRESS}

    @property
    def surname(self) -> str:
        """The word of the family name that tells most: the last."""
        return self.family[-1] if self.family else ""


def name_of(formatted: str, given: str = "", family: str = "") -> Name:
    """Take a name apart; the parts that a card states are believed, else the words' order is."""
    return _name_of(
        *(text if text.isascii() else normalize("NFKC", text) for text in (formatted, given, family))
    )


@lru_cache(maxsize=16384)
def _name_of(formatted: str, given: str, family: str) -> Name:
    if "@" in formatted:
        return Name()
    words, generation = _words(_BESIDE.sub("", formatted) or formatted)
    script = script_of(formatted)
    if script == EASTERN and len(formatted.split()) > 1:
        return _eastern(formatted, generation)
    stated = _words(given)[0]
    families = _words(family)[0]
    if stated and families and not {*stated} <= listed("degrees"):
        return Name(stated[0], tuple(families), _further(stated), generation=generation, script=script)
    if script == EASTERN:
        return _eastern(formatted, generation)
    return replace(_western(formatted, words, generation), script=script)


def _western(formatted: str, words: list[str], generation: str) -> Name:
    if "," in formatted:
        return _turned(formatted, generation)
    return (
        Name(words[0], tuple(_without_initials(words[1:])), generation=generation)
        if words
        else Name(generation=generation)
    )


def _without_initials(words: list[str]) -> list[str]:
    return [word for word in words[:-1] if len(word) > 1] + words[-1:]


def _further(given: list[str]) -> tuple[str, ...]:
    """Give the given names after the first, without the "van den" of a family name that stands before them."""
    return tuple(word for word in _without_initials(given)[1:] if word not in listed("particles"))


def _turned(formatted: str, generation: str) -> Name:
    """Read "Lee, Dana"; what follows a comma may be a degree, too."""
    before, _, after = formatted.partition(",")
    family, given = _words(before)[0], _words(after)[0]
    if given and not set(given) <= listed("degrees") | listed("generations"):
        return Name(given[0], tuple(family), _further(given), generation=generation)
    return Name(family[0], tuple(_without_initials(family[1:])), generation=generation) if family else Name()


def _eastern(formatted: str, generation: str) -> Name:
    pieces = formatted.replace("・", " ").split()
    if len(pieces) == 1:
        pieces = parted(pieces[0])
    family, given = latin(pieces[0]), latin("".join(pieces[1:]))
    return Name(given, (family,), generation=generation, script=EASTERN)


def _words(text: str) -> tuple[list[str], str]:
    """Give the words of a name, joined where they are one (Anne-Marie, O'Neil), and the generation."""
    found, generation = [], ""
    plain = _WORD.findall(latin(_ARTICLE.sub("", text.lower())))
    for place, word in enumerate(plain):
        written = _INSIDE.sub("", word)
        if written in listed("generations") and place > (0 if written in {"jr", "iii"} else 1):
            generation = {"junior": "jr", "senior": "sr"}.get(written, written)
        elif written and not _is_beside(written, place, len(plain)):
            found.append(written)
    return found, generation


def _is_beside(word: str, place: int, words: int) -> bool:
    """Say whether a word names nobody. A particle stands before a word: at the end it is a name, as Le and Do are."""
    if word in listed("particles") and 0 < place < words - 1:
        return True
    if not place or place == 1:
        return word in listed("honorifics") and words > place + 1 and (place == 0 or word in {"dr", "prof"})
    return word in listed("degrees")


def given_roots(name: Name) -> frozenset[str]:
    """Give what a given name may be a form of, by its consonants; empty for an initial or none."""
    givens = (given for given in (name.given, *name.also) if len(given) > 1)
    return frozenset(bones(root) for given in givens for root in roots(given))
