"""Generated books with truth: how well and how fast duplicates are found, in a batch and for one new card."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from bench.book import new_book
from bench.figure import Figure, Spent, milliseconds, peak_megabytes
from bench.invitations import NOW
from rapport.people.duplicates import alike
from rapport.people.models import Organisation, Person
from rapport.rules.sameness import SAME, Group, groups, traits
from tests.rules.sameness.measure import quality
from tests.rules.sameness.population import HELD_OUT, LOCALES, population

_BATCH, _MANY, _LOOKED_UP = 20_000, 100_000, 500


def figures() -> Iterator[Figure]:
    """Group 20,000 records, of two mixes of locales, then 100,000; look single cards up among 100,000 people."""
    yield from _batch(_BATCH, 1, LOCALES, "under 15 s")
    yield Figure("  peak memory of that process", f"{peak_megabytes():.0f} MiB", "under 300 MB")
    yield from _batch(_BATCH, 77, HELD_OUT, "under 15 s")
    yield from _batch(_MANY, 2, LOCALES, "under 90 s")
    yield from _single()


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


def _single() -> Iterator[Figure]:
    """Fill a book through the verb that imports use, then look cards up that are not in it."""
    member = new_book()
    records = population(_MANY + _LOOKED_UP, 3)
    known: dict[str, Organisation] = {}
    began, used = time.perf_counter(), time.process_time()
    for start in range(0, _MANY, 5_000):
        part = [record.card for record in records[start : start + 5_000]]
        Organisation.named_all(member, (card.organisation for card in part), known)
        cards = [(card, known.get(" ".join(card.organisation.split()).lower())) for card in part]
        Person.make_all(member, cards, source="generated", at=NOW)
    spent = Spent(time.perf_counter() - began, time.process_time() - used)
    yield Figure(f"putting {_MANY:,} people into a book", str(spent))
    seconds = []
    for record in records[_MANY:]:
        began = time.perf_counter()
        alike(member, record.card, records=_MANY)
        seconds.append(time.perf_counter() - began)
    yield Figure("  one new card, median / 95 of 100", milliseconds(seconds), "under 5 ms")
