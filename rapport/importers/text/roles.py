"""The part somebody plays, told from a title by its head noun: not by whom they assist, nor by what they build."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapport.importers.text.words import labelled, pattern

_WHOM = re.compile(r"(?<![\w-])(?:to|supporting|assisting|auprès)(?![\w-])[^,;|()]*", re.IGNORECASE)
_PART = re.compile(
    r"\s*[,;:|/()·•]\s*|\s[–—-]\s|\s(?:for|für|pour|para|per|voor)\s(?=\S)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*[&+]\s*|\s(?:and|und|et|y|e|en)\s", re.IGNORECASE)
_OF = re.compile(
    r"\s(?:of|de|du|des|del|della|dello|dei|do|da|dos|das|der|dem|von|vom|van|im|in|at|bei)\s|\sd['’]|\sdell['’]",
    re.IGNORECASE,
)
_VICE = re.compile(r"vp|vice[\s\-]+president", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Part:
    """One title of several ("Founder & CTO"), or the department beside it ("Director, Human Resources")."""

    text: str

    @property
    def lead(self) -> str:
        """The part without what it is of: "Office of the CTO" is an office."""
        match = _OF.search(self.text)
        return self.text[: match.start()] if match else self.text

    @property
    def is_title(self) -> bool:
        """Whether it says what somebody is, and not only where they belong."""
        return names_somebody(self.text)

    @property
    def is_trade(self) -> bool:
        """Whether its head is a trade of its own: an engineer for recruiting is an engineer."""
        lead = len(self.lead)
        heads = [match for word in _people() for match in word.finditer(self.text) if match.start() < lead]
        last = max(heads, key=lambda match: (match.end(), match.end() - match.start()), default=None)
        return last is not None and last.re is pattern("titles", "trades")

    @property
    def is_bare(self) -> bool:
        """Whether it names a rank alone, so that what follows says of what: "Senior Manager"."""
        rest = self.text
        for word in (*_people(), pattern("titles", "ranks")):
            rest = word.sub(" ", rest)
        return _LETTER.search(rest) is None


@lru_cache(maxsize=1024)  # the same few people come again and again
def role_held(title: str) -> str | None:
    """Give the value of the fact `role` that a job title stands for, or None when it cannot be told.

    In English and German the head noun ends a title, in Romance languages it begins one; either way what stands
    after "to" or "of" belongs to somebody else. In banks a vice president is a middle grade.
    """
    if not any(entry.pattern.search(title) for entry in labelled("role", "is")):
        return None  # of most titles no word tells anything
    held = _WHOM.sub(" ", title)
    parts = _parts(held)
    belongs = _belonging(parts)
    for entry in labelled("role", "is"):
        if entry.label == "executive":
            found = _leads(title, parts)
        elif entry.label in {"recruiter", "hr"}:
            found = any(_is_of(entry.pattern, said) for said in belongs)
        else:
            found = entry.pattern.search(held) is not None
        if found:
            return entry.label
    return None


@cache
def _people() -> tuple[re.Pattern[str], ...]:
    """Give the words for what somebody is: trades, ranks of any department, assistants, executives."""
    return (*(pattern("titles", key) for key in ("trades", "heads", "assistants")), _executives())


@cache
def _executives() -> re.Pattern[str]:
    return next(entry.pattern for entry in labelled("role", "is") if entry.label == "executive")


def names_somebody(text: str) -> bool:
    """Say whether a text has a word for what one person is: "Hiring Manager", not "Hiring Committee"."""
    return any(word.search(text) for word in _people())


def _parts(text: str) -> list[_Part]:
    return [_Part(piece) for part in _PART.split(text) if part.strip() for piece in _pieces(part.strip())]


def _pieces(part: str) -> Iterator[str]:
    """Part two titles of one person; "People & Culture" and "HR & Recruiting Manager" stay whole."""
    begin = 0
    for joint in _JOINT.finditer(part):
        if names_somebody(part[begin : joint.start()]) and names_somebody(part[joint.end() :]):
            yield part[begin : joint.start()]
            begin = joint.end()
    yield part[begin:]


def _belonging(parts: list[_Part]) -> list[str]:
    """Give what tells the department somebody works in: their titles, and what stands beside a mere rank."""
    said: list[str] = []
    before: _Part | None = None
    for part in parts:
        if part.is_title:
            before = part
            if not part.is_trade:
                said.append(part.text)
        elif (before is None and not said) or (before is not None and before.is_bare and not before.is_trade):
            said.append(part.text)
    return said


def _is_of(department: re.Pattern[str], said: str) -> bool:
    """Say whether words name a department, rather than its tools: "HR Systems" is none."""
    things = pattern("titles", "things")
    return any(not things.match(said, match.end() + 1) for match in department.finditer(said))


def _leads(title: str, parts: list[_Part]) -> bool:
    """Say whether one of the titles is an executive's; whoever assists somebody is none."""
    if pattern("titles", "assistants").search(title):
        return False
    return any(_is_executive(part, parts) for part in parts)


def _is_executive(part: _Part, parts: list[_Part]) -> bool:
    match = _executives().search(part.lead)
    if match is None or _ends_in_another(part.lead, match.end()):
        return False
    if _VICE.search(match[0]) is None:
        return True
    # as banks write it: the grade alone, or before what they really are
    is_grade = _VICE.fullmatch(part.text) is not None and all(other.is_title for other in parts)
    return not is_grade and not any(pattern("titles", "finance").search(other.text) for other in parts)


def _ends_in_another(lead: str, begin: int) -> bool:
    """Say whether another noun is the head: the adviser of "CEO Adviser", the engineer of "VP Software Engineer"."""
    rest = lead.rstrip()
    words = (*_people(), pattern("titles", "circles"))
    return any(match.end() == len(rest) for word in words for match in word.finditer(rest, begin))
