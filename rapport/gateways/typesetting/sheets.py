"""The sheets Rapport prints: a letter on paper, and its envelope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapport.gateways.typesetting.press import pictured, printed
from rapport.rules.letter import Letter, Sheet

_LONGEST = 50_000
"""Characters; some twenty pages, and more than any letter."""


def letter_pdf(letter: Letter, paper: Sheet) -> bytes:
    """Give a letter ready to sign. Raises CannotBeSet with the sentence to show."""
    return printed("letter", _letter(letter, paper))


def letter_pictures(letter: Letter, paper: Sheet) -> list[bytes]:
    """Give a letter's pages as they will print, a PNG each. Raises CannotBeSet."""
    return pictured("letter", _letter(letter, paper))


def envelope_pdf(recipient: Sequence[str], sender: Sequence[str], size: Sheet) -> bytes:
    """Give an envelope, its addresses where sorting machines look for them. Raises CannotBeSet."""
    return printed("envelope", _envelope(recipient, sender, size))


def envelope_pictures(recipient: Sequence[str], sender: Sequence[str], size: Sheet) -> list[bytes]:
    """Give an envelope as it will print. Raises CannotBeSet."""
    return pictured("envelope", _envelope(recipient, sender, size))


def _letter(letter: Letter, paper: Sheet) -> dict[str, Any]:
    return {
        "width": paper.width,
        "height": paper.height,
        "leans": letter.leans,
        "sender": letter.sender,
        "contact": letter.contact,
        "recipient": letter.recipient,
        "place_and_date": letter.place_and_date,
        "salutation": letter.salutation,
        "body": [paragraph[:_LONGEST].split("\n") for paragraph in letter.body],
        "closing": letter.closing,
        "signed": letter.signed,
    }


def _envelope(recipient: Sequence[str], sender: Sequence[str], size: Sheet) -> dict[str, Any]:
    return {"width": size.width, "height": size.height, "recipient": list(recipient), "sender": list(sender)}
