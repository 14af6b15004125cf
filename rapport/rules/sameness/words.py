"""The words of `words.toml` and `nicknames.toml`, read once."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent


class Common(NamedTuple):
    """Names that many bear everywhere, and the share of people that bears each at least."""

    families: frozenset[str]
    family_share: float
    givens: frozenset[str]
    given_share: float


@lru_cache(maxsize=1)
def _read() -> dict[str, object]:
    return tomllib.loads((_HERE / "words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def listed(name: str) -> frozenset[str]:
    """Give the words of a list of `words.toml`."""
    found = _read()[name]
    if not isinstance(found, list):
        raise KeyError(name)
    return frozenset(found)


@lru_cache(maxsize=1)
def common() -> Common:
    """Give the names that are common everywhere."""
    table = tomllib.loads((_HERE / "words.toml").read_text(encoding="utf-8"))["common"]
    return Common(
        frozenset(table["families"]),
        table["family_share"],
        frozenset(table["givens"]),
        table["given_share"],
    )


@lru_cache(maxsize=1)
def _roots() -> dict[str, frozenset[str]]:
    read: dict[str, list[str]] = tomllib.loads((_HERE / "nicknames.toml").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = defaultdict(set)
    for name, forms in read.items():
        for form in (name, *forms):
            found[form].add(name)
    return {form: frozenset(names) for form, names in found.items()}


def roots(given: str) -> frozenset[str]:
    """Give the names that a given name may be a form of, itself among them when none is known."""
    return _roots().get(given) or frozenset((given,))
