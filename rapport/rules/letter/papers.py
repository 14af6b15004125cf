"""Sizes of paper and envelopes, and which of them a country uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Sheet(NamedTuple):
    """A sheet or an envelope as it lies before the writer; in millimetres."""

    label: str
    width: float
    height: float


PAPERS: Mapping[str, Sheet] = {
    "a4": Sheet("A4", 210, 297),
    "us-letter": Sheet("US Letter", 215.9, 279.4),
}
"""A4 by ISO 216; US Letter by ANSI/ASME Y14.1 (8.5 by 11 inches)."""

ENVELOPES: Mapping[str, Sheet] = {
    "dl": Sheet("DL", 220, 110),
    "c6": Sheet("C6", 162, 114),
    "no10": Sheet("#10", 241.3, 104.775),
}
"""DL and C6 by ISO 269; the American commercial envelope number 10 is 9.5 by 4.125 inches."""

_US_LETTER = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})
"""Countries that write on US Letter, by the Unicode CLDR's supplemental data (paperSize); all others use A4."""


def paper_of(country: str) -> str:
    """Give the key of the paper that the sender's country uses; A4 when it is not known."""
    return "us-letter" if country in _US_LETTER else "a4"


def envelope_of(country: str) -> str:
    """Give the key of the envelope that takes the sender's paper folded in three."""
    return "no10" if country in _US_LETTER else "dl"
