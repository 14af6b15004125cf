"""Is it an interview? By its words, by the tool it came from, and by who else is there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapport.importers.hosts import urls
from rapport.importers.prose import is_title
from rapport.importers.words import is_host_of, label_of, pattern

CROWD = 60  # people; above it is an event, not an interview
_NOTE_TO_SELF = "Nobody else is named in it. If it was an interview, type in whom you met."
_WHOLE_DAY = "It lasts the whole day; an interview has a time."
_NOTHING = "Nothing in it speaks of an interview."


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of something in a calendar when it is judged."""

    title: str
    text: str
    hosts: frozenset[str] = frozenset()
    is_all_day: bool = False
    repeats: bool = False


def speaks_of_interview(title: str, text: str, hosts: frozenset[str] = frozenset()) -> bool:
    """Say whether words or origin make it likely that this is an interview."""
    if pattern("interview", "strong").search(title):
        return True
    origins = hosts | {host for _, host in urls(text)}
    if any(is_host_of(host, "schedulers", "hiring") for host in origins):
        return True
    both = f"{title}\n{text}"
    if pattern("interview", "strong").search(text) and not _is_ordinary(title):
        return True
    about = pattern("interview", "about").search(both) is not None
    general = any(
        is_host_of(host, "schedulers", "general") for host in (*hosts, *(host for _, host in urls(text)))
    )
    if about and (general or pattern("interview", "weak").search(both)):
        return not _is_ordinary(title)
    return bool(pattern("interview", "weak").search(title)) and any(
        is_title(part) for part in _parts(title)[1:]
    )


def _is_ordinary(title: str) -> bool:
    return label_of("ordinary", "why", title) is not None


def _parts(title: str) -> list[str]:
    return [part.strip() for part in re.split(r"\s[–—|/-]\s|[:()]|<>", title) if part.strip()]


def reason_against(evidence: Evidence) -> str:
    """Give the sentence why this is no interview by its own words and times, or an empty text when it may be one."""
    title = evidence.title
    false_friend = label_of("false_friend", "why", title)
    if false_friend:
        return false_friend
    strong = pattern("interview", "strong").search(title) is not None
    ordinary = label_of("ordinary", "why", title)
    if ordinary and not strong:
        return ordinary
    if evidence.is_all_day and not strong:
        return _WHOLE_DAY
    if evidence.repeats:
        return "It repeats; an interview happens once."
    return "" if speaks_of_interview(title, evidence.text, evidence.hosts) else _NOTHING


def reason_against_company(people: int, strangers: int, *, is_all_day: bool) -> str:
    """Give the sentence why those present make it no interview, or an empty text.

    `people` is who can be met; `strangers` counts lists, rooms and tools, which show that somebody else sent it.
    """
    if is_all_day and not people:
        return _WHOLE_DAY
    if people > CROWD:
        return f"It has {people} people in it; that is an event, not an interview."
    return "" if people or strangers else _NOTE_TO_SELF
