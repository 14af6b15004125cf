"""Cards that came in are read for search by the worker, and deleted people go for good after a month."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from rapport.people.models import CardIndex, Person, Sweep
from rapport.rules.card import Card
from rapport.worker import indexing
from tests import world

pytestmark = pytest.mark.django_db


def work(*, is_over: bool = False, at: timedelta = timedelta()) -> None:
    indexing.work(world.alex(), lambda: world.NOW + at, lambda: is_over)


def test_cards_are_read_until_none_waits_and_deletions_are_forgotten_in_time() -> None:
    dana, sam = (
        Person.make(world.alex(), Card.of(name=name), source="x", at=world.NOW) for name in ("Dana", "Sam")
    )
    world.robin()
    assert indexing.due(world.NOW) == {world.alex().pk}
    work(is_over=True)
    assert not CardIndex.objects.exists()
    work()
    assert (CardIndex.objects.count(), indexing.due(world.NOW)) == (2, set())
    Sweep.delete_people([dana.pk], by=world.alex(), at=world.NOW)
    month = timedelta(days=31)
    assert indexing.due(world.NOW + month) == {world.alex().pk}
    work(at=month)
    assert (Sweep.objects.get().kept, indexing.due(world.NOW + month)) == ({}, set())
    assert list(CardIndex.objects.values_list("person", flat=True)) == [sam.pk]


def test_after_many_cards_the_database_knows_which_index_leads_to_few(monkeypatch) -> None:
    monkeypatch.setattr(indexing, "_AT_ONCE", 2)
    for name in ("Dana", "Sam", "Zoë"):
        Person.make(world.alex(), Card.of(name=name), source="x", at=world.NOW)
    waiting = Person.objects.seen_by(world.alex()).filter(is_indexed=False).order_by("pk")
    before_it_has_counted = waiting.explain()
    work()
    asks, knows = {
        "sqlite": ("SELECT stat LIKE '3 3 1 %' FROM sqlite_stat1 WHERE idx = 'people_by_name'", (1,)),
        # It counts by itself, unless that is forbidden for the table.
        "postgresql": ("SELECT reloptions FROM pg_class WHERE relname = 'people_person'", (None,)),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asks)
        assert cursor.fetchone() == knows
    assert connection.vendor != "sqlite" or "people_to_index" in before_it_has_counted
