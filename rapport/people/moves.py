"""Who moved: another title or another employer than before, by what others say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from importlib import import_module

from rapport.people.models import CardRevision
from rapport.rules.card import Card

TYPED = "what you typed"
"""The source of what the member says themselves, which is no news to them."""


def moved_since(people: Iterable[int], since: datetime) -> set[int]:
    """Give the keys of those whose title or organisation was known and is another one since. One query."""
    said = CardRevision.objects.filter(
        person__in=list(people), undone_at=None, absorbed_at__gte=since, is_edit=False, joins__isnull=True
    )
    came = said.filter(before__gt="").values_list("person", "source", "before", "after")
    cards: dict[int, tuple[str, str]] = {}
    for person, source, before, after in came:
        if source != TYPED:
            cards[person] = (cards.get(person, (before, ""))[0], after)
    return {
        person for person, (before, after) in cards.items() if is_move(Card.parse(before), Card.parse(after))
    }


def is_move(before: Card, after: Card) -> bool:
    """Whether title or organisation are others than before; a respelling, or to hear one of them first, is no move."""
    if (before.title, before.organisation) == (after.title, after.organisation):
        return False
    # Loaded once there is something to compare: recognition takes a twentieth of a cold start.
    sameness = import_module("rapport.rules.sameness.jobs")
    employers, titles = (before.organisation, after.organisation), (before.title, after.title)
    has_left = all(employers) and not sameness.same_employer(*employers)
    return has_left or (all(titles) and not sameness.same_title(*titles))
