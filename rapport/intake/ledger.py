"""What a batch makes and changes, kept so that it can be taken back."""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from hashlib import blake2b
from typing import Any

from django.db import models

from rapport.importers.findings import Place
from rapport.journal.rows import stored
from rapport.rows import in_parts


def prints(kind: type[models.Model], keys: Iterable[int], columns: Sequence[str] = ()) -> dict[int, str]:
    """Give a print of each row that is there, by its key: of `columns`, by default of all that `said_by` gives."""
    names = columns or said_by(kind)
    found: dict[int, str] = {}
    for part in in_parts(keys):
        rows = kind._default_manager.filter(pk__in=part).order_by()
        found.update((key, print_of(values)) for key, *values in rows.values_list("pk", *names).iterator())
    return found


def said_by(kind: type[models.Model]) -> list[str]:
    """Name the columns that tell whether somebody has acted upon a row: not those that Rapport derives."""
    return [field.attname for field in kind._meta.concrete_fields if field.editable or field.primary_key]


def print_of(values: Sequence[Any]) -> str:
    """Tell rows apart by the values of their columns, as 16 hex digits: one in 2^64 changes would go unseen."""
    text = json.dumps(values, sort_keys=True, default=_iso)
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _iso(value: datetime | date | time) -> str:
    """Write a moment as a database gives it back: in UTC."""
    return (value.astimezone(UTC) if isinstance(value, datetime) else value).isoformat()


class Ledger:
    """Rows made, and rows as they stood before their first change, in the order of their first mention.

    `places` tells where in a file stands what they came of: by their kind, and their key or what else tells them apart.
    """

    def __init__(self) -> None:
        self.rows: dict[tuple[str, int], models.Model] = {}
        self.before: dict[tuple[str, int], dict[str, Any] | None] = {}
        self.places: dict[tuple[type[models.Model], Hashable], Place] = {}

    def __bool__(self) -> bool:
        return bool(self.rows)

    def made(self, row: models.Model) -> None:
        """Keep a new row; its removal takes it back."""
        self._keep(row, None)

    def changes(self, row: models.Model, columns: Collection[str] = ()) -> None:
        """Keep a row as it stands, before it is changed: of some only the `columns` that are any batch's business."""
        if (row._meta.label_lower, row.pk) not in self.rows:
            before = stored(row)
            self._keep(row, {name: before[name] for name in columns} if columns else before)

    def came_from(self, kind: type[models.Model], key: Hashable, place: Place) -> None:
        """Keep where something new, or changed, stands in a file; the first place counts."""
        self.places.setdefault((kind, key), place)

    def _keep(self, row: models.Model, before: dict[str, Any] | None) -> None:
        key = (row._meta.label_lower, row.pk)
        self.rows.setdefault(key, row)
        self.before.setdefault(key, before)

    def keys_by_kind(self) -> dict[type[Any], list[int]]:
        """Give the keys of all kept rows by their kind, in their order."""
        kinds: dict[type[Any], list[int]] = {}
        for (_, key), row in self.rows.items():
            kinds.setdefault(type(row), []).append(key)
        return kinds

    def before_by_kind(self) -> dict[type[Any], dict[int, dict[str, Any] | None]]:
        """Give how all kept rows stood, by their kind and key; None of new ones."""
        kinds: dict[type[Any], dict[int, dict[str, Any] | None]] = {}
        for (label, key), row in self.rows.items():
            kinds.setdefault(type(row), {})[key] = self.before[label, key]
        return kinds

    def made_any(self, kind: type[models.Model]) -> list[models.Model]:
        """Give the rows of one kind that were made."""
        return [row for key, row in self.rows.items() if isinstance(row, kind) and self.before[key] is None]
