"""The words of business cards (`words.toml`), ready to match."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


@cache
def listed(section: str, key: str) -> frozenset[str]:
    """Give one list of words, in lower case."""
    return frozenset(word.lower() for word in _table()[section][key])


@cache
def alternatives(section: str, key: str) -> str:
    """Give one list of words as an expression, the longest first; those of scripts with spaces match as whole words."""
    words = sorted(_table()[section][key], key=len, reverse=True)
    whole = [re.escape(word) for word in words if word[0] < "\u2e80"]
    anywhere = [re.escape(word) for word in words if word[0] >= "\u2e80"]
    return "|".join([rf"(?<!\w)(?:{'|'.join(whole)})(?!\w)", *anywhere])


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """Give the pattern of one list of words, in any letter case."""
    return re.compile(alternatives(section, key), re.IGNORECASE)
