"""Lines of words on a card: a name, what somebody does, where."""

from __future__ import annotations

import re

from rapport.importers.photographs import words
from rapport.importers.text.names import cleaned, is_name, without_honorific
from rapport.importers.text.prose import is_title
from rapport.importers.text.words import listed

_EASTERN_NAME = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,4}[ \u3000]?[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,4}"
)
_ELIDED = re.compile(r"(?<!\w)[dl]['’](?=[^\W\d_a-z])")  # d'Aubigné
_SHORTEST, _LONGEST = 2, 6  # signs of a name of the east
_MOST_WORDS = 7  # of an organisation's name


def name_in(text: str) -> str:
    """Give the name of a person in a line, without degrees and what stands after a comma; "" when it names nobody."""
    if _is_eastern(text):
        return text
    bare = _without_degrees(text)
    name, _ = cleaned(bare)
    name = _without_degrees(name)
    if not is_name(_ELIDED.sub("", name)) or reads_as_title(name) or is_organisation(name):
        return ""
    plain = without_honorific(name)
    return plain.title() if plain.isupper() else plain


def is_whole_name(text: str) -> bool:
    """Say whether a line is a name alone, degrees apart."""
    return is_name(_without_degrees(text).replace(",", ""))


def reads_as_title(text: str) -> bool:
    """Say whether a line tells what somebody does."""
    found = words.pattern("titles", "words").search(text) is not None
    return is_title(text) or (found and len(text.split()) <= _MOST_WORDS)


def is_organisation(text: str) -> bool:
    """Say whether a line names an organisation, by a word that only their names have; "Software Engineer" does not."""
    parts = [part.strip(",()").lower() for part in text.split()]
    if not parts or len(parts) > _MOST_WORDS:
        return False
    if reads_as_title(text) and parts[-1] not in words.listed("organisations", "legal"):
        return False
    forms = listed("names", "organisation") | words.listed("organisations", "words")
    eastern = [word for word in words.listed("organisations", "words") if word[0] >= "\u2e80"]
    return any(part in forms for part in parts) or any(word in text for word in eastern)


def is_department(text: str) -> bool:
    """Say whether a line names a part of an organisation."""
    first = text.split(maxsplit=1)[0].strip(":").lower()
    return first in words.listed("organisations", "departments") and not reads_as_title(text)


def _is_eastern(text: str) -> bool:
    """Two to six signs of an eastern script, which are neither a title nor a company."""
    bare = text.replace(" ", "").replace("\u3000", "")
    return (
        _SHORTEST <= len(bare) <= _LONGEST
        and _EASTERN_NAME.fullmatch(text) is not None
        and not reads_as_title(text)
        and not is_organisation(text)
    )


def _without_degrees(text: str) -> str:
    degrees = words.listed("names", "degrees")
    kept = [
        word
        for word in text.split()
        if word.strip(",()").lower() not in degrees and word.lower() not in degrees
    ]
    return " ".join(kept).strip(" ,")
