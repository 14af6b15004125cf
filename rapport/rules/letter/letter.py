"""What stands on a letter: sender, place and date, recipient, salutation, body and closing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Self

from rapport.rules.card import Card, PostalAddress
from rapport.rules.letter.addressing import address_block

_MONTH_FIRST = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "PH"})
"""Where a date is written as November 25, 2026 (Unicode CLDR, long dates in English)."""

_NOWHERE = PostalAddress()
_LONGEST_GREETING = 80
_GREETING_ENDS = (",", ":", "!", "،", "，")
_NOT_FOR_PAPER = frozenset({"Cc", "Cs"})
_LONGEST_CLOSING = 4


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody a letter comes from or goes to; `address` may say nothing."""

    name: str
    organisation: str = ""
    address: PostalAddress = _NOWHERE
    phone: str = ""
    email: str = ""
    signature: str = ""

    @classmethod
    def of(cls, card: Card) -> Self:
        """Give the party that a card is about; their organisation is named unless the letter goes to their home."""
        address = card.postal_address or _NOWHERE
        return cls(
            name=card.name,
            organisation=card.organisation if address.place != "home" else "",
            address=address,
            phone=next(iter(card.phones), ""),
            email=next(iter(card.emails), ""),
            signature=card.signature,
        )

    def block(self, other: Party) -> tuple[str, ...]:
        """Give their address as it is written by, or for, the other."""
        return address_block(self.name, self.organisation, self.address, sender_country=other.address.country)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter part by part, each a text without markup.

    `recipient` and `sender` are lines; `contact` the sender's phone and e-mail. `leans` is ltr or rtl, as the words
    are written.
    """

    sender: tuple[str, ...]
    contact: tuple[str, ...]
    recipient: tuple[str, ...]
    place_and_date: str
    salutation: str
    body: tuple[str, ...]
    closing: str
    signed: tuple[str, ...]
    leans: str = "ltr"


def letter_of(text: str, *, sender: Party, recipient: Party, day: date) -> Letter:
    """Set out a note's words as a letter.

    The first paragraph is the salutation when it reads as one ("Dear Dana,"), the last one the closing when it is
    a few short lines; without, the sender's signature or name stands under the words.
    """
    words = written_out(text)
    salutation, body, ending = _parts(words)
    closing, *signed = ending or (written_out(sender.signature) or sender.name).split("\n")
    if not signed:
        closing, signed = ("", [closing]) if not closing.endswith(",") else (closing, [sender.name])
    return Letter(
        sender=_cleaned(sender.block(recipient)),
        contact=_cleaned((sender.phone, sender.email)),
        recipient=_cleaned(recipient.block(sender)),
        place_and_date=", ".join(
            filter(None, (_one_line(sender.address.locality), _day(day, sender.address.country)))
        ),
        salutation=salutation,
        body=body,
        closing=closing,
        signed=tuple(line for line in signed if line.strip()),
        leans=_direction(words),
    )


def _parts(words: str) -> tuple[str, tuple[str, ...], list[str]]:
    paragraphs = [paragraph.strip("\n") for paragraph in words.split("\n\n") if paragraph.strip()]
    salutation, ending = "", []
    if len(paragraphs) > 1 and _greets(paragraphs[0]):
        salutation = paragraphs.pop(0)
    if len(paragraphs) > 1 and _closes(paragraphs[-1]):
        ending = paragraphs.pop().split("\n")
    return salutation, tuple(paragraphs), ending


def _greets(paragraph: str) -> bool:
    is_short = len(paragraph) <= _LONGEST_GREETING and "\n" not in paragraph
    return is_short and paragraph.endswith(_GREETING_ENDS)


def _closes(paragraph: str) -> bool:
    lines = paragraph.split("\n")
    return 1 < len(lines) <= _LONGEST_CLOSING and all(len(line) <= _LONGEST_GREETING for line in lines)


def _day(day: date, country: str) -> str:
    return f"{day:%B} {day.day}, {day.year}" if country in _MONTH_FIRST else f"{day.day} {day:%B} {day.year}"


def written_out(text: str) -> str:
    """Give a text as paper can hold it: no control characters, no halves of characters, line ends as one sign."""
    for end in ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    text = text.replace("\t", " ")
    kept = (sign for sign in text if sign == "\n" or unicodedata.category(sign) not in _NOT_FOR_PAPER)
    return "\n".join(line.rstrip() for line in "".join(kept).split("\n")).strip()


def _one_line(text: str) -> str:
    return " ".join(written_out(text).split())


def _cleaned(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(_one_line, lines)))


def _direction(text: str) -> str:
    """Give the direction of the first letter that has one (Unicode Standard Annex 9, rule P2)."""
    for sign in text:
        if (kind := unicodedata.bidirectional(sign)) in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return "ltr"
