"""What a batch made and changed, so that it can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

from rapport.intake.ledger import print_of, prints, said_by
from rapport.rows import in_parts, insert

if TYPE_CHECKING:
    from rapport.intake.models.batch import Batch


_COLUMNS = ("batch_id", "kind", "columns", "prints")


@dataclass(frozen=True, slots=True)
class Noted:
    """One row that a batch left in a certain state; `before` holds its columns as they were, None of a new one."""

    key: int
    columns: Sequence[str]
    print: str
    before: dict[str, Any] | None = None

    def is_as_left(self, row: models.Model) -> bool:
        """Whether nobody has changed the row since."""
        return print_of([getattr(row, name, None) for name in self.columns]) == self.print


class Change(models.Model):
    """One row that a batch changed: its columns as they were (`before`) and as the batch left them (`after`)."""

    batch = models.ForeignKey("intake.Batch", models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=64)
    key = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="changes_of_row")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def noted(self) -> Noted:
        """Give it as undoing reads it."""
        return Noted(self.key, list(self.after), print_of(list(self.after.values())), self.before)


class Made(models.Model):
    """Some hundred rows of one kind that a batch made: of each, by its key, the print of `columns` as it came."""

    batch = models.ForeignKey("intake.Batch", models.CASCADE, related_name="made")
    kind = models.CharField(max_length=64)
    columns = models.JSONField()
    prints = models.JSONField()

    class Meta:
        verbose_name_plural = "made"

    def __str__(self) -> str:
        return f"{len(self.prints)} of {self.kind}"

    @property
    def noted(self) -> list[Noted]:
        """Give the rows as undoing reads them, the latest first."""
        found = (Noted(int(key), self.columns, seen) for key, seen in self.prints.items())
        return sorted(found, key=lambda one: -one.key)

    @staticmethod
    def keep_rows(batch: Batch, rows: Sequence[models.Model]) -> None:
        """Keep rows of one kind that were just written, as they are in memory."""
        columns = said_by(type(rows[0]))
        values = attrgetter(*columns)
        found = [(row.pk, print_of(values(row))) for row in rows]
        kind = rows[0]._meta.label_lower
        insert(Made, _COLUMNS, [(batch.pk, kind, columns, dict(part)) for part in in_parts(found)])

    @staticmethod
    def keep(batch: Batch, keys: Mapping[type[models.Model], Sequence[int]]) -> None:
        """Keep rows of any kind as they stand now."""
        made = [
            (batch.pk, kind._meta.label_lower, columns, prints(kind, part, columns))
            for kind, of_kind in keys.items()
            if (columns := said_by(kind))
            for part in in_parts(of_kind)
        ]
        insert(Made, _COLUMNS, made)


class OfKinds:
    """What a batch noted by the kind of row, the latest first."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._changed: set[str] | None = None
        self._parts: Mapping[str, Sequence[int]] | None = None

    @classmethod
    def looked_over(cls, batch: Batch) -> OfKinds:
        """Know of which kinds there are any, for whoever asks of all of them: of most there are none."""
        kinds, parts = cls(batch), defaultdict(list)
        kinds._changed = set(batch.changes.values_list("kind", flat=True).distinct())
        for kind, key in batch.made.order_by("-pk").values_list("kind", "pk"):
            parts[kind].append(key)
        kinds._parts = parts
        return kinds

    def _changes(self, kind: type[models.Model]) -> models.QuerySet[Change]:
        label = kind._meta.label_lower
        if self._changed is not None and label not in self._changed:
            return Change.objects.none()
        return self._batch.changes.filter(kind=label)

    def _made(self, kind: type[models.Model]) -> models.QuerySet[Made]:
        label = kind._meta.label_lower
        if self._parts is not None and label not in self._parts:
            return Made.objects.none()
        return self._batch.made.filter(kind=label)

    def changed(self, kind: type[models.Model]) -> list[Noted]:
        """Give the rows of a kind that were there before."""
        return [change.noted for change in self._changes(kind).order_by("-pk")]

    def made(self, kind: type[models.Model]) -> Iterator[list[Noted]]:
        """Give the new rows of a kind, some at a time; those given together have the same columns."""
        if self._parts is not None:
            parts = self._parts.get(kind._meta.label_lower, ())
        else:
            parts = list(self._made(kind).order_by("-pk").values_list("pk", flat=True))
        for key in parts:
            yield Made.objects.get(pk=key).noted

    def all(self, kind: type[models.Model]) -> list[Noted]:
        """Give all rows of a kind."""
        return [*self.changed(kind), *chain.from_iterable(self.made(kind))]

    def keys(self, kind: type[models.Model]) -> set[int]:
        """Give the keys of all rows of a kind."""
        return {*self._changes(kind).values_list("key", flat=True), *self.keys_made(kind)}

    def keys_made(self, kind: type[models.Model]) -> list[int]:
        """Give the keys of the new rows of a kind, the first first."""
        made = self._made(kind).order_by("pk")
        return [int(key) for part in made.values_list("prints", flat=True).iterator() for key in part]

    def prints_now(self) -> list[dict[int, str]]:
        """Give how all of it stands now, kind by kind: what is gone has no print."""
        named: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
        for kind, key, columns in self._batch.changes.order_by("pk").values_list("kind", "key", "after"):
            named[kind, tuple(columns)].append(key)
        for kind, keys, columns in self._batch.made.order_by("pk").values_list("kind", "prints", "columns"):
            named[kind, tuple(columns)] += map(int, keys)
        return [prints(apps.get_model(kind), keys, columns) for (kind, columns), keys in named.items()]

    def keys_in_any_batch(self, kind: type[models.Model]) -> set[int]:
        """Give the keys of all rows of a kind that any of the member's batches noted."""
        named = {"batch__member": self._batch.member_id, "kind": kind._meta.label_lower}
        made = Made.objects.filter(**named).values_list("prints", flat=True)
        return {
            *Change.objects.filter(**named).values_list("key", flat=True),
            *(int(key) for part in made.iterator() for key in part),
        }
