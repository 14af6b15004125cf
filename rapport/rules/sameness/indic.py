"""Words in the scripts of India read as they are spoken: a consonant carries an a, and not every a is heard."""

from __future__ import annotations

import re
import unicodedata

INDIC = re.compile(r"[\u0900-\u0dff]")
_NORTHERN = re.compile(r"[\u0900-\u0aff]")
_LETTER = re.compile(r"[A-Z]+ LETTER ([A-Z]+)")
_VOWEL_SIGN = re.compile(r"[A-Z]+ VOWEL SIGN ([A-Z]+)")
_NASAL = ("ANUSVARA", "CANDRABINDU")
_SPELLED = {"c": "ch", "ch": "chh", "ss": "sh"}
_OWN = "@"
"""The a that a consonant carries of itself."""


def spoken(word: str) -> str:
    """Give a word in small Latin letters after Hunter, the spelling of India's maps: चतुरकर is chaturkar.

    In the languages of the north a consonant's own a is silent after a vowel and one consonant, at the end of a word
    or before one consonant and a vowel (Ohala, "Aspects of Hindi Phonology", 1983).
    """
    heard = _sounds(word)
    if _NORTHERN.search(word):
        _silence(heard)
    return "".join(heard).replace(_OWN, "a").replace("inh", "ingh")


def _sounds(word: str) -> list[str]:
    """Take a word apart into consonants and vowels."""
    heard: list[str] = []
    for sign in word:
        named = unicodedata.name(sign, "")
        vowel, letter = _VOWEL_SIGN.match(named), _LETTER.match(named)
        if (vowel or named.endswith("VIRAMA")) and heard[-1:] == [_OWN]:
            heard.pop()
        if vowel:
            heard.append(_short(vowel[1]))
        elif letter:
            heard += _consonant(letter[1])
        elif heard and named.endswith(_NASAL):
            heard[-1] += "n"
    return heard


def _consonant(letter: str) -> list[str]:
    """A letter's name is its sound: KA is k and its own a; that of a vowel is the vowel."""
    if len(letter) == 1 or not letter.endswith("A") or letter == "AA":
        return [_short(letter)]
    spelled = letter[:-1].lower()
    return [_SPELLED.get(spelled, re.sub(r"^(.)\1", r"\1", spelled)), _OWN]


def _short(vowel: str) -> str:
    return re.sub(r"([aiu])\1", r"\1", vowel.lower().replace("vocalic r", "ri"))


def _silence(heard: list[str]) -> None:
    """Leave out what is not heard, from the end of the word to its beginning."""
    if heard[-1:] == [_OWN] and _opens(heard[-3:-1]):
        heard.pop()
    for place in range(len(heard) - 3, 1, -1):
        before, after = heard[place - 2 : place], heard[place + 1 : place + 3]
        if heard[place] == _OWN and _opens(before) and _opens(after[::-1]):
            del heard[place]


def _opens(pair: list[str]) -> bool:
    """Whether a vowel is followed by a consonant; read backwards, a consonant by a vowel."""
    return [sound[:1] in {"a", "e", "i", "o", "u", _OWN} for sound in pair] == [True, False]
