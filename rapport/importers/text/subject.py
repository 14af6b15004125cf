"""What an interview is about: the organisation, the job, the names in its title, and its street."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rapport.importers.text.hosts import domain, is_company, label, organisation
from rapport.importers.text.houses import house_in, named_at
from rapport.importers.text.names import folded, is_name, is_name_word, is_same
from rapport.importers.text.plain import one_line
from rapport.importers.text.prose import NAME, is_title
from rapport.importers.text.words import listed, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPLIT = re.compile(
    r"\s*(?:<>|<->|<|>|↔|⇄|\||:|/|·|\s[–—x&-]\s|\s@\s|[()\[\]])\s*|\s+(?:and|und|et|y|with|mit|avec|con|com)\s+",
)
_CAPITAL_WORD = r"(?<!\w)[^\W\d_a-z][\w&.'’\-]{0,40}"
_AT = re.compile(
    rf"\b(?:at|bei|chez|@)\s+(?:the\s+)?(?P<name>{_CAPITAL_WORD}(?:\s(?:&\s)?{_CAPITAL_WORD}){{0,3}})",
)
_INTERVIEW_AT = re.compile(
    rf"\b(?i:interview\w*|role|position|job|gespräch|entretien|entrevista|colloquio|opportunity|"
    rf"team|stelle|screen)\s+"
    rf"(?i:at|bei|chez|en|presso|with)\s+(?i:(?:the|der|dem|la)\s+)?"
    rf"(?P<name>(?>{_CAPITAL_WORD}(?:\s(?:&\s)?{_CAPITAL_WORD}){{0,3}}))(?!\s+(?:@|at|bei|chez)\s)",
)
_BESIDE = re.compile(rf"(?:<>|<->|↔|⇄|\s@\s)\s*(?P<name>{_CAPITAL_WORD}(?:\s{_CAPITAL_WORD}){{0,2}})")
_BEFORE = re.compile(rf"^(?P<name>{_CAPITAL_WORD}(?:\s{_CAPITAL_WORD}){{0,2}})\s*(?:<>|<->|↔|⇄)")
_LAST = re.compile(rf"\s[–—-]\s(?P<name>{_CAPITAL_WORD}(?:\s{_CAPITAL_WORD}){{0,2}})\s*(?:\([^()]*\))?$")
_WITH = re.compile(
    rf"(?:\b(?:with|mit|avec|con|com)|\bw/)\s*(?P<name>{NAME})(?=\s+[–—-]\s|\s*[(,]|\s+(?:at|from|bei|of|von|de)\s)",
)
_PAIR_LEFT = re.compile(rf"(?P<name>{NAME})\s*(?:<>|<->|↔|⇄)\s*(?P<right>[^()|:/\n]+)")
_AND = re.compile(rf"(?P<left>{NAME})\s+(?:and|und|et|y|e|&|with|x|<>|/)\s+(?P<right>{NAME})$")
_HOUSE = re.compile(
    rf"^(?P<name>{_CAPITAL_WORD}(?:\s{_CAPITAL_WORD}){{0,2}}?)\s+"
    rf"(?i:(?:phone|video|onsite|technical)\s+)?(?i:interview|screening|phone screen)\b",
)
_JOB = (
    re.compile(
        r"\b(?:for|about|regarding|discuss)\s+(?:the|our|a|an)?\s*(?:role|position|job|post)\s+(?:of|as)\s+(?:an?\s+|the\s+)?"
        r"(?P<job>[^\n.,;:()]{3,60}?)(?=\s+(?:at|with|in|on|bei)\b|[\n.,;:()]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:for|about|regarding|discuss)\s+(?:the|our|a|an)\s+"
        r"(?P<job>[^\n.,;:()]{3,60}?)\s+(?:role|position|job|opening|vacancy|opportunity)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bals\s+(?P<job>[^\n.,;:]{3,60}?)(?=\s+(?:bei|am)\b|[\n.,;:]|$)"),
    re.compile(r"\b(?:position|stelle|poste|role)\s*:\s*(?P<job>[^\n,;:]{3,60})", re.IGNORECASE),
    re.compile(
        r"\binterview\s+for\s+(?:the\s+|a\s+)?"
        r"(?P<job>[^\n.,;:()]{3,60}?)(?=\s+(?:at|with|in|on|role|position)\b|\s[–—|-]\s|[\n.,;:()]|$)",
        re.IGNORECASE,
    ),
)
_JOB_INTERVIEW = re.compile(
    r"^(?P<job>.{3,60}?)\s+(?:role\s+)?(?:phone\s+|video\s+|onsite\s+|technical\s+|final\s+|panel\s+)*interview\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\b(?:head|director|vp|manager|lead|engineer|chief)\b\s*(?:of|,|for|\()|^(?:vp|svp|director)\b",
    re.IGNORECASE,
)
_SENIORITY = re.compile(r"^(?:an?|the|our|your)\s+", re.IGNORECASE)
_TOWN = r"(?:,\s*(?:\d{4,5}\s+)?[^\W\d_a-z][\w.'’\-]+(?:[ ][^\W\d_a-z][\w.'’\-]+)*(?:,\s*[A-Z]{2}\b(?:\s+\d{5})?)?)?"
_STREETS = (
    re.compile(
        rf"\b\d{{1,5}}[A-Za-z]?\s+(?:{_CAPITAL_WORD}\s+){{1,4}}"
        rf"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Square|Boulevard|Blvd|Drive|Way|Place|Plaza|Court)\b\.?{_TOWN}",
    ),
    re.compile(
        rf"\b(?:[^\W\d_a-z]\w{{0,30}}[ -]){{0,3}}\w{{0,30}}"
        rf"(?:[Ss]traße|[Ss]trasse|[Ss]tr\.|[Pp]latz|[Aa]llee|[Ww]eg|[Gg]asse|[Uu]fer)"
        rf"\s+\d{{1,4}}[a-z]?\b{_TOWN}",
    ),
    re.compile(
        rf"\b\d{{1,4}}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|boulevard|place|quai|cours|allée)\s+[^\n,.;()]{{3,50}}{_TOWN}",
    ),
    re.compile(
        rf"\b(?:[Cc]alle|[Aa]venida|[Pp]laza|[Pp]aseo|[Rr]ua|[Pp]raça|[Vv]ia|[Pp]iazza|[Cc]orso)\s+"
        rf"(?:(?:de|del|da|do|dos|di|la)\s+)*{_CAPITAL_WORD}[^\n,.;()]{{0,40}},?\s+\d{{1,4}}\b{_TOWN}",
    ),
)


def segments(title: str) -> list[str]:
    """Split a title where its separators are: "Phone screen with Dana Lee - Initech" has three parts."""
    return [part.strip(" ,.-–") for part in _SPLIT.split(title) if part.strip(" ,.-–")]


def names_in(title: str, me: frozenset[str]) -> list[str]:
    """Give the people named in a title beyond doubt, without the reader.

    Companies write the candidate's own name into it ("Interview: Jane Doe <> Initech"), and a company's name of
    two words looks like a person's. Somebody to meet stands after "with" and before the company, or
    beside the reader's name.
    """
    found = [match["name"] for match in _WITH.finditer(title)]
    if me:
        found += [match["name"] for match in _PAIR_LEFT.finditer(title) if not is_name(match["right"])]
        for match in _AND.finditer(title):
            pair = (match["left"], match["right"])
            found += [name for name in pair if any(is_same(other, mine) for other in pair for mine in me)]
    names: list[str] = []
    for name in found:
        trimmed = " ".join(word for word in name.split() if is_name_word(word) or word.islower())
        if is_name(trimmed) and not any(is_same(trimmed, other) for other in (*me, *names)):
            names.append(trimmed)
    return names


def organisation_of(
    addresses: Iterable[str],
    title: str,
    text: str,
    names: Iterable[str],
    makers: Iterable[str] = (),
) -> str | None:
    """Give the organisation: as title or text say ("interview at Initech"), else by the addresses' company domain.

    `makers` are display names of shared mailboxes ("Initech Recruiting").
    """
    makers = tuple(makers)
    domains = Counter(host for address in addresses if is_company(host := domain(address)))
    people = tuple(names)
    said = house_in(title) or _said(title, text, people)
    if not domains and not said:
        house = _HOUSE.search(title)
        name = _tidy(house["name"], people) if house else None
        return (
            name
            if name and (name in text or any(folded(name) in folded(maker) for maker in makers))
            else _of_makers(makers)
        )
    maker = _of_makers(makers)
    if maker and not domains and folded(maker) in folded(title):
        return maker
    return _of_domain(domains.most_common(1)[0][0], title, text, people, said) if domains else said


def _of_domain(host: str, title: str, text: str, people: tuple[str, ...], said: str | None) -> str:
    """Give the name that goes with a company's domain, unless the words name another organisation outright."""
    around = f"{title}\n\n{text}"  # "Your interview at Initech" does not go on with "Hi Alex"
    if spelled := named_at(host, around, people):
        return spelled
    titled = house_in(title)
    if titled and folded(label(host)).replace("-", "") not in folded(titled).replace(" ", ""):
        return titled
    if said and folded(label(host)).replace("-", "") not in folded(said).replace(" ", ""):
        explicit = _INTERVIEW_AT.search(around)
        if explicit and _tidy(explicit["name"], people) == said:
            return said
    return organisation(host, around)


def _of_makers(makers: tuple[str, ...]) -> str | None:
    """Give the organisation in "Initech Recruiting" or "Initech Talent Team"."""
    for maker in makers:
        words = maker.split()
        kept = words[: next((place for place, word in enumerate(words) if not is_name_word(word)), 0)]
        if kept and len(kept) < len(words):
            return " ".join(kept)
    return None


def _said(title: str, text: str, people: tuple[str, ...]) -> str | None:
    for expression, where in (
        (_INTERVIEW_AT, title), (_BESIDE, title), (_BEFORE, title), (_AT, title), (_LAST, title), (_INTERVIEW_AT, text),
    ):  # fmt: skip
        for match in expression.finditer(where):
            name = _tidy(match["name"], people)
            if name:
                return name
    return None


def _tidy(name: str, people: tuple[str, ...]) -> str | None:
    """Give a name of an organisation, or None for people, jobs, and words that begin sentences."""
    words = name.strip(" .,-").split()
    while (
        words
        and words[-1] != "Street"  # an address has a number: this is Jane Street, or State Street
        and words[-1].lower() in listed("names", "never")
        and words[-1].lower() not in listed("names", "organisation")
    ):
        words.pop()
    together = " ".join(words).rstrip(" .,-").removesuffix("'s").removesuffix("’s")
    if not together or words[0].lower() in listed("names", "never"):
        return None
    if any(is_same(together, person) or folded(together) in folded(person).split() for person in people):
        return None
    return together


def job_in(title: str, text: str) -> str | None:
    """Give the job one is interviewed for, as written, or None."""
    for expression in _JOB:
        for where in (title, text):
            for match in expression.finditer(where):
                if job := _job(match["job"]):
                    return job
    before = _JOB_INTERVIEW.search(title)
    parts = segments(before["job"]) if before else []
    if parts and (job := _job(parts[-1])):
        return job
    is_interview = pattern("interview", "strong").search(title) is not None
    jobs = [job for part in segments(title) if is_interview and (job := _job(part))]
    return jobs[0] if jobs else None


def _job(text: str) -> str | None:
    text = _SENIORITY.sub("", one_line(text)).strip(" ,.-–\"“”'")
    words = re.findall(r"\w+", text)
    if not words or not (pattern("titles", "words").fullmatch(words[-1]) or _LEADING.search(text)):
        return None
    if not is_title(text) or pattern("interview", "strong").search(text) or not text[:1].isupper():
        return None
    if text.lower() in {"hiring manager", "recruiter", "hr", "talent", "engineering"}:
        return None
    return text


def street_in(text: str) -> str:
    """Give the first address in a street that a text names, or an empty text."""
    found = (match for expression in _STREETS if (match := expression.search(text)))
    first = min(found, key=lambda match: match.start(), default=None)
    return " ".join(first[0].split()) if first else ""
