"""Tidying what members and files say, so that it can stand inside a sentence."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapport.rules.drafts.lengths import cut, length

LONGEST_TOPIC = 70
LONGEST_NAME = 60

_REMEMBERED = 2048

_DROPPED = ("Cc", "Cf", "Cs", "Co", "Cn")
_KEPT = "\u200c\u200d"
_BRACKETED = re.compile(r"\s*[(\[{<][^()\[\]{}<>]*[)\]}>]")
_TALKED = re.compile(
    r"^(?:(?:we|i)\s+)?(?:talked|spoke|chatted|discussed|discussion|conversation|talk|chat)\b\s*(?:with \w+\s+)?"
    r"(?:about|on|of|over)?\s*:?\s+|^(?:about|re|topics?)\s*:?\s+",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"^(?:i|we|she|he|they|you|it|there|this|that|if|please|ask)\b|[.!?]\s", re.IGNORECASE)
_THEIRS = re.compile(r"^(?:their|her|his)\b", re.IGNORECASE)
_LOWERED = re.compile(
    r"^(?:A|An|The|How|Why|What|When|Where|Who|Whether|Our|Your|My|Their|More|Less|New|Old|On-call|Remote|Hiring|"
    r"Onboarding|Testing|Scaling|Moving|Building|Working|Running|Growing|Leading|Managing|Mentoring|Training|"
    r"Planning|Pricing|Shipping|Starting|Writing|Reading|Teaching|Learning|Dealing|Getting|Keeping|Making|Setting|"
    r"[A-Z][a-z]+(?:tion|sion|ment|ness|ance|ships?))\b(?=.)"
)
_BREAK = re.compile(
    r"\s*[,;:–—]\s|\s-\s|\s(?:which|because|so that|and how|and why|where|while|after|before)\s"
)
_TRAILING = re.compile(
    r"[\s,;:–—-]+(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|but|off|into|about|our|your|their|my|as|is|are|"
    r"that|which)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=_REMEMBERED)
def tidy(text: str) -> str:
    """One line, composed characters, single spaces, nothing invisible that could turn or break a line."""
    kept = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or character in _KEPT or unicodedata.category(character) not in _DROPPED
    )
    return " ".join(kept.split())


def has_letters(text: str) -> bool:
    """Whether there is anything to read aloud."""
    return any(character.isalnum() for character in text)


@lru_cache(maxsize=_REMEMBERED)
def label(text: str) -> str:
    """Strip a title or an organisation of its brackets ("(m/f/d)"); nothing when it is too long to say."""
    shown = _BRACKETED.sub("", tidy(text)).strip(" ,;:.-–—|/")
    if length(shown) > LONGEST_NAME or any(bracket in shown for bracket in "[]{}<>"):
        return ""
    return shown if has_letters(shown) else ""


@lru_cache(maxsize=_REMEMBERED)
def job(text: str) -> str:
    """Give a job's title as it stands before the word "role"."""
    return label(re.sub(r"\s+(?:role|position|job|vacancy|interview)$", "", label(text), flags=re.IGNORECASE))


@lru_cache(maxsize=_REMEMBERED)
def topic(text: str, longest: int = LONGEST_TOPIC) -> str:
    """Give a topic as it stands after "about", shortened at a break or a word; nothing for a sentence."""
    said = tidy(text).strip(" .,;:!?-–—*•·\"“”'")
    said = _BRACKETED.sub("", _TALKED.sub("", said)).strip()
    if not has_letters(said) or _SENTENCE.search(said) or any(bracket in said for bracket in "[]{}<>"):
        return ""
    said = _THEIRS.sub("your", said)
    if _LOWERED.match(said):
        said = said[0].lower() + said[1:]
    return shorten(said, longest)


def shorten(said: str, longest: int) -> str:
    """Keep a phrase within `longest`, ending at a natural break if possible, and on a word that can end it."""
    if length(said) <= longest:
        return said
    breaks = [found.start() for found in _BREAK.finditer(said) if length(said[: found.start()]) <= longest]
    short = said[: breaks[-1]] if breaks and breaks[-1] > longest // 3 else cut(said, longest)
    while (shorter := _TRAILING.sub("", short)) != short:
        short = shorter
    return short.rstrip(" .,;:!?–—-")


def topics(given: tuple[str, ...], longest: int = LONGEST_TOPIC) -> tuple[str, ...]:
    """Give the topics that can stand in a sentence, in order, each once."""
    return tuple(dict.fromkeys(said for text in given if (said := topic(text, longest))))


def both(said: tuple[str, ...], longest: int) -> str:
    """Join the first two topics, or give the first alone when both together would be long."""
    if len(said) > 1 and not any(" and " in one for one in said[:2]):
        joined = f"{said[0]} and {said[1]}"
        if length(joined) <= longest:
            return joined
    return said[0] if said else ""
