"""Letters and envelopes set by typst: PDF to print, PNG to look at."""

from rapport.gateways.typesetting.press import CannotBeSet
from rapport.gateways.typesetting.sheets import envelope_pdf, envelope_pictures, letter_pdf, letter_pictures

__all__ = ["CannotBeSet", "envelope_pdf", "envelope_pictures", "letter_pdf", "letter_pictures"]
