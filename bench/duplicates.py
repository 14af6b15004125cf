"""Generated books with truth: how well and how fast duplicates are found, in a batch."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from bench.figure import Figure, Spent, peak_megabytes
from rapport.rules.sameness import SAME, Group, groups, traits
from tests.rules.sameness.measure import quality
from tests.rules.sameness.population import HELD_OUT, LOCALES, population

_BATCH, _MANY = 20_000, 100_000


def figures() -> Iterator[Figure]:
    """Group 20,000 records, of two mixes of locales, then 100,000."""
    yield from _batch(_BATCH, 1, LOCALES, "under 15 s")
    yield Figure("  peak memory of that process", f"{peak_megabytes():.0f} MiB", "under 300 MB")
    yield from _batch(_BATCH, 77, HELD_OUT, "under 15 s")
    yield from _batch(_MANY, 2, LOCALES, "under 90 s")


def _batch(size: int, seed: int, locales: Sequence[str], target: str) -> Iterator[Figure]:
    records = population(size, seed, locales)
    truth, cards = [record.truth for record in records], [record.card for record in records]
    del records
    began, used = time.perf_counter(), time.process_time()
    book = [traits(card) for card in cards]
    found = groups(book)
    spent = Spent(time.perf_counter() - began, time.process_time() - used)
    held_out = " of the locales held out" if locales == HELD_OUT else ""
    yield Figure(f"grouping {size:,} records{held_out}", str(spent), target)
    yield Figure("  shown as one person", _said(truth, found), "F1 .92")
    yield Figure("  joined without asking", _said(truth, groups(book, verdicts=(SAME,))), "precision .995")


def _said(truth: Sequence[int], found: Sequence[Group]) -> str:
    return str(quality(truth, found))
