"""Organisations named beyond doubt: by the form of a name, by a mail domain, by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapport.importers.text.hosts import is_company, label
from rapport.importers.text.names import folded, is_name_word, is_same, key
from rapport.importers.text.words import listed, pattern

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
_INTERVIEW_WITH = re.compile(
    r"\b(?:interview\w*|\w*gespräch\w*|entretien|entrevista|colloquio|gesprek)\s+(?:with|mit|avec|con|com|met)\s+"
    r"(?:(?:the|der|die|dem|la|le|el|il|o|a|de)\s+|l['’])?$",
    re.IGNORECASE,
)
_LITTLE = frozenset(
    {"of", "the", "and", "und", "et", "y", "e", "de", "du", "di", "del", "da", "do", "des", "van", "von"}
)
_JOINT = rf"(?:(?:{'|'.join(sorted(_LITTLE))}|&)\s){{0,2}}"
_RUN = rf"{_WORD}(?:\s{_JOINT}{_WORD}){{1,4}}"
_PLACED = re.compile(
    rf"(?:\s(?P<placed>(?:[Aa]t|[Ww]ith|[Bb]ei|[Mm]it|[Cc]hez|[Aa]vec|[Cc]o[mn]|[Mm]et|[Bb]ij|[Pp]resso)\s+|@\s*)"
    rf"(?:(?:the|der|die|dem|la|le|el|il|o|a|de)\s+|l['’])?|\s[–—|-]\s|:\s)(?P<name>{_RUN})",
)
_FIRST = re.compile(rf"(?P<placed>(?!))?(?P<name>{_RUN})")
_BEGUN = re.compile(rf"(?:{_WORD}\s){{1,2}}$")
_SHORT_LABEL = 3  # letters of a domain that fit too many words to be looked for anywhere
_LONGEST_TEXT = 20_000  # signs of a text that are searched for the name of its organisation
_BEGINNING = 3  # letters of a word that tell it; fewer are its initial
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
    addresses. A domain of the name's initials or one word of it fits people, too (gs.example, telekom.example): then
    the text must speak of an interview with it.
    """
    hosts = [host for host in hosts if is_company(host)]
    if _fits(name, hosts) or _is_called_house(name, text):
        return True
    return any(_is_interviewing(host, name, text) for host in hosts)


def named_at(host: str, text: str, people: Iterable[str] = ()) -> str | None:
    """Give the name of several words, as a text spells it, of which a company's domain was made, or None.

    It stands where an organisation's does: "interview with Bank of America" (bofa.example), "- Jane Street".
    """
    made = _made_of(host)
    for words, is_placed in _placed(text[:_LONGEST_TEXT]):
        for count in range(len(words), 1, -1):
            name = " ".join(words[:count])
            fits = _can_end(words[count - 1]) and _goes_with(made, name, is_placed=is_placed)
            if fits and not any(is_same(name, person) for person in people):
                return name
    return None


@lru_cache(maxsize=4)  # an invitation is asked for each of its domains
def _placed(text: str) -> tuple[tuple[list[str], bool], ...]:
    """Give the runs of words with capitals that stand where names do, and whether a word says that one is there."""
    first = _FIRST.match(text)
    found = [*([first] if first else ()), *_PLACED.finditer(text)]
    return tuple((match["name"].rstrip(".,'’-&").split(), match["placed"] is not None) for match in found)


def _made_of(host: str) -> str:
    return folded(label(host)).replace("-", "")


def _can_end(word: str) -> bool:
    return word.lower() not in _LITTLE and word != "&"


def _goes_with(made: str, name: str, *, is_placed: bool) -> bool:
    return "".join(key(name).split()) == made or _shortens(made, name, is_placed=is_placed)


def _shortens(made: str, name: str, *, is_placed: bool = True) -> bool:
    """Say whether the name in a domain is a name's last word, or made of the beginnings of its words.

    Few letters, or one word, fit much that is no name ("Global Marketing"): all words must then be a name's.
    """
    words = key(name).split()
    of_all = listed("names", "organisation")
    is_last = made == next((word for word in reversed(words) if word not in of_all), "")
    if not is_last and not _is_begun(made, words, is_loose=not of_all.isdisjoint(words)):
        return False
    if pattern("titles", "words").search(name):
        return False
    if not is_last and len(made) > _SHORT_LABEL:
        return True
    return is_placed and all(
        is_name_word(word) or word.lower() in of_all or not _can_end(word) for word in name.split()
    )


def _is_begun(made: str, words: list[str], *, is_loose: bool) -> bool:
    """Say whether letters are the beginnings of words in turn: an initial, three letters and more, or the word.

    Words every organisation may have can be left out; beside one of them a name is no person's, and any beginning does.
    """
    if not words:
        return not made or made == "co"
    word, *rest = words
    is_left_out = word in _LITTLE or word in listed("names", "organisation")
    lengths = range(0 if is_left_out else 1, len(word) + 1)
    return any(
        made.startswith(word[:length]) and _is_begun(made[length:], rest, is_loose=is_loose)
        for length in lengths
        if is_loose or length <= 1 or length >= _BEGINNING or length == len(word)
    )


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


def _is_interviewing(host: str, name: str, text: str) -> bool:
    """Say whether a text speaks of an interview with a name that a domain shortens, or with one that ends in it."""
    for place in re.finditer(re.escape(name), text):
        before = text[max(0, place.start() - _LONGEST_BEFORE) : place.start()]
        begins = _BEGUN.search(before)
        start = begins.start() if begins else len(before)
        if _INTERVIEW_WITH.search(before[:start]) and _shortens(_made_of(host), before[start:] + name):
            return True
    return False


def _is_group(word: str) -> bool:
    return word.lower() == "team" or (word[0].isupper() and word.lower() in listed("names", "organisation"))
