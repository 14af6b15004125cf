"""What somebody types to find a person, as patterns of which each word has to fit one."""

from __future__ import annotations

import re
from typing import NamedTuple

import phonenumbers

from rapport.rules.finding.words import words

_LONGEST = 200
_MOST = 12
"""Letters and words that are looked for; each one more makes the question to the database longer."""

_THREE = 3
_NUMBER = re.compile(r"(?<!\w)\+?\(?\d[\d\s()./-]{4,28}\d(?!\w)")
_DIGITS = 6
"""As many digits and more are one telephone number, however they are parted."""


class Word(NamedTuple):
    """One word that is looked for. Who is found has one of `patterns` (see `spread`)."""

    text: str
    patterns: tuple[str, ...]


def looked_for(text: str, country: str = "") -> tuple[Word, ...]:
    """Give the words of a question; none when there is no letter or digit in it.

    The digits of a telephone number count whatever stands between them, with the country's code or without it;
    `country` (ISO 3166) is where one without is dialled.
    """
    text = text[:_LONGEST]
    numbers = [match[0] for match in _NUMBER.finditer(text) if len(_digits(match[0])) >= _DIGITS]
    for number in numbers:
        text = text.replace(number, " ", 1)
    found = [_word(word) for word in words(text)] + [_number(number, country) for number in numbers]
    return tuple(dict.fromkeys(found))[:_MOST]


def _word(word: str) -> Word:
    """Three letters are found anywhere in a word, fewer where one begins."""
    return Word(word, (word if len(word) >= _THREE else f"{'   '[len(word) :]}{word}",))


def _number(written: str, country: str) -> Word:
    digits = _digits(written)
    international = f"+{digits.lstrip('0')}" if written.startswith(("+", "00")) else written
    try:
        national = str(phonenumbers.parse(international, country.upper() or None).national_number)
    except phonenumbers.NumberParseException:
        national = digits.lstrip("0")
    patterns = (digits, national) if len(national) >= _THREE else (digits,)
    return Word(digits, tuple(dict.fromkeys(patterns)))


def _digits(written: str) -> str:
    return "".join(sign for sign in written if sign.isascii() and sign.isdigit())
