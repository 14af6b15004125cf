"""What happened to a person: the timeline on their page, with what of it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapport.followups.taking_back import VERBS
from rapport.interviews.models import Interviewer
from rapport.journal.models import Entry
from rapport.journal.rows import stands
from rapport.people.models import CardRevision, Merge, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

_ENTRIES = 40
_MERGE, _REVISION, _INTERVIEWER = (kind._meta.label_lower for kind in (Merge, CardRevision, Interviewer))
_QUIET = ("note.refreshed",)
"""What Rapport drafts on its own is nothing that happened between two people."""


@dataclass(slots=True)
class Told:
    """An entry of the timeline, with the merge, or the edit, it tells of while that stands.

    `is_said`: it tells whether somebody was in an interview, or in which part, and that still stands.
    """

    entry: Entry
    merge: Merge | None = None
    edit: int | None = None
    is_said: bool = False


def timeline(person: Person, met: Iterable[Interviewer]) -> list[Told]:
    """The latest of what happened to somebody and to whoever was merged into them, with what can be taken back.

    `met` are the interviews in which they were met.
    """
    merges = {merge.pk: merge for merge in person.merges.standing()}
    edits = set(person.revisions.filter(undone_at=None, is_edit=True).values_list("pk", flat=True))
    everybody = [person.pk, *person.merged_people.values_list("pk", flat=True)]
    happened = Entry.objects.seen_by(person.member).about_any(Person, everybody).exclude(verb__in=_QUIET)
    entries = [Told(entry) for entry in happened.prefetch_related("mentions")[:_ENTRIES]]
    for told in entries:
        if told.entry.verb == "person.merged":
            keys = _keys(told.entry, _MERGE)
            told.merge = next((merges[key] for key in keys if key in merges), None)
        elif told.entry.verb == "person.edited":
            keys = _keys(told.entry, _REVISION)
            told.edit = next((key for key in keys if key in edits), None)
    _mark_said(entries, {row.pk: row for row in met})
    return entries


def _mark_said(entries: Iterable[Told], met: Mapping[int, Interviewer]) -> None:
    """Mark what the member said last of each part of an interview; earlier words of it are told no more."""
    seen: set[tuple[int, str]] = set()
    for told in entries:
        row = next((met[key] for key in _keys(told.entry, _INTERVIEWER) if key in met), None)
        if row is None or told.entry.verb not in VERBS:
            continue
        told.is_said = seen.isdisjoint((row.pk, name) for name in told.entry.changes) and stands(
            row, told.entry.changes
        )
        seen |= {(row.pk, name) for name in told.entry.changes}


def _keys(entry: Entry, kind: str) -> list[int]:
    return [mention.key for mention in entry.mentions.all() if mention.kind == kind]


def merged_long_ago(person: Person, shown: Sequence[Told]) -> QuerySet[Merge]:
    """The merges that stand and can be taken back, of which the part of the timeline that is shown tells no more."""
    told = [one.merge.pk for one in shown if one.merge is not None]
    return person.merges.standing().exclude(pk__in=told).select_related("other").order_by("-merged_at", "-pk")
