"""A letter and its envelope as PDF, in one process: the first, which reads the fonts, and those after it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from bench.figure import Figure, milliseconds, peak_megabytes
from rapport.gateways.typesetting import envelope_pdf, letter_pdf, letter_pictures
from rapport.rules.card import PostalAddress
from rapport.rules.letter import ENVELOPES, PAPERS, Party, letter_of

_RUNS = 200
_TEXT = """Dear Dana,

Thank you for our conversation on 20 November. It would have been a pity to say so only on a screen. I have thought \
about the move off the monolith more than once since then. I hope that we see each other again, whichever way it goes.

With my thanks,
Alex Morgan"""

_SENDER = Party(
    "Alex Morgan", address=PostalAddress("Unter den Linden 5", "", "", "Berlin", "", "10117", "DE")
)
_RECIPIENT = Party(
    "Dana Lee", "Initech", PostalAddress("Rua Augusta 10", "", "", "Lisboa", "", "1100-053", "PT")
)


def figures() -> Iterator[Figure]:
    """Time letters that differ each time, so that nothing is remembered from one to the next."""
    letter = letter_of(_TEXT, sender=_SENDER, recipient=_RECIPIENT, day=date(2026, 11, 23))

    def print_letter(number: int) -> None:
        letter_pdf(replace(letter, body=(f"{number}. {letter.body[0]}",)), PAPERS["a4"])

    def picture_letter(number: int) -> None:
        letter_pictures(replace(letter, body=(f"{number}. {letter.body[0]}",)), PAPERS["a4"])

    def print_envelope(number: int) -> None:
        lines = (f"Dana Lee {number}", *_RECIPIENT.block(_SENDER)[1:])
        envelope_pdf(lines, _SENDER.block(_RECIPIENT), ENVELOPES["dl"])

    yield Figure("the first letter of a process", f"{1000 * _timed(print_letter, 0):.1f} ms")
    for name, made, target in (
        ("a letter as PDF", print_letter, "under 200 ms"),
        ("a letter as PNG", picture_letter, ""),
        ("an envelope as PDF", print_envelope, ""),
    ):
        spent = [_timed(made, number) for number in range(1, _RUNS + 1)]
        yield Figure(f"{name}, median / p95 of {_RUNS}", milliseconds(spent), target)
    yield Figure("most memory held", f"{peak_megabytes():.0f} MiB")


def _timed(made: Callable[[int], None], number: int) -> float:
    began = time.perf_counter()
    made(number)
    return time.perf_counter() - began
