"""Names of people: put together from their parts, and taken apart."""

from __future__ import annotations

import re

_WITHOUT_SPACES = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+")


def put_together(given: str, family: str, *, middle: str = "", prefix: str = "", suffix: str = "") -> str:
    """Give the name as it is said: in Chinese, Japanese and Korean letters the family's first, without a space."""
    if given and family and _WITHOUT_SPACES.fullmatch(family + middle + given):
        core = family + middle + given
    else:
        core = " ".join(part for part in (given, middle, family) if part)
    return " ".join(" ".join(part for part in (prefix, core, suffix) if part).split())


def taken_apart(name: str) -> tuple[str, str]:
    """Guess family and given name: what stands before a comma, else the last word."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and given:
        return family, given
    *given_words, family = name.replace(",", " ").split() or [""]
    return (family, " ".join(given_words)) if given_words else ("", family)
