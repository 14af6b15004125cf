"""Likeness: which texts say nearly the same words in the same order: nobody gets a colleague's note."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

NEAR_COPY = 55.0
"""From this score on a text is a near-copy.

Measured in tests/rules/test_likeness.py: copies with another name, another topic and up to two sentences reworded
score 60 or more; notes written independently for the same occasion 47 or less.
"""

SHORTEST_EXCERPT = 8
"""An excerpt is looked for only in texts of this many words: fewer are everybody's courtesies."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:['’][^\W_]+)*")
_FIRST_LETTER = 0x10000
_LETTERS = 0x100000

MUCH_LONGER = 1.5
"""An excerpt is looked for in texts this many times as long; between texts of one length the ratio says it all."""


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


@lru_cache(maxsize=4096)
def _spelled(text: str) -> str:
    """Write each word as one character, so that rapidfuzz compares words, in order, at its speed for strings.

    Case and punctuation do not count; a script without spaces gives its characters. Two words share a character
    once in a million pairs, which moves a score by a point.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return "".join([chr(_FIRST_LETTER + crc32(word.encode("utf-8", "replace")) % _LETTERS) for word in words])


def _score(one: str, other: str, cutoff: float) -> float:
    score = fuzz.ratio(one, other, score_cutoff=cutoff)
    shorter, longer = sorted((len(one), len(other)))
    if shorter < SHORTEST_EXCERPT or longer < shorter * MUCH_LONGER:
        return score
    return max(score, fuzz.partial_ratio(one, other, score_cutoff=max(cutoff, score)))


def likeness(text: str, other: str) -> float:
    """Measure how much two texts say the same words in the same order, 0 to 100; an excerpt is a copy."""
    return _score(_spelled(text), _spelled(other), 0)


def resemblances(text: str, others: Iterable[Written]) -> tuple[Resemblance, ...]:
    """Find the near-copies among `others`, the nearest first; a text without words resembles nothing."""
    spelled = _spelled(text)
    if not spelled:
        return ()
    scored = ((written, _score(spelled, _spelled(written.text), NEAR_COPY)) for written in others)
    near = [Resemblance(written, round(score, 1)) for written, score in scored if score >= NEAR_COPY]
    return tuple(sorted(near, key=lambda resemblance: -resemblance.score))


def greatest_likeness(text: str, others: Iterable[str], enough: float = 100.0) -> float:
    """Measure the likeness to the nearest of `others`, or to the first that is `enough`; 0 when there are none."""
    spelled = _spelled(text)
    greatest = 0.0
    for other in others:
        greatest = max(greatest, _score(spelled, _spelled(other), greatest))
        if greatest >= enough:
            break
    return greatest


def least_like(texts: Iterable[str], others: Collection[str]) -> str | None:
    """Give the text that is least like the nearest of `others`, the first of several; None where there are no texts."""
    found, least = None, 0.0
    for text in texts:
        if found is None:
            found, least = text, greatest_likeness(text, others)
        elif least and (alike := greatest_likeness(text, others, least)) < least:
            found, least = text, alike
    return found
