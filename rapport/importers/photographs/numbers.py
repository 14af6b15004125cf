"""Telephone numbers as cards print them: with the word that says whose they are, several on a line."""

from __future__ import annotations

import re
from functools import cache

from rapport.importers.photographs.words import alternatives, pattern
from rapport.rules.card.reach import Phone

_KINDS = ("mobile", "work", "fax", "home")
_FEWEST, _FEWEST_NAMED, _MOST = 7, 5, 15  # digits; E.164 allows no more than fifteen
_DIGIT_LIKE = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_MISREAD = re.compile(r"(?<![^\W\d])[OolI](?=\d)|(?<=\d)[OolI](?![^\W\d])|(?<=\d)\|(?=\d)")
_MAIN = re.compile(r"\(0\)")


@cache
def _number() -> re.Pattern[str]:
    labels = "|".join(alternatives("phones", kind) for kind in _KINDS)
    extension = alternatives("phones", "extension")
    return re.compile(
        rf"(?P<label>(?:(?:{labels})[\s.:/&+()-]*?){{0,3}})[\s.:)=]*(?<![\w.])"
        rf"(?P<number>\+?\s?\(?\d(?:[ ()./\-–\u00a0]{{0,3}}\d)+)"
        rf"(?:\s*(?:{extension})[\s.:]*(?P<extension>\d{{1,6}}))?",
        re.IGNORECASE,
    )


def numbers_in(text: str) -> tuple[list[Phone], str]:
    """Give the numbers of a line with what they are, and what else the line says.

    A letter that was read in place of a digit is put right inside a number. A number of a register or a bank is none.
    """
    if not any(sign.isdigit() for sign in text) or pattern("registry", "words").search(text):
        return [], text
    printed, text = text, _MISREAD.sub(lambda found: found[0].translate(_DIGIT_LIKE), text)
    found: list[Phone] = []
    rest: list[str] = []
    last = 0
    for match in _number().finditer(text):
        phone = _phone(match, text)
        if phone is not None:
            found.append(phone)
            rest.append(text[last : match.start()])
            last = match.end()
    if not found:
        return [], printed
    rest.append(text[last:])
    return found, " ".join("".join(rest).split()).strip(" |/,;:·•-–")


def _phone(match: re.Match[str], text: str) -> Phone | None:
    number = " ".join(match["number"].split())
    digits = sum(sign.isdigit() for sign in number)
    has_label = bool(match["label"].strip(" .:/&+()-"))
    stands_alone = not re.sub(r"[\W_]", "", text[: match.start()] + text[match.end() :])
    is_plain = has_label or number.startswith(("+", "00", "(")) or stands_alone
    if not is_plain or not (_FEWEST_NAMED if has_label else _FEWEST) <= digits <= _MOST:
        return None
    if not has_label and not number.startswith("+") and re.fullmatch(r"\d{4,5}[- ]\d{3,4}", number):
        return None  # a postcode of Portugal, Brazil or America
    extension = f" ext. {match['extension']}" if match["extension"] else ""
    return Phone(_written(number) + extension, _kind(match["label"]))


def _kind(label: str) -> str:
    """Give what a label says; a line for both, "Tel./Fax", is called."""
    kinds = [kind for kind in _KINDS if pattern("phones", kind).search(label)]
    return kinds[0] if kinds else "work"


def _written(number: str) -> str:
    """Give a number with its country's code in the usual form, any other as it is printed."""
    if not number.startswith(("+", "00")):
        return number
    # The numbering plans take a twentieth of a cold start to load; pictures come now and then.
    from phonenumbers import (  # noqa: PLC0415  see above
        NumberParseException,
        PhoneNumberFormat,
        format_number,
        is_possible_number,
        parse,
    )

    international = "+" + number[2:] if number.startswith("00") else number
    try:
        parsed = parse(_MAIN.sub("", international), None)
    except NumberParseException:
        return number
    return format_number(parsed, PhoneNumberFormat.INTERNATIONAL) if is_possible_number(parsed) else number
