"""Likeness: which texts say nearly the same words in the same order: nobody gets a colleague's note."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR_COPY = 55.0
"""From this score on a text is a near-copy.

Measured in tests/rules/test_likeness.py: copies with another name, another topic and up to two sentences reworded
score 60 or more; notes written independently for the same occasion 47 or less.
"""

SHORTEST_EXCERPT = 8
"""An excerpt is looked for only in texts of this many words: fewer are everybody's courtesies."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:['’][^\W_]+)*")
_FIRST_LETTER = 0xF0000
_LETTERS = 0x1FFFD


@dataclass(frozen=True, slots=True)
class Written:
    """A text that exists already: `key` is the caller's own, `label` tells the member what it is."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What a text resembles, and how much: 0 is nothing in common, 100 the same words in the same order."""

    written: Written
    score: float


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[str, ...]:
    """Give the words without case and punctuation; a script without spaces gives its characters."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


class _Alphabet:
    """One character for every distinct word: rapidfuzz then compares words, in order, at its speed for strings."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def spell(self, text: str) -> str:
        letters = self._letters
        return "".join(
            letters.setdefault(word, chr(_FIRST_LETTER + len(letters) % _LETTERS)) for word in words(text)
        )


def _score(one: str, other: str, cutoff: float) -> float:
    score = fuzz.ratio(one, other, score_cutoff=cutoff)
    if min(len(one), len(other)) < SHORTEST_EXCERPT:
        return score
    return max(score, fuzz.partial_ratio(one, other, score_cutoff=max(cutoff, score)))


def likeness(text: str, other: str) -> float:
    """Measure how much two texts say the same words in the same order, 0 to 100; an excerpt is a copy."""
    alphabet = _Alphabet()
    return _score(alphabet.spell(text), alphabet.spell(other), 0)


def resemblances(text: str, others: Iterable[Written]) -> tuple[Resemblance, ...]:
    """Find the near-copies among `others`, the nearest first; a text without words resembles nothing."""
    alphabet = _Alphabet()
    spelled = alphabet.spell(text)
    if not spelled:
        return ()
    scored = ((written, _score(spelled, alphabet.spell(written.text), NEAR_COPY)) for written in others)
    near = [Resemblance(written, round(score, 1)) for written, score in scored if score >= NEAR_COPY]
    return tuple(sorted(near, key=lambda resemblance: -resemblance.score))


def greatest_likeness(text: str, others: Iterable[str]) -> float:
    """Measure the likeness to the nearest of `others`; 0 when there are none."""
    alphabet = _Alphabet()
    spelled = alphabet.spell(text)
    greatest = 0.0
    for other in others:
        greatest = max(greatest, _score(spelled, alphabet.spell(other), greatest))
    return greatest
