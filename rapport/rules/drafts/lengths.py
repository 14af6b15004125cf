"""Counting as sites count, and cutting where a reader would."""

from __future__ import annotations

import re
import unicodedata

_SENTENCE_END = re.compile(r"[.!?…。！？](?=\s)")
_JOINERS = "\u200d\ufe0e\ufe0f"
_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)
_DANGLING = re.compile(r"[\s,;:–—(\[{\"'“‘/&+-]+$")


def length(text: str) -> int:
    """Count in UTF-16 code units.

    That is what a browser counts for `maxlength` and what sites show. It is never less than the number of
    code points or of characters seen, so what fits by this count fits by any other.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def continues(before: str, after: str) -> bool:
    """Whether `after` is seen as one character with `before`: a mark, a joiner, a tone, half a flag."""
    return (
        unicodedata.category(after).startswith("M")
        or after in _JOINERS
        or before[-1:] == "\u200d"
        or ord(after) in _TONES
        or ord(after) in _TAGS
        or (ord(after) in _FLAGS and _flags_at_the_end(before) % 2 == 1)
        or _is_jamo_pair(before[-1:], after)
    )


def _flags_at_the_end(text: str) -> int:
    return len(text) - len(text.rstrip("".join(map(chr, _FLAGS))))


def _is_jamo_pair(before: str, after: str) -> bool:
    return (
        bool(before)
        and "\u1160" <= after <= "\u11ff"
        and ("\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3")
    )


def _longest_start(text: str, limit: int) -> str:
    """Give the longest beginning within `limit` that ends where a seen character ends."""
    used, end = 0, 0
    for position, character in enumerate(text):
        if not (position and continues(text[:position], character)):
            end = position
        used += length(character)
        if used > limit:
            return text[:end]
    return text


def cut(text: str, limit: int) -> str:
    """Keep a text within `limit`: whole, or up to a sentence's end, or to a word's, or to a character's."""
    if length(text) <= limit:
        return text
    start = _longest_start(text, max(limit, 0))
    ends = [found.end() for found in _SENTENCE_END.finditer(start + " ")]
    if ends and ends[-1] * 2 > len(start):
        return start[: ends[-1]]
    is_mid_word = not text[len(start)].isspace()
    by_word = start.rsplit(None, 1)[0] if is_mid_word and len(start.split()) > 1 else start
    return _DANGLING.sub("", by_word)
