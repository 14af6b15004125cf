"""What can be taken back still: what an entry of the journal tells stands as it left it, and nothing came over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rapport.accounts.models import OwnSchool
from rapport.correspondence.models import Note
from rapport.followups.models import Step
from rapport.followups.taking_back import ALTOGETHER, VERBS, kind_of, what_counts
from rapport.journal.models import Entry
from rapport.journal.rows import stands, stored
from rapport.people.models import Keeping, KeptSearch, NamedList, Person
from rapport.people.models.named_list import Listing
from rapport.people.models.statement import Statement

_ENDED: Mapping[str, type[Any]] = {
    "list.removed": NamedList,
    "search.forgotten": KeptSearch,
    "school.removed": OwnSchool,
}
"""What is no more, so that an entry alone brings it back."""


class Standing:
    """Entries asked about, the latest first, a page or a part of the journal at a time.

    One act writes of several rows at one moment: its first entry counts for all. Of two entries about one column of
    a row only the later can be taken back; once it was, the earlier again.
    """

    def __init__(self) -> None:
        self._moments: set[datetime] = set()
        self._columns: set[Hashable] = set()
        self._taken_back: set[int] = set()

    def of(self, entries: Sequence[Entry]) -> set[int]:
        """Give the keys of those that can be taken back; as many queries as there are kinds of rows."""
        asked = [entry for entry in entries if entry.verb in VERBS]
        if not asked:
            return set()
        together = {at: what_counts(some) for at, some in _written_together(asked).items()}
        rows = _Rows([one for some in together.values() for one in some])
        found = set()
        for entry in asked:
            if entry.at in self._moments:
                continue
            self._moments.add(entry.at)
            if entry.pk in self._taken_back:
                continue
            columns = {column for one in together[entry.at] for column in rows.columns(one)}
            if self._columns.isdisjoint(columns) and all(map(rows.stand, together[entry.at])):
                found.add(entry.pk)
            if earlier := entry.keys_of(Entry):
                self._taken_back.update(earlier)
            else:
                self._columns |= columns
        return found


def _written_together(asked: Sequence[Entry]) -> Mapping[datetime, list[Entry]]:
    """Give with each moment all that is put back with it."""
    found: defaultdict[datetime, list[Entry]] = defaultdict(list)
    mine = Entry.objects.seen_by(asked[0].member).filter(at__in={one.at for one in asked})
    for entry in mine.filter(verb__in=ALTOGETHER).prefetch_related("mentions"):
        found[entry.at].append(entry)
    return found


class _Rows:
    """The rows that some entries are about, as they are now."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._rows: dict[tuple[type[Any], int], Any] = {}
        for kind in {_about(entry) for entry in entries}:
            keys = {key for entry in entries for key in _keys(entry, kind)}
            rows = kind.objects.select_related("note") if kind is Step else kind.objects
            self._rows |= {(kind, key): row for key, row in rows.in_bulk(keys).items()}
        people = {key for entry in entries for key in entry.keys_of(Person)}
        stated = _any(Statement, people, entries, "person.fact_")
        self._stated = {(one.person_id, one.fact): one.value for one in stated}
        self._kept = {one.person_id: stored(one) for one in _any(Keeping, people, entries, "keeping.")}
        listed = _any(Listing, people, entries, "list.")
        self._listed = {(one.named_list_id, one.person_id) for one in listed}

    def columns(self, entry: Entry) -> set[Hashable]:
        """Name what an entry tells of: columns of a row, or somebody's place on a list."""
        about = [*_keys(entry, _about(entry)), *(entry.keys_of(Person) if _about(entry) is NamedList else ())]
        return {(_about(entry), *about, name) for name in entry.changes or ("state",)}

    def stand(self, entry: Entry) -> bool:
        """Whether they are as an entry left them."""
        kind = _about(entry)
        if kind is Keeping:
            return all(self._kept.get(key) == entry.changes["row"][1] for key in entry.keys_of(Person))
        rows = [self._rows[kind, key] for key in _keys(entry, kind) if (kind, key) in self._rows]
        if entry.verb in _ENDED or not rows:
            return entry.verb in _ENDED and not rows
        if kind is Person:
            ((fact, (_, after)),) = entry.changes.items()
            return bool(self._stated.get((rows[0].pk, fact)) == after)
        if kind is NamedList:
            is_on = any((rows[0].pk, key) in self._listed for key in entry.keys_of(Person))
            return is_on == (entry.verb == "list.put_on")
        return _STAND.get(kind, _as_left)(rows[0], entry)


def _about(entry: Entry) -> type[Any]:
    if entry.verb.startswith("keeping."):
        return Keeping
    if entry.verb == "school.norms_changed":
        return OwnSchool
    return _ENDED.get(entry.verb) or kind_of(entry) or Person


def _as_left(row: Any, entry: Entry) -> bool:
    return stands(row, entry.changes)


def _step(step: Step, entry: Entry) -> bool:
    """What left by mail nobody takes back."""
    if entry.verb in {"step.done", "step.skipped"}:
        has_left = step.note is not None and step.note.queued_at is not None
        return entry.verb == f"step.{step.state}" and step.settled_at == entry.at and not has_left
    return _as_left(step, entry)


def _note(note: Note, entry: Entry) -> bool:
    """Words that are on their way, or were sent, are not changed any more."""
    is_free = note.queued_at is None and (note.sent_at is None or "sent_at" in entry.changes)
    return is_free and _as_left(note, entry)


_STAND: Mapping[type[Any], Callable[[Any, Entry], bool]] = {Step: _step, Note: _note}


def _any(kind: type[Any], people: Iterable[int], entries: Iterable[Entry], verbs: str) -> Iterable[Any]:
    if not any(entry.verb.startswith(verbs) for entry in entries):
        return ()
    found: Iterable[Any] = kind.objects.filter(person__in=people)
    return found


def _keys(entry: Entry, kind: type[Any]) -> list[int]:
    """Give the keys of the rows that an entry is about; a rhythm is somebody's."""
    return entry.keys_of(Person if kind is Keeping else kind)
