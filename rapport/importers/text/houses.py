"""Organisations named beyond doubt: by the form of a name, by a mail domain, by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapport.importers.text.hosts import is_company, label
from rapport.importers.text.names import folded, key
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

_AT = re.compile(
    r"(?:\bat|@|\b(?:interview|gespräch\w*|stelle|position|entretien|poste|entrevista|colloquio|vaga|gesprek)"
    r"\s+(?:bei|chez|en|presso|na|no|bij)|\b(?:team|équipe|equipo|equipe)\s+(?:of|von|de|da|do|di|van))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 40  # characters before a name that can say it is an organisation's
_NEXT = re.compile(r"\s+(?P<word>[\w.]+)(?!\s*-?\s*(?:[Ll]ead|[Mm]anager|[Mm]ember|[Ll]eiter))")
_FEWEST_WORDS = 2


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


def is_house(name: str, text: str, hosts: Iterable[str]) -> bool:
    """Say whether a name of several words is an organisation's: it fits a domain, or the text calls it so.

    A text does in "at Acme Widgets", "the Acme Widgets team" and "Acme Widgets Inc."; `hosts` are domains of its
    addresses.
    """
    return _fits(name, hosts) or _is_called_house(name, text)


def _fits(name: str, hosts: Iterable[str]) -> bool:
    """Say whether a domain was made of a name, all of it or its first words: Blue River Capital has blueriver.com."""
    words = key(name).split()
    starts = {"".join(words[:count]) for count in range(_FEWEST_WORDS, len(words) + 1)}
    return any(_is_made_of(label(host), starts, "".join(words)) and is_company(host) for host in hosts)


def _is_made_of(made: str, starts: set[str], whole: str) -> bool:
    made = folded(made).replace("-", "")
    form = made.removeprefix(whole) if whole else made
    return made in starts or (form != made and form in listed("names", "organisation"))


def _is_called_house(name: str, text: str) -> bool:
    begins = text.find(name)
    while begins >= 0:
        ends = begins + len(name)
        after = _NEXT.match(text, ends)
        if after and _is_group(after["word"]):
            return True
        is_whole = text[ends : ends + 1] not in {"'", "’", "-"}
        if is_whole and _AT.search(text[max(0, begins - _LONGEST_BEFORE) : begins]):
            return True
        begins = text.find(name, ends)
    return False


def _is_group(word: str) -> bool:
    return word.lower() == "team" or (word[0].isupper() and word.lower() in listed("names", "organisation"))
