"""Typos forgiven: which words may be meant by one that nobody has."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

_SHORTEST = 4
_LONG = 9
"""A word of four letters may have one wrong, of nine two: any shorter one is another word as often as not."""


def likely(word: str) -> tuple[str, ...]:
    """Give patterns of which every word near this one has at least one; none for a word too short, or a number.

    One typo leaves the first or the second half of a word whole, unless it swaps the two letters in its middle;
    two leave one third.
    """
    length = len(word)
    if length < _SHORTEST or word.isdigit():
        return ()
    if length < _LONG:
        cut = length // 2
        swapped = word[: cut - 1] + word[cut] + word[cut - 1] + word[cut + 1 :]
        return (f" {word[:cut]}", f"{word[cut:]} ", swapped)
    third = length // 3
    return (f" {word[:third]}", word[third : 2 * third], f"{word[2 * third :]} ")


def is_near(word: str, others: Iterable[str]) -> bool:
    """Whether one of some words is this one, begins with it, or differs by a typo (by two from nine letters on).

    A letter too much, too few, another, or two swapped are one typo each.
    """
    wrong = 0 if len(word) < _SHORTEST or word.isdigit() else 1 if len(word) < _LONG else 2
    for other in others:
        if other.startswith(word):
            return True
        if (
            wrong
            and abs(len(other) - len(word)) <= wrong
            and OSA.distance(word, other, score_cutoff=wrong) <= wrong
        ):
            return True
    return False
