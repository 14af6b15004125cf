"""Is it an interview? By its words, by the tool it came from, and by who else is there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapport.importers.hosts import urls
from rapport.importers.prose import is_title
from rapport.importers.words import is_host_of, label_of, pattern

CROWD = 60  # people; above it is an event, not an interview
_NOTE_TO_SELF = "Nobody else is named in it. If it was an interview, type in whom you met."
_NOTHING = "Nothing in it speaks of an interview."


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of something in a calendar when it is judged."""

    title: str
    text: str
    hosts: frozenset[str] = frozenset()
    others: int = 0
    strangers: int = 0
    is_all_day: bool = False
    repeats: bool = False


def speaks_of_interview(title: str, text: str, hosts: frozenset[str] = frozenset()) -> bool:
    """Say whether words or origin make it likely that this is an interview."""
    if pattern("interview", "strong").search(title):
        return True
    if any(is_host_of(host, "schedulers", "hiring") for host in (*hosts, *(host for _, host in urls(text)))):
        return True
    both = f"{title}\n{text}"
    if pattern("interview", "strong").search(text) and not _is_ordinary(title):
        return True
    about = pattern("interview", "about").search(both) is not None
    general = any(is_host_of(host, "schedulers", "general") for host in (*hosts, *(host for _, host in urls(text))))
    if about and (general or pattern("interview", "weak").search(both)):
        return not _is_ordinary(title)
    return bool(pattern("interview", "weak").search(title)) and any(is_title(part) for part in _parts(title)[1:])


def _is_ordinary(title: str) -> bool:
    return label_of("ordinary", "why", title) is not None


def _parts(title: str) -> list[str]:
    return [part.strip() for part in re.split(r"\s[–—|/-]\s|[:()]|<>", title) if part.strip()]


def reason_against(evidence: Evidence) -> str:
    """Give the sentence why this is no interview, or an empty text when it is one."""
    title = evidence.title
    false_friend = label_of("false_friend", "why", title)
    if false_friend:
        return false_friend
    strong = pattern("interview", "strong").search(title) is not None
    ordinary = label_of("ordinary", "why", title)
    if ordinary and not strong:
        return ordinary
    if evidence.is_all_day and not (strong and evidence.others):
        return "It lasts the whole day; an interview has a time."
    if evidence.repeats:
        return "It repeats; an interview happens once."
    if not speaks_of_interview(title, evidence.text, evidence.hosts):
        return _NOTHING
    if evidence.others > CROWD:
        return f"It has {evidence.others} people in it; that is an event, not an interview."
    if not evidence.others and not evidence.strangers:
        return _NOTE_TO_SELF
    return ""
