"""The words of `words.toml`, ready to match."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_SOME_WORDS = r"(?:[\w&]+[\s\-]+){0,3}[\w&]+"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pattern of words and what it stands for: a reason, or a value."""

    pattern: re.Pattern[str]
    label: str


@cache
def table() -> dict[str, Any]:
    """Give `words.toml` as it stands."""
    words: dict[str, Any] = tomllib.loads(
        resources.files(__package__).joinpath("words.toml").read_text("utf-8"),
    )
    return words


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Match any of the words as a whole word in any letter case; scripts without spaces match anywhere.

    The bounds are written once around all words: a pattern with bounds of each takes three times as long to compile.
    """
    bounded, endings, anywhere = list[str](), list[str](), list[str]()
    for word in sorted(words, key=len, reverse=True):
        stem = re.escape(word.strip("*")).replace(r"\*", _SOME_WORDS).replace(r"\ ", r"[\s\-]+")
        ending = r"\w*" if word.endswith("*") else ""
        if word.startswith("*"):
            endings.append(stem)
        elif word.isascii() or word[0] < "\u2e80":
            bounded.append(stem + ending)
        else:
            anywhere.append(stem)
    if endings:
        bounded.append(rf"\w*(?:{'|'.join(endings)})")
    if bounded:
        anywhere.append(rf"(?<!\w)(?:{'|'.join(bounded)})(?!\w)")
    return re.compile("|".join(anywhere), re.IGNORECASE)


@cache
def pattern(section: str, *keys: str) -> re.Pattern[str]:
    """Give the pattern of one list of words, or of several of one section."""
    return _pattern({word for key in keys for word in table()[section][key]})


def of_titles() -> re.Pattern[str]:
    """Give the pattern of all words that make a title of a few words, and are in nobody's name."""
    return pattern("titles", "words", "trades", "heads")


@cache
def listed(section: str, key: str) -> frozenset[str]:
    """Give one list of words for exact comparison, in lower case."""
    return frozenset(word.lower() for word in table()[section][key])


@cache
def labelled(section: str, label: str) -> tuple[Labelled, ...]:
    """Give the patterns of an array of tables with what each stands for, in their order."""
    return tuple(Labelled(_pattern(entry["has"]), entry[label]) for entry in table()[section])


@cache
def glob(section: str, key: str) -> re.Pattern[str]:
    """Give one list of words with a star at either end as a pattern for a whole text."""
    pieces = (re.escape(word).replace(r"\*", ".*") for word in table()[section][key])
    return re.compile("|".join(pieces), re.IGNORECASE)


def label_of(section: str, label: str, text: str) -> str | None:
    """Give what the first matching entry stands for, or None."""
    return next((entry.label for entry in labelled(section, label) if entry.pattern.search(text)), None)


def is_host_of(host: str, section: str, key: str) -> bool:
    """Say whether a host is one of a list or lies under one of it."""
    hosts = listed(section, key)
    labels = host.lower().rstrip(".").split(".")
    return any(".".join(labels[start:]) in hosts for start in range(len(labels) - 1))
