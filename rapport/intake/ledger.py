"""What a batch makes and changes, kept so that it can be taken back."""

from __future__ import annotations

from typing import Any

from django.db import models

from rapport.journal.rows import stored


class Ledger:
    """Rows made, and rows as they stood before their first change, in the order of their first mention."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, int], models.Model] = {}
        self.before: dict[tuple[str, int], dict[str, Any] | None] = {}

    def __bool__(self) -> bool:
        return bool(self.rows)

    def made(self, row: models.Model) -> None:
        """Keep a new row; its removal takes it back."""
        self._keep(row, None)

    def changes(self, row: models.Model) -> None:
        """Keep a row as it stands, before it is changed."""
        if (row._meta.label_lower, row.pk) not in self.rows:
            self._keep(row, stored(row))

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

    def made_any(self, kind: type[models.Model]) -> list[models.Model]:
        """Give the rows of one kind that were made."""
        return [row for key, row in self.rows.items() if isinstance(row, kind) and self.before[key] is None]
