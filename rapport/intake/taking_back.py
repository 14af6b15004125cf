"""What can be taken back by its entry in the journal, and taking it back: the one list that every door reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from django.db import transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.followups import hearing, taking_back
from rapport.followups.computing import Changed
from rapport.followups.merging import unmerge
from rapport.followups.standing import Standing
from rapport.intake.models import Batch
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.people.models import CardRevision, Merge, Person, Suggestion, Sweep, ToldApart
from rapport.people.models.suggestion import OPEN
from rapport.people.showing import KEPT, stands_on_own_card, undo_own_card
from rapport.rows import in_parts

Done: TypeAlias = Batch | Merge | CardRevision | ToldApart | Sweep | Entry | tuple[Suggestion, ...]

_BATCH = "batch.taken_in"
_ROWS: Mapping[str, type[Any]] = {
    _BATCH: Batch,
    "person.merged": Merge,
    "person.told_apart": ToldApart,
    "people.tag": Sweep,
    "people.sphere": Sweep,
    "people.deletion": Sweep,
}
"""What is a row of its own, which an entry names."""

_CARDS = ("person.absorbed", "person.edited")
_SUGGESTIONS = ("person.absorbed", "suggestion.applied", "suggestion.ignored")
_VERBS = (*_ROWS, *_CARDS, *_SUGGESTIONS, KEPT, *taking_back.VERBS)
_AT_ONCE = 200


class TakenBack(NamedTuple):
    """A sentence for each thing that stays, and what changed in the plans."""

    kept: tuple[str, ...] = ()
    changed: Sequence[Changed] = ()


def undoable(member: Member) -> Iterator[tuple[Entry, Done]]:
    """Give what can be taken back, the latest first: each entry with what it did."""
    entries = Entry.objects.seen_by(member).filter(verb__in=_VERBS).prefetch_related("mentions")
    standing = Standing()
    for some in in_parts(entries.iterator(chunk_size=_AT_ONCE), _AT_ONCE):
        done = what_they_did(some, standing)
        yield from ((entry, done[entry.pk]) for entry in some if entry.pk in done)


def what_it_did(entry: Entry) -> Done | None:
    """Give what an entry tells of, while it stands and can be taken back."""
    return what_they_did([entry]).get(entry.pk)


def what_they_did(entries: Sequence[Entry], standing: Standing | None = None) -> dict[int, Done]:
    """Give by the key of an entry what it tells of, where that stands and can be taken back; the latest first.

    As many queries as there are kinds of things, however many entries.
    """
    found: dict[int, Done] = _rows(entries) | _cards(entries) | _answered(entries)
    found |= {one.pk: one for one in entries if one.verb == KEPT and stands_on_own_card(one)}
    with_a_batch = _moments_of_batches(entries)
    said = [entry for entry in entries if entry.at not in with_a_batch]
    keys = (standing or Standing()).of(said)
    return found | {entry.pk: entry for entry in said if entry.pk in keys}


def _rows(entries: Sequence[Entry]) -> dict[int, Done]:
    named: defaultdict[type[Any], dict[int, int]] = defaultdict(dict)
    for entry in entries:
        if kind := _ROWS.get(entry.verb):
            named[kind] |= dict.fromkeys(entry.keys_of(kind), entry.pk)
    return {
        keys[row.pk]: row for kind, keys in named.items() for row in _standing(kind).filter(pk__in=list(keys))
    }


def _standing(kind: type[Any]) -> Any:
    if kind is Merge:
        return Merge.objects.standing().filter(person__merged_into=None).select_related("person", "other")
    if kind is Sweep:
        return Sweep.objects.filter(undone_at=None).exclude(kept={}).defer("kept")
    return kind.objects.standing() if kind is Batch else kind.objects.all()


def _cards(entries: Sequence[Entry]) -> dict[int, Done]:
    """Find the cards and edits that entries tell of by the person and the moment."""
    told = {
        (key, entry.at): entry.pk
        for entry in entries
        if entry.verb in _CARDS
        for key in entry.keys_of(Person)
    }
    if not told:
        return {}
    of_theirs = CardRevision.objects.filter(person__in={key for key, _ in told}).exclude(before="")
    cards = of_theirs.filter(absorbed_at__in={moment for _, moment in told})
    standing = cards.filter(undone_at=None, joins__isnull=True).select_related("person").order_by("pk")
    found = ((told.get((one.person_id, one.absorbed_at)), one) for one in standing)
    return {key: one for key, one in found if key}


def _answered(entries: Sequence[Entry]) -> dict[int, Done]:
    """Find the suggestions that entries say were applied, together or alone, or ignored, as far as they stand so."""
    told = {
        key: entry for entry in entries if entry.verb in _SUGGESTIONS for key in entry.keys_of(Suggestion)
    }
    if not told:
        return {}
    mine = Suggestion.objects.seen_by(entries[0].member).filter(pk__in=list(told)).exclude(state=OPEN)
    standing = mine.filter(Q(revision=None) | Q(revision__undone_at=None))
    found: defaultdict[int, list[Suggestion]] = defaultdict(list)
    for one in standing.select_related("person", "source").order_by("-pk"):
        if one.settled_at == told[one.pk].at:
            found[told[one.pk].pk].append(one)
    return {key: tuple(some) for key, some in found.items()}


def _moments_of_batches(entries: Sequence[Entry]) -> frozenset[datetime]:
    """Give the moments at which something was imported: what that changed is taken back with its batch."""
    moments = {entry.at for entry in entries if entry.verb in taking_back.VERBS}
    if not moments:
        return frozenset()
    brought = Entry.objects.seen_by(entries[0].member).filter(verb=_BATCH, at__in=moments)
    return frozenset(brought.values_list("at", flat=True))


def take_back(entry: Entry, *, by: Member, at: datetime) -> TakenBack:
    """Take back what an entry tells of; NotAllowed where nothing can be.

    Whatever is journalled of it names the entry, so that it is known for no act of its own.
    """
    done = what_it_did(entry)
    if done is None and entry.verb in taking_back.VERBS and not _moments_of_batches([entry]):
        done = entry  # it says itself why not
    if entry.member_id != by.pk or done is None:
        raise NotAllowed(f"This cannot be taken back (any more): {entry.says}")
    with transaction.atomic():
        back = _undone(done, by, at)
        entry.was_taken_back(at=at)
    return back


def _undone(done: Done, by: Member, at: datetime) -> TakenBack:
    if isinstance(done, Entry):
        if done.verb != KEPT:
            return TakenBack(changed=taking_back.take_back(done, by=by, at=at))
        undo_own_card(done, by=by, at=at)
        return TakenBack()
    if isinstance(done, Batch):
        return TakenBack(done.undo(by=by, at=at))
    if isinstance(done, Merge):
        unmerge(done, by=by, at=at)
    elif isinstance(done, ToldApart):
        done.take_back(by=by, at=at)
    elif isinstance(done, Sweep):
        lost = done.undo(by=by, at=at).strip()
        return TakenBack((lost,) if lost else ())
    elif isinstance(done, tuple):
        for one in done:
            hearing.undo(one, by=by, at=at)
    else:
        done.undo(by=by, at=at)
    return TakenBack()
