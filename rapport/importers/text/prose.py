"""People, titles and roles as sentences state them: "You will meet Dana Lee, VP Engineering"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time
from functools import cache

from rapport.importers.text.names import is_name, is_name_word, is_same, without_honorific
from rapport.importers.text.roles import role_held
from rapport.importers.text.words import labelled, listed, pattern

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_PARTICLE = r"(?:de|da|do|dos|das|di|del|della|der|den|van|von|vom|zu|la|le|du|des|bin|ibn|al|el|ter|ten|y)"
_NAME_WORD = rf"(?<![\w'’\-]){_CAPITAL}[\w'’\-]{{0,30}}(?![\w'’\-])(?:\.(?=\s))?"
NAME = rf"{_NAME_WORD}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,3}}{_NAME_WORD}){{1,3}}"
_TITLE_END = r"(?=[.;!?\n()\[\]|•·]|$|\s[–—-]\s|\s+(?:at|on|from|who|and|und|et|y|e|for|to|will|about|via|über|um)\s|,)"
_AFTER = re.compile(
    rf"(?P<name>{NAME})(?:\s*\((?P<bracket>[^()\n]{{2,80}})\)|"
    rf"\s*(?:,|\s[–—|-]|:)\s*(?:our|the|unser[e]?|notre)?\s*(?P<title>[^\n,.;()|]{{2,60}}?){_TITLE_END})",
)
_BEFORE = re.compile(
    rf"(?:\b(?:our|your|the|unser\w*|unsere\w*|notre|nuestr[oa]|il nostro|with)\s+)"
    rf"(?P<title>(?:(?!\b(?:with|me|our|your|the)\b)[\w&/ \-]){{2,50}}?),?\s+(?P<name>{NAME})",
)
_TRIGGER = re.compile(
    r"(?:\b(?:(?:meet|meeting)(?: with)?|speak(?:ing)? (?:with|to)|talk(?:ing)? (?:with|to)|chat(?:ting)? with|"
    r"interview(?:ing)? with|interviewed by|call (?:with|from)|screen with|screening with|"
    r"conversation with|time with|session with|joined by|hosted by|"
    r"gespräch mit|interview mit|treffen|termin mit|sprechen mit|entretien avec|avec|"
    r"entrevista con|con|colloquio con|entrevista com|met)\b|"
    r"^\W*(?:interviewer\(?s?\)?|panel(?:ists?)?|participants?|attendees|interview panel|"
    r"you(?:'|’)?ll (?:be )?meet(?:ing)?(?: with)?|who you(?:'|’)?ll meet|"
    r"host|gesprächspartner(?:in|innen)?|teilnehmer|with|mit))\s*:?\s*",
    re.IGNORECASE | re.MULTILINE,
)
_HOUR = r"\d{1,2}(?:[:.h]\d{2}\s*(?:[AaPp]\.?[Mm]\.?)?|\s*[AaPp]\.?[Mm]\.?)"
_RANGE = re.compile(rf"{_HOUR}\s*(?:[–—-]|to|bis)\s*{_HOUR}")
_FEWEST_HOURS = 2
_BULLET = re.compile(
    rf"^\s*(?:[-*•·–◦]\s*|\d{{1,2}}[.)]\s+)?"
    rf"(?P<times>(?:{_HOUR}(?:\s*(?:[–—-]|to|bis)\s*{_HOUR})?)?)\s*[:|,–—-]?\s*"
    rf"(?:[\w /]{{2,40}}?\s(?:with|mit|avec|con|com)\s+)?(?P<name>{NAME})\s*(?P<rest>.*)$",
)
_BULLET_MARK = re.compile(r"^\s*(?:[-*•·–◦]\s*|\d{1,2}[.)]\s+|\d{1,2}[:.h]\d{2})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:,\s*(?:and|und|et|y|e)\s+|,|;|\s(?:and|und|et|y|e)\s|&|/|\+)\s*")
_ARTICLE = re.compile(r"^(?:our|your|the|an?|unser\w*|notre|nuestr[oa])\s+", re.IGNORECASE)
_OF = (
    r",?\s+(?:from|of|in|aus|von|vom|der|de|del|des|du|da|do|dei)\s+"
    r"(?:(?:our|the|der|dem|unserer?|la|el|service)\s+){0,2}"
)
_MOST_TITLE_WORDS = 8
TEXT_LIMIT = 20_000  # characters of one text that are searched for people
_MOST_PEOPLE = 40


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a text, with what the text says they are, and when if a line of an agenda says so."""

    name: str
    title: str | None = None
    role: str | None = None
    at: time | None = None


def is_title(text: str) -> bool:
    """Say whether a text reads like a job title: a few words, one of which titles are made of."""
    words = text.split()
    if not 0 < len(words) <= _MOST_TITLE_WORDS or "@" in text or "://" in text:
        return False
    return pattern("titles", "words").search(text) is not None


def role_of(title: str | None) -> str | None:
    """Give the value of the fact `role` that a job title stands for, or None when it cannot be told."""
    return role_held(title) if title else None


def mentions(text: str, me: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
    """Give the people a text says one will meet, each once, without the reader themself (`me`: their names)."""
    text = text[:TEXT_LIMIT]
    found: dict[str, Mention] = {}
    for mention in (found for at, block in _by_hour(text) for found in _met_at(block, at)):
        name = without_honorific(mention.name)
        if any(is_same(name, mine) for mine in me):
            continue
        known = next((other for other in found if is_same(other, name)), None)
        if known is None and len(found) < _MOST_PEOPLE:
            found[name] = Mention(name, mention.title, mention.role, mention.at)
        elif known is not None:
            found[known] = _together(found[known], mention)
    return tuple(found.values())


def _met_at(block: str, at: time | None) -> list[Mention]:
    said = (*_agenda(block), *_titled(block), *_of_departments(block), *_announced(block))
    return [replace(mention, at=mention.at or at) for mention in said]


def _by_hour(text: str) -> list[tuple[time | None, str]]:
    """Part a schedule ("10:00 – 10:45", names below it) into blocks with the hour each begins.

    An hour holds for its own paragraph; one alone is the meeting's own, and no schedule.
    """
    lines = text.splitlines()
    hours = [match and _clock(match[0]) for match in map(_RANGE.search, lines)]
    if len({hour for hour in hours if hour}) < _FEWEST_HOURS:
        return [(None, text)]
    blocks: list[tuple[time | None, list[str]]] = [(None, [])]
    for line, hour in zip(lines, hours, strict=True):
        if hour:
            blocks.append((hour, [line]))
        elif not line.strip() and len(blocks[-1][1]) > 1:
            blocks.append((None, [line]))
        else:
            blocks[-1][1].append(line)
    return [(hour, "\n".join(block)) for hour, block in blocks]


def _together(one: Mention, other: Mention) -> Mention:
    title = one.title or other.title
    return Mention(one.name, title, one.role or other.role, one.at or other.at)


def _made(name: str, title: str | None, *, role: str | None = None, at: time | None = None) -> Mention | None:
    name = " ".join(name.split()).strip(" ,.-")
    if not is_name(name):
        return None
    if title is not None:
        title = _ARTICLE.sub("", " ".join(title.split()).strip(" ,.;:-–—|"))
        title = title if is_title(title) and not is_name(title) else None
    return Mention(without_honorific(name), title, role or role_of(title), at)


def _trimmed(name: str) -> str:
    """Drop words at either end that no name has: "Meet Dana Lee" is Dana Lee."""
    words = name.split()
    while words and not (is_name_word(words[0]) or words[0].lower() in listed("names", "honorifics")):
        words.pop(0)
    while words and not is_name_word(words[-1]):
        words.pop()
    return " ".join(words)


def _titled(text: str) -> list[Mention]:
    found = []
    for match in _AFTER.finditer(text):
        title = match["bracket"] or match["title"]
        if not is_title(title):
            continue
        sentence = re.split(r"[.;\n]", text[match.end() : match.end() + 40])[0]
        manager = re.match(
            r"\s*(?:,|and|&|\()?\s*(?:and\s+)?(?:the\s+|your\s+|our\s+)?hiring manager",
            sentence,
            re.IGNORECASE,
        )
        mention = _made(_trimmed(match["name"]), title, role="hiring_manager" if manager else None)
        if mention:
            found.append(mention)
    found += [
        mention
        for match in _BEFORE.finditer(text)
        if is_title(match["title"]) and (mention := _made(_trimmed(match["name"]), match["title"]))
    ]
    return found


@cache
def _departments() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give how people of each department are named: "with Tom from HR", "and Tom Chu from HR"."""
    lone = rf"\b(?:with|mit|avec|con|com|meet|and|und|et|y|e)\s+(?P<lone>{_NAME_WORD})"
    return tuple(
        (re.compile(rf"(?:(?P<name>{NAME})|{lone}){_OF}(?i:{entry.pattern.pattern})"), entry.label)
        for entry in labelled("department", "is")
    )


def _of_departments(text: str) -> list[Mention]:
    """Read the role of people whose department is told rather than their title: "Tom Chu from HR"."""
    found = []
    for expression, role in _departments():
        for match in expression.finditer(text):
            name = _trimmed(match["name"] or match["lone"])
            if name and all(is_name_word(word) for word in name.split()):
                found.append(Mention(without_honorific(name), None, role))
    return found


def _announced(text: str) -> list[Mention]:
    """Read lists of names after "you will meet", "Interviewers:" and kin."""
    found = []
    for trigger in _TRIGGER.finditer(text):
        rest = re.split(r"[\n;]|\.\s|\.$", text[trigger.end() : trigger.end() + 400])[0]
        for part in _JOINT.split(re.sub(r"\([^()]*\)", " ", rest)):
            match = re.match(rf"(?:(?:our|the|your)\s+)?(?P<name>{NAME})", part.strip())
            mention = _made(_trimmed(match["name"]), None) if match else None
            if mention:
                found.append(mention)
            elif not is_title(part):
                break
    return found


def _agenda(text: str) -> list[Mention]:
    """Read bullet lists and agendas: "- 10:00–10:45 Dana Lee (VP Engineering)"."""
    found = []
    under_header = False
    for line in text.splitlines():
        if not line.strip():
            continue
        is_header = line.rstrip().endswith(":") and _TRIGGER.search(line) is not None
        match = _BULLET.match(line[:300])
        if match and (under_header or _BULLET_MARK.match(line)):
            name = _trimmed(match["name"])
            title = _title_beside(match["rest"])
            mention = _made(name, title, at=_clock(match["times"]))
            if mention:
                found.append(mention)
                continue
        under_header = is_header or (under_header and bool(_BULLET_MARK.match(line)))
    return found


def _title_beside(rest: str) -> str | None:
    bracket = re.match(r"\s*\(([^()]{2,80})\)", rest)
    if bracket:
        return bracket[1]
    rest = re.sub(r"^\s*[,:|–—-]+\s*", "", rest)
    title = re.split(r"\s[–—|-]\s|[|;.(]|https?://|\s\d", rest)[0]
    return title if title.strip() else None


def _clock(text: str) -> time | None:
    match = _CLOCK.match(text.strip())
    if match is None:
        return None
    hour = int(match[1])
    if match[3]:
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    try:
        return time(hour, int(match[2] or 0))
    except ValueError:
        return None
