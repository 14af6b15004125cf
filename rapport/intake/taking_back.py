"""What happened to a book, taken back by its entry in the journal: imports, merges, cards, changes, two told apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from django.db import transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.followups import hearing
from rapport.followups.merging import unmerge
from rapport.intake.models import Batch
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.people.models import CardRevision, Merge, Suggestion, ToldApart
from rapport.people.models.suggestion import OPEN
from rapport.people.showing import KEPT, stands_on_own_card, undo_own_card

Done: TypeAlias = Batch | Merge | CardRevision | ToldApart | Entry | tuple[Suggestion, ...]

_VERBS = (
    *("batch.taken_in", "person.merged", "person.told_apart", "person.absorbed", "person.edited"),
    *("suggestion.applied", "suggestion.ignored", KEPT),
)


def undoable(member: Member) -> Iterator[tuple[Entry, Done]]:
    """Give what can be taken back, the latest first: each entry with what it did."""
    entries = Entry.objects.seen_by(member).filter(verb__in=_VERBS).prefetch_related("mentions")
    for entry in entries.iterator(chunk_size=200):
        done = what_it_did(entry)
        if done is not None:
            yield entry, done


def what_it_did(entry: Entry) -> Done | None:
    """Give what an entry tells of, while it stands and can be taken back."""
    if answered := _answered(entry):
        return answered
    if entry.verb == KEPT:
        return entry if stands_on_own_card(entry) else None
    for mention in entry.mentions.all():
        found: Done | None = None
        if mention.kind == Batch._meta.label_lower:
            found = Batch.objects.standing().filter(pk=mention.key).first()
        elif mention.kind == Merge._meta.label_lower and entry.verb == "person.merged":
            found = Merge.objects.standing().filter(pk=mention.key, person__merged_into=None).first()
        elif mention.kind == ToldApart._meta.label_lower:
            found = ToldApart.objects.filter(pk=mention.key).first()
        elif entry.verb in {"person.absorbed", "person.edited"}:
            standing = CardRevision.objects.filter(undone_at=None, joins__isnull=True).exclude(before="")
            found = standing.filter(person=mention.key, absorbed_at=entry.at).order_by("pk").last()
        if found is not None:
            return found
    return None


def _answered(entry: Entry) -> tuple[Suggestion, ...]:
    """Give the suggestions that an entry says were applied, together or alone, or ignored, as far as they stand so."""
    kind = Suggestion._meta.label_lower
    keys = [mention.key for mention in entry.mentions.all() if mention.kind == kind]
    if not keys or entry.verb not in _VERBS:
        return ()
    found = Suggestion.objects.seen_by(entry.member).filter(pk__in=keys, settled_at=entry.at)
    standing = found.filter(Q(revision=None) | Q(revision__undone_at=None)).exclude(state=OPEN)
    return tuple(standing.select_related("person", "source").order_by("-pk"))


def take_back(entry: Entry, *, by: Member, at: datetime) -> tuple[str, ...]:
    """Take back what an entry tells of; give a sentence for each thing that stays. NotAllowed where nothing can be."""
    done = what_it_did(entry)
    if entry.member_id != by.pk or done is None:
        raise NotAllowed(f"This cannot be taken back (any more): {entry.says}")
    if isinstance(done, Batch):
        return done.undo(by=by, at=at)
    if isinstance(done, Merge):
        unmerge(done, by=by, at=at)
    elif isinstance(done, ToldApart):
        done.take_back(by=by, at=at)
    elif isinstance(done, Entry):
        undo_own_card(done, by=by, at=at)
    elif isinstance(done, tuple):
        with transaction.atomic():
            for one in done:
                hearing.undo(one, by=by, at=at)
    else:
        done.undo(by=by, at=at)
    return ()
