"""Generated books with truth: how well and how fast duplicates are found, in a batch and for one new card."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from django.db import connection, transaction
from django.utils import timezone

from bench.book import database, new_book
from bench.figure import Figure, Spent, milliseconds, peak_megabytes
from rapport.accounts.models import Member
from rapport.people.models import Person
from rapport.people.recognition import Looking, write_keys
from rapport.rules.card import Card
from rapport.rules.sameness import SAME, Group, groups, traits
from tests.rules.sameness.measure import quality
from tests.rules.sameness.population import HELD_OUT, LATER, LOCALES, UNSEEN, population

_OF = {HELD_OUT: " of the locales held out", UNSEEN: " of the third mix", LATER: " of the fourth mix"}
_BATCH, _MANY, _NEW, _AT_ONCE = 20_000, 100_000, 500, 500


def figures() -> Iterator[Figure]:
    """Group 20,000 records, of four mixes of locales, then 100,000."""
    yield from _batch(_BATCH, 1, LOCALES, "under 15 s")
    yield Figure("  peak memory of that process", f"{peak_megabytes():.0f} MiB", "under 300 MB")
    yield from _batch(_BATCH, 77, HELD_OUT, "under 15 s")
    yield from _batch(_BATCH, 5, UNSEEN, "under 15 s")
    yield from _batch(_BATCH, 5, LATER, "under 15 s")
    yield from _batch(_MANY, 2, LOCALES, "under 90 s")
    yield from _lookups()


def _batch(size: int, seed: int, locales: Sequence[str], target: str) -> Iterator[Figure]:
    records = population(size, seed, locales)
    truth, cards = [record.truth for record in records], [record.card for record in records]
    del records
    began, used = time.perf_counter(), time.process_time()
    book = [traits(card) for card in cards]
    found = groups(book)
    spent = Spent(time.perf_counter() - began, time.process_time() - used)
    yield Figure(f"grouping {size:,} records{_OF.get(tuple(locales), '')}", str(spent), target)
    yield Figure("  shown as one person", _said(truth, found), "F1 .92")
    yield Figure("  joined without asking", _said(truth, groups(book, verdicts=(SAME,))), "precision .995")


def _lookups() -> Iterator[Figure]:
    """Look new cards up in a book of 100,000 people, in its database, each as if it came alone."""
    member = new_book()
    yield database()
    records = population(_MANY + _NEW, 3)[: _MANY + _NEW]
    with transaction.atomic():
        for start in range(0, _MANY, _AT_ONCE):
            cards = [(record.card, None) for record in records[start : min(start + _AT_ONCE, _MANY)]]
            Person.make_all(member, cards, source="a book", at=timezone.now())
    began, used = time.perf_counter(), time.process_time()
    write_keys(member)
    spent = Spent(time.perf_counter() - began, time.process_time() - used)
    yield Figure(f"writing the match keys of {_MANY:,} people", str(spent))
    yield _looked_up(member, [record.card for record in records[_MANY:]])


def _looked_up(member: Member, cards: Sequence[Card]) -> Figure:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    walls, processor = [], []
    for card in cards:
        began, used = time.perf_counter(), time.process_time()
        Looking(member).alike(traits(Card(card.lines), member.country))
        walls.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    said = f"{milliseconds(walls)} ({milliseconds(processor)} CPU)"
    return Figure(f"one new card against {_MANY:,}, median / p95", said, "p95 under 5 ms")


def _said(truth: Sequence[int], found: Sequence[Group]) -> str:
    return str(quality(truth, found))
