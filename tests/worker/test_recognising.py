"""Cards that came in are compared by the worker, once each, until something else is said."""

from __future__ import annotations

import pytest

from rapport.people.duplicates import proposed
from rapport.people.models import Person
from rapport.rules.card import Card
from rapport.worker import recognising
from tests import world

pytestmark = pytest.mark.django_db


def work(*, is_over: bool = False) -> None:
    recognising.work(world.alex(), lambda: world.NOW, lambda: is_over)


def test_what_is_due_is_compared_and_due_no_more() -> None:
    said = {"name": "Dana Leeuwarden", "phone": "+351 912 345 678"}
    people = [
        Person.make(world.alex(), Card.of(**said, title=title), source="x", at=world.NOW)
        for title in ("VP", "CTO")
    ]
    world.robin()
    assert list(recognising.due(world.NOW)) == [world.alex().pk]
    work(is_over=True)
    assert list(recognising.due(world.NOW)) == [world.alex().pk]
    work()
    assert list(recognising.due(world.NOW)) == []
    assert proposed(world.alex()) == [tuple(person.pk for person in people)]
    people[0].absorb(Card.of(name="Ann Other"), source="y", at=world.NOW)
    assert list(recognising.due(world.NOW)) == [world.alex().pk]
