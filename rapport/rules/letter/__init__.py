"""The letter and the card by hand: what stands on them, on what paper, in which envelope. Pure."""

from rapport.rules.letter.addressing import address_block, doubts_about
from rapport.rules.letter.by_hand import CARDS, ByHand, CardStock, by_hand
from rapport.rules.letter.letter import Letter, Party, letter_of, written_out
from rapport.rules.letter.papers import ENVELOPES, PAPERS, Sheet, envelope_of, paper_of

__all__ = [
    "CARDS",
    "ENVELOPES",
    "PAPERS",
    "ByHand",
    "CardStock",
    "Letter",
    "Party",
    "Sheet",
    "address_block",
    "by_hand",
    "doubts_about",
    "envelope_of",
    "letter_of",
    "paper_of",
    "written_out",
]
