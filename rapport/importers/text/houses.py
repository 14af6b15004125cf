"""An organisation that a title names beyond doubt: by the form of its name, or as a mail domain does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapport.importers.text.hosts import is_company, label
from rapport.importers.text.names import folded
from rapport.importers.text.words import listed

_WORD = r"(?<!\w)[^\W\d_a-z][\w&.'’\-]{0,40}"
_VISIT = re.compile(
    rf"^on-?site\b\s*(?:[:–—-]\s*)?(?:at\s+|with\s+)?(?-i:(?P<name>{_WORD}(?:\s{_WORD}){{0,3}}))$",
    re.IGNORECASE,
)
_LAST = re.compile(rf"\s[–—|-]\s(?P<name>{_WORD}(?:\s{_WORD}){{1,3}})$")
_TOPICS = frozenset(
    {"systems", "solutions", "software", "technologies", "international", "consulting", "robotics"}
)
"""Words in the names of organisations that are as well what an interview is about: "Embedded Systems"."""


def house_in(title: str) -> str | None:
    """Give the organisation at the end of a title whose name says by its form that it is one: "Stark Industries"."""
    match = _VISIT.match(title.strip()) or _LAST.search(title.strip())
    return match["name"] if match and _has_form(match["name"]) else None


def is_visit(title: str, hosts: Iterable[str]) -> bool:
    """Say whether a title is "Onsite" and an organisation: by its form, or by a company's domain among `hosts`."""
    match = _VISIT.match(title.strip())
    if match is None:
        return False
    name = folded(match["name"]).replace(" ", "")
    labels = (folded(label(host)).replace("-", "") for host in hosts if is_company(host))
    return _has_form(match["name"]) or any(one in name for one in labels)


def _has_form(name: str) -> bool:
    *_, last = words = name.lower().split()
    return len(words) > 1 and last in listed("names", "organisation") - _TOPICS
