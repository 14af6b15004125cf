"""Whether two jobs are one, however they are written: Acme and Acme Inc., Director and director."""

from __future__ import annotations

import re

from rapport.rules.card.jobs import Job
from rapport.rules.sameness.script import latin
from rapport.rules.sameness.traits import company

_WORDS = re.compile(r"[^\W_]+")
_SILENT = frozenset({"of", "the", "and", "for"})
_SHORT = {"sr": "senior", "jr": "junior"}


def same_employer(one: str, other: str) -> bool:
    """Whether two names are of one organisation: legal forms, capitals and accents do not count."""
    return bool(one and other) and company(one) == company(other)


def same_title(one: str, other: str) -> bool:
    """Whether two job titles say the same; unlike in recognition, "senior" is another one."""
    return bool(one and other) and _title(one) == _title(other)


def same_job(one: Job, other: Job) -> bool:
    """Whether employer and title are the same; what neither names counts as the same."""
    employers, titles = (one.organisation, other.organisation), (one.title, other.title)
    return (not any(employers) or same_employer(*employers)) and (not any(titles) or same_title(*titles))


def continues(one: Job, other: Job) -> bool:
    """Whether the other may be the same job told again: nothing that both say differs."""
    employers, titles = (one.organisation, other.organisation), (one.title, other.title)
    return (not all(employers) or same_employer(*employers)) and (not all(titles) or same_title(*titles))


def _title(title: str) -> frozenset[str]:
    words = (latin(word) for word in _WORDS.findall(title.replace(".", "")))
    return frozenset(_SHORT.get(word, word) for word in words) - _SILENT
