"""What happened to a person: the timeline on their page, with what of it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapport.intake.taking_back import what_they_did
from rapport.journal.models import Entry
from rapport.people.models import CardRevision, Merge, Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from rapport.intake.taking_back import Done

_ENTRIES = 40
_QUIET = ("note.refreshed",)
"""What Rapport drafts on its own is nothing that happened between two people."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the timeline, with what it did while that can be taken back."""

    entry: Entry
    done: Done | None


def timeline(person: Person) -> list[Told]:
    """The latest of what happened to somebody and to whoever was merged into them, with what can be taken back."""
    everybody = [person.pk, *person.merged_people.values_list("pk", flat=True)]
    happened = Entry.objects.seen_by(person.member).about_any(Person, everybody).exclude(verb__in=_QUIET)
    entries = list(happened.prefetch_related("mentions")[:_ENTRIES])
    for entry in entries:
        entry.member = person.member
    done = what_they_did(entries)
    return [Told(entry, done.get(entry.pk)) for entry in entries]


def revisions_long_ago(person: Person, shown: Sequence[Told]) -> QuerySet[CardRevision]:
    """What was said and typed that stands, of which the part of the timeline that is shown tells no more."""
    told = [one.done.pk for one in shown if isinstance(one.done, CardRevision)]
    standing = person.revisions.filter(undone_at=None, joins__isnull=True).exclude(before="")
    return standing.exclude(pk__in=told).order_by("-absorbed_at")


def merged_long_ago(person: Person, shown: Sequence[Told]) -> QuerySet[Merge]:
    """The merges that stand and can be taken back, of which the part of the timeline that is shown tells no more."""
    told = [one.done.pk for one in shown if isinstance(one.done, Merge)]
    return person.merges.standing().exclude(pk__in=told).select_related("other").order_by("-merged_at", "-pk")
