"""A text as words to be found by: in small letters, without accents, marks and punctuation, in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_SPECIAL = {
    **dict(zip("øłđħıðæœþ", ("o", "l", "d", "h", "i", "d", "ae", "oe", "th"), strict=True)),
    "ة": "ه",
    "ى": "ي",
    "ـ": "",
    **dict.fromkeys("'’ʼ‘`´", ""),
}
"""Letters that no decomposition makes plain; an apostrophe parts no word: O'Brien is obrien."""

_SPOKEN_MARKS = 10
"""Combining classes below it are part of a letter (the voicing of kana, the dots and joints of Indic scripts)."""

_EASTERN = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}")


class _Letters(dict[int, str]):
    """What becomes of each letter, found out when it is first seen."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _letter(chr(code))
        return found


def _letter(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign in _SPECIAL:
        return _SPECIAL[sign]
    if unicodedata.combining(sign) >= _SPOKEN_MARKS or kind == "Cf":
        return ""
    return " " if kind[0] in "PZC" or kind in {"Sm", "Sc", "Sk"} else sign


_LETTERS = _Letters()


def folded(text: str) -> str:
    """Give a text in small letters without accents, a blank for all that is no letter, digit or pictogram."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return plain.casefold().translate(_LETTERS)


def words(text: str) -> list[str]:
    """Give the words of a text, folded."""
    return folded(text).split()


def spread(found: Iterable[str]) -> str:
    """Write words so that an index of threes finds any beginning of one, and any three letters in a row.

    Two blanks stand before each word, so that "  d" and " da" are threes as well. Where words are written without
    blanks, each further sign begins one, too: most names of East Asia are of two or three signs.
    """
    return "".join(f"  {word}" for word in _beginnings(found)) + "  "


def _beginnings(found: Iterable[str]) -> Iterator[str]:
    for word in found:
        yield word
        if not word.isascii():
            for run in _EASTERN.findall(word):
                yield from (run[place : place + 2] for place in range(1, len(run)))
