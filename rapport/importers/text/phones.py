"""Telephone numbers in texts."""

from __future__ import annotations

import re

_ONLY_A_NUMBER = re.compile(r"(?:tel\.?:?|phone:?|telefon:?|call:?)?\s*\+?[\d\s()./\-]{7,22}", re.IGNORECASE)
_COULD_BE = re.compile(r"\+\d|\(\d{2,}|\d{3}[\s./-]\d{2}")
TEXT_LIMIT = 20_000


def phone_in(text: str) -> str:
    """Give the first international telephone number of a text in its usual form, or an empty text."""
    if not _COULD_BE.search(text):
        return ""
    # The numbering plans take a twentieth of a cold start to load, and few texts hold a number.
    from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number  # noqa: PLC0415  see above

    for match in PhoneNumberMatcher(text[:TEXT_LIMIT], None):
        return format_number(match.number, PhoneNumberFormat.INTERNATIONAL)
    return ""


def is_phone(text: str) -> bool:
    """Say whether a text is nothing but a telephone number, international or not."""
    return _ONLY_A_NUMBER.fullmatch(text.strip()) is not None
