"""Words of other scripts: the consonants that somebody who writes them in Latin letters may hear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from rapport.rules.sameness.script import LETTERED, UNVOWELLED, consonants

_SHORTEST = 3
"""Consonants of a word that tells enough without its vowels, where the script has vowels."""

_MOST = 8
"""Readings of a word; most names have two or three, and each is a match key."""

_LETTER = re.compile(r"sh|kh|th|dh|gh|ts|zh|ch|.")

_SOUNDS = {
    "b": ("b", "v"),
    "p": ("p", "f"),
    "o": ("", "v"),
    "u": ("", "v"),
    "a": ("",),
    "e": ("",),
    "i": ("",),
    "y": ("",),
    "j": ("", "g"),
    "h": ("h", "", "ch"),
    "k": ("k", "ch"),
    "d": ("d", "s"),
    "z": ("s",),
    "q": ("k",),
    "w": ("v",),
    "sh": ("s",),
    "kh": ("k", "kh"),
    "th": ("t", "s", "th"),
    "dh": ("d", "s", "dh"),
    "gh": ("k", "gh"),
    "ts": ("s",),
    "zh": ("sh", "s", ""),
}
"""Without vowels, as in Hebrew, Arabic and Persian: how a letter, or two, as `script.latin` writes it, may sound in
`consonants`, the usual way first.

A vav is a vowel or v, a bet b or v, a pe p or f; what is written h may be a het, which many write ch; a dad is z in
Persian; and what looks like one letter (kh) may be two.
"""

_OTHERWISE = (
    (("g", "h"),),  # Igor, Ihor
    (("kh", "h"),),  # Khristo, Hristo
    (("shch", "sht"),),  # in Bulgarian
    (("ts", "c"), ("ch", "c"), ("zh", "z"), ("dj", "d")),  # as Serbs and Macedonians write, less the accents
    (("b", "v"),),  # Bengali has one letter for bh and v
    (("ch", "s"),),  # and Tamil one for ch and s
)
"""Letters for two sounds, or of several languages: what each reading writes in place of what `script.latin` does."""


@lru_cache(maxsize=16384)
def readings(word: str, script: str) -> frozenset[str]:
    """Give the consonants of a word of a script, read in the usual way and where a letter is read otherwise.

    Each language writes another's vowels as it hears them. None of a word that its consonants do not tell, or of
    East Asia, where one sign has several readings that no rule gives.
    """
    if script == UNVOWELLED:
        return _unvowelled(word)
    if script != LETTERED or len(heard := consonants(word)) < _SHORTEST:
        return frozenset()
    return frozenset({heard, *(consonants(_written(word, letters)) for letters in _OTHERWISE)})


def _written(word: str, letters: Iterable[tuple[str, str]]) -> str:
    for usual, other in letters:
        word = word.replace(usual, other)
    return word


def _unvowelled(word: str) -> frozenset[str]:
    """Read one letter at most otherwise. A vowel that begins the word is an a; an h at its end may be silent."""
    options = [_SOUNDS.get(letter, (letter,)) for letter in _LETTER.findall(word)]
    if not options:
        return frozenset()
    if "" in options[0]:
        options[0] = tuple(sound or "a" for sound in options[0])
    if options[-1][0] == "h" and len(options) > 1:
        options[-1] = ("", "h")
    return frozenset(islice(_read(options), _MOST))


def _read(options: Sequence[tuple[str, ...]]) -> Iterator[str]:
    usual = [sounds[0] for sounds in options]
    yield "".join(usual)
    for place, sounds in enumerate(options):
        yield from ("".join([*usual[:place], sound, *usual[place + 1 :]]) for sound in sounds[1:])
