"""What somebody says in a mail, kept short: their own words, without what they quote and how they sign."""

from __future__ import annotations

import re
from contextlib import suppress
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from rapport.importers.findings import Place
from rapport.importers.mail.reading import BROKEN, DEPTH_LIMIT, PARTS_LIMIT, Parts, collect
from rapport.importers.people.listed import Listed
from rapport.importers.people.signatures import parted, signature_card, unquoted
from rapport.importers.text.plain import plain

if TYPE_CHECKING:
    from email.message import EmailMessage

    from rapport.rules.card import Card

LONGEST = 2_000
"""Characters kept of a mail."""

_SHORTEST = 40  # characters: an alternative that only says "see the HTML version" is shorter
_RULED_OFF = re.compile(r"^_{10,}\s*$", re.MULTILINE)
_DIGIT = re.compile(r"\d")
_SIGNED = re.compile(r"^-- ?$", re.MULTILINE)


def opened(octets: bytes) -> EmailMessage | None:
    """Give a mail that was read, or None when it is damaged, or parts inside parts would never end."""
    lower = octets.lower()
    if lower.count(b"content-type:") > PARTS_LIMIT or lower.count(b"message/rfc822") > DEPTH_LIMIT:
        return None
    try:
        return message_from_bytes(octets, policy=policy.default)
    except BROKEN:
        return None


def own_words(octets: bytes) -> str:
    """Give what the writer of a mail says, as plain text of at most `LONGEST` characters."""
    return _without_the_rest(_text(octets))[:LONGEST].strip()


def signed_card(octets: bytes, address: str) -> Card | None:
    """Give the card that the writer of a mail, who has an address, signs with; None when they sign with no more."""
    found = signature_card(_own(_text(octets)), Listed(address, ""), Place("a mail"))
    return found.card if found else None


def _text(octets: bytes) -> str:
    message, parts = opened(octets), Parts()
    if message is None:
        return ""
    with suppress(*BROKEN):  # what was found before the damage is used
        collect(message, parts)
    text = plain("\n\n".join(parts.plain))
    if len(text) < _SHORTEST and parts.marked_up:
        text = max(text, plain("\n".join(parts.marked_up)), key=len)
    return text


def _own(text: str) -> str:
    """Cut off what is quoted; where nothing would be left, less is cut."""
    return unquoted(_RULED_OFF.split(_without_last_quote(text))[0]) or unquoted(text) or text


def _without_the_rest(text: str) -> str:
    """Cut off what is quoted, then the signature; where nothing would be left, less is cut."""
    own = _own(text)
    unsigned = _SIGNED.split(own)[0].strip() or own
    return parted(unsigned)[0].strip() or unsigned


def _without_last_quote(text: str) -> str:
    """Drop the quoted lines at the end, and the line or two above them that say whose they are, in any language."""
    lines = text.splitlines()
    while lines and (not lines[-1].strip() or lines[-1].startswith(">")):
        lines.pop()
    is_quoting = len(lines) < len(text.rstrip().splitlines())
    if is_quoting and lines and lines[-1].rstrip().endswith(":"):
        named = lines.pop()
        if lines and not _DIGIT.search(named) and _DIGIT.search(lines[-1]) and lines[-1].rstrip()[-1] in ",>":
            lines.pop()  # a date and an address were too long for one line
    return "\n".join(lines)
