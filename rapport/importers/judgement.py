"""Is it an interview? By its words, by the tool it came from, and by who else is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from rapport.importers.text.hosts import urls
from rapport.importers.text.houses import is_visit
from rapport.importers.text.names import key
from rapport.importers.text.prose import is_title, mentions
from rapport.importers.text.words import is_host_of, label_of, pattern

_PAIR = re.compile(r"\s*(?:<>|<->|↔|⇄)\s*")
_AMONG_INTERVIEWERS = "You seem to be among the interviewers here, not the one who is interviewed."
CROWD = 60  # people; above it is an event, not an interview
_NOTE_TO_SELF = "Nobody else is named in it. If it was an interview, type in whom you met."
_WHOLE_DAY = "It lasts the whole day; an interview has a time."
NOTHING = "Nothing in it speaks of an interview."
_YOU_WILL_MEET = re.compile(
    r"\b(?:you(?:['’]ll|\s+will|\s+are\s+going\s+to)\s+(?:be\s+)?(?:meet(?:ing)?|speak(?:ing)?|talk(?:ing)?)|"
    r"(?:sie|du|ihr)\s+(?:treffen|triffst|trefft|sprechen|sprichst|sprecht)|"
    r"(?:treffen|triffst|trefft|sprechen|sprichst|sprecht)\s+(?:sie|du|ihr)|"
    r"vous\s+(?:rencontrerez|allez\s+rencontrer)|tu\s+(?:rencontreras|vas\s+rencontrer)|"
    r"(?:se\s+reunirá|te\s+reunirás|hablará|hablarás)\s+con|conocerás?\s+a|"
    r"(?:vai|irá|vais)\s+(?:conhecer|(?:se\s+)?reunir(?:-s[et])?\s+com|falar\s+com)|"
    r"incontrer(?:à|ai)|parler(?:à|ai)\s+con|(?:u|je)\s+(?:ontmoet|spreekt?\s+met))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!\b[^\W\d_])(?<!\b[^\W\d_]{2})[.!?](?:\s|$)")  # "Dr. Lee" goes on
_MOST_ANNOUNCEMENTS = 20
_ONE_ANNOUNCEMENT = 300  # characters in which the people follow


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of something in a calendar when it is judged."""

    title: str
    text: str
    hosts: frozenset[str] = frozenset()
    is_all_day: bool = False
    repeats: bool = False
    me: frozenset[str] = frozenset()


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
    if is_visit(title, hosts):
        return True
    return bool(pattern("interview", "weak").search(title)) and any(
        is_title(part) for part in _parts(title)[1:]
    )


def announces_somebody(text: str, me: frozenset[str] = frozenset()) -> bool:
    """Say whether a text tells its reader whom they will meet, by name and job title, and is about nothing ordinary.

    Of a text that somebody pasted this is an invitation, whatever it calls itself; a mailbox is full of such lines.
    """
    if _is_ordinary(text) or label_of("false_friend", "why", text):
        return False
    announced = islice(_YOU_WILL_MEET.finditer(text), _MOST_ANNOUNCEMENTS)
    told = (text[said.end() : said.end() + _ONE_ANNOUNCEMENT] for said in announced)
    return any(one.title for words in told for one in mentions(_SENTENCE_END.split(words)[0], me))


def _is_ordinary(title: str) -> bool:
    return label_of("ordinary", "why", title) is not None


def _parts(title: str) -> list[str]:
    return [part.strip() for part in re.split(r"\s[–—|/-]\s|[:()]|<>", title) if part.strip()]


def reason_against(evidence: Evidence) -> str:
    """Give the sentence why this is no interview by its own words and times, or an empty text when it may be one."""
    title = evidence.title
    if why := _reason_by_title(title, evidence.me):
        return why
    strong = pattern("interview", "strong").search(title) is not None
    ordinary = label_of("ordinary", "why", title)
    if ordinary and not strong:
        return ordinary
    if evidence.is_all_day and not strong:
        return _WHOLE_DAY
    if evidence.repeats:
        return "It repeats; an interview happens once."
    if speaks_of_interview(title, evidence.text, evidence.hosts) or _is_pair(title, evidence.me):
        return ""
    return NOTHING


def _reason_by_title(title: str, me: frozenset[str]) -> str:
    """Give the sentence why a title that reads like an interview is none of the reader's."""
    if false_friend := label_of("false_friend", "why", title):
        return false_friend
    is_another_s = pattern("interview", "others").search(title) and not names_me(title, me)
    return _AMONG_INTERVIEWERS if is_another_s else ""


def names_me(title: str, me: frozenset[str]) -> bool:
    """Say whether a title names the reader, in full or by the given name."""
    words = key(title).split()
    return any(key(name).split()[:1] and key(name).split()[0] in words for name in me)


def _is_pair(title: str, me: frozenset[str]) -> bool:
    """Say whether a title sets a company beside the reader: "Intro call: Acme <> Alex"."""
    sides = _PAIR.split(title)
    if len(sides) == 1 or not pattern("interview", "weak").search(title):
        return False
    return names_me(sides[-1], me) != names_me(sides[0], me)


def reason_against_company(people: int, strangers: int, *, is_all_day: bool, has_subject: bool) -> str:
    """Give the sentence why those present make it no interview, or an empty text.

    `people` is who can be met; `strangers` counts lists, rooms and tools, which show that somebody else sent it;
    `has_subject` is true when an organisation is named, so that an own entry of the reader's is an interview, too.
    """
    if is_all_day and not people:
        return _WHOLE_DAY
    if people > CROWD:
        return f"It has {people} people in it; that is an event, not an interview."
    return "" if people or strangers or has_subject else _NOTE_TO_SELF
