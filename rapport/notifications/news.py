"""Which journal entries are news to a member, and which say that something may be done now."""

from __future__ import annotations

from datetime import datetime

from rapport.accounts.models import Member
from rapport.journal.models import Entry

NEWS = (
    "interview.moved",
    "interview.cancelled",
    "application.decided",
    "person.absorbed",
    "suggestion.made_of_work",
    "card.gone",
    "details.answered",
    "person.wrote",
    "step.verdict_changed",
    "batch.undone",
    "delivery.returned",
    "delivery.unknown",
)
"""What is news to the member: what came from outside, and what it changed."""

_MOST = 200
"""Entries that are looked through: more would be read by nobody."""


def since(member: Member, moment: datetime, at: datetime) -> list[Entry]:
    """Give what became news after `moment` up to `at`, the newest first."""
    found = Entry.objects.seen_by(member).filter(verb__in=NEWS, at__gt=moment, at__lte=at)
    return list(found[:_MOST])


def is_release(entry: Entry) -> bool:
    """Whether the entry says that a hold has ended: what waited is to be done now."""
    return bool(entry.changes.get("verdict") == ["hold", "do"])
