"""One thing that happened. The timeline, the change feed and undo read these; nothing changes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import OuterRef, Subquery

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.rows import insert, write_new


class EntryQuerySet(models.QuerySet["Entry"]):
    """What happened, the newest first."""

    def seen_by(self, member: Member) -> Self:
        """The member's own journal."""
        return self.filter(member=member)

    def about(self, thing: models.Model) -> Self:
        """What happened to one row of any room."""
        return self.filter(mentions__kind=thing._meta.label_lower, mentions__key=thing.pk)

    def about_any(self, kind: type[models.Model], keys: Iterable[int]) -> Self:
        """What happened to any of some rows of one kind, each entry once."""
        named = Mention.objects.filter(kind=kind._meta.label_lower, key__in=list(keys))
        return self.filter(pk__in=named.values("entry"))

    def moments_taken_back(self, member: Member, since: datetime) -> set[datetime]:
        """Give the moments of which all that was done was taken back since `since`, and counts no more; one query.

        One act writes at one moment, and what takes it back names an entry of it, or the batch that it brought in. What
        was itself taken back takes nothing back.
        """
        named = Mention.objects.filter(entry__member=member, entry__at__gte=since)
        by_entry = named.filter(kind=self.model._meta.label_lower).annotate(
            of=Subquery(Entry.objects.filter(pk=OuterRef("key")).values("at")[:1])
        )
        brought = Mention.objects.filter(kind=OuterRef("kind"), key=OuterRef("key"), entry__verb=_BROUGHT)
        by_batch = named.filter(entry__verb=_BROUGHT_BACK).annotate(
            of=Subquery(brought.values("entry__at")[:1])
        )
        pairs = by_entry.values_list("entry__at", "of").union(by_batch.values_list("entry__at", "of"))
        gone: set[datetime] = set()
        for at, of in sorted((pair for pair in pairs if pair[1] is not None), reverse=True):
            if at not in gone:
                gone.add(of)
        return gone

    def forget(self, texts: Iterable[str]) -> None:
        """Leave some texts out of what is told: somebody showed them once and does no more."""
        alone = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in texts))
        for entry in self:
            says = alone.sub("…", entry.says)
            changes = {
                field: [_left_out(alone, side) for side in sides] for field, sides in entry.changes.items()
            }
            if (says, changes) != (entry.says, entry.changes):
                Entry.objects.filter(pk=entry.pk).update(says=says, changes=changes)


def _left_out(alone: re.Pattern[str], said: Any) -> Any:
    if isinstance(said, list):
        return [text for text in said if not (isinstance(text, str) and alone.fullmatch(text))]
    return alone.sub("…", said) if isinstance(said, str) else said


_BACK = "Taken back: "
_BROUGHT, _BROUGHT_BACK = "batch.taken_in", "batch.undone"
"""What an import writes when it comes into the book, and when all of it is taken back."""


class Entry(models.Model):
    """One thing that happened to a member's book: `verb` for programs, `says` for people.

    `changes` maps a field to its `[before, after]`. An entry is written once and never changed, but that it may have
    to `forget` what somebody else does not show any more.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="journal")
    at = models.DateTimeField()
    verb = models.CharField(max_length=64)
    says = models.TextField()
    changes = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["member", "-at"], name="journal_of_member")]

    def __str__(self) -> str:
        return self.says

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the entry; a second time is refused, because the journal is append-only."""
        if self.pk is not None:
            raise NotAllowed("What the journal says is not changed afterwards.")
        super().save(*args, **kwargs)

    def was_taken_back(self, *, at: datetime) -> None:
        """Let what was written about taking it back, at that moment, name it."""
        later = Entry.objects.filter(member=self.member_id, at=at, pk__gt=self.pk)
        label = self._meta.label_lower
        Mention.objects.bulk_create(Mention(entry=one, kind=label, key=self.pk) for one in later)

    def keys_of(self, kind: type[models.Model]) -> list[int]:
        """Give the keys of the rows of a kind that it is about."""
        return [mention.key for mention in self.mentions.all() if mention.kind == kind._meta.label_lower]

    @property
    def takes_back(self) -> bool:
        """Whether it tells that something was taken back, by its entry."""
        return bool(self.keys_of(Entry))

    @property
    def reversal(self) -> str:
        """What the journal says once this is taken back; of what was taken back, that it counts again."""
        return self.says.removeprefix(_BACK) if self.says.startswith(_BACK) else f"{_BACK}{self.says}"


class Mention(models.Model):
    """What an entry is about: a row of any room above, by its kind ("people.person") and key."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="mentions")
    kind = models.CharField(max_length=64)
    key = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="journal_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


_Told = tuple[Entry, list[tuple[str, int]]]
"""An entry with the kinds and keys of the rows it is about."""

_gathered: ContextVar[list[_Told] | None] = ContextVar("_gathered", default=None)


@contextmanager
def written_together() -> Iterator[None]:
    """Write all that is recorded inside at the end of the block, in a few statements and the same transaction.

    For many verbs in a row: when one of them fails, so does the block, and nothing of it stays. Until the end their
    entries are in no table.
    """
    if _gathered.get() is not None:
        yield
        return
    gathered: list[_Told] = []
    token = _gathered.set(gathered)
    try:
        with transaction.atomic():
            yield
            _write(gathered)
    finally:
        _gathered.reset(token)


def record(
    by: Member,
    verb: str,
    says: str,
    *about: models.Model,
    at: datetime,
    changes: dict[str, Any] | None = None,
) -> Entry:
    """Write one entry about some rows; NotAllowed when one of them is another member's.

    Every verb ends here inside its transaction, so no verb can change what is somebody else's.
    """
    for thing in about:
        if getattr(thing, "member_id", by.pk) != by.pk:
            raise NotAllowed("This is in another member's book.")
    entry = Entry(member=by, at=at, verb=verb, says=says, changes=changes or {})
    mentions = [(thing._meta.label_lower, thing.pk) for thing in about]
    gathered = _gathered.get()
    if gathered is None:
        with transaction.atomic(savepoint=False):
            _write([(entry, mentions)])
    else:
        gathered.append((entry, mentions))
    return entry


def _write(gathered: list[_Told]) -> None:
    write_new([entry for entry, _ in gathered])
    about = ((entry.pk, kind, key) for entry, mentions in gathered for kind, key in mentions)
    insert(Mention, ["entry_id", "kind", "key"], about)
