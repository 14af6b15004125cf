"""Rows kept as JSON holds them, so that they can be put back as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from rapport.journal.errors import NotAllowed

_Row = TypeVar("_Row", bound=models.Model)


def stored(row: models.Model) -> dict[str, Any]:
    """Give a row's columns as JSON holds them: moments and days as ISO 8601.

    Fields that are not editable are left out: what Rapport derives is no part of what a row says.
    """
    columns = {}
    for field in row._meta.concrete_fields:
        if field.editable or field.primary_key:
            columns[field.attname] = as_json(field.value_from_object(row))
    return columns


def as_json(value: Any) -> Any:
    """Give a column's value as JSON holds it: moments, days and hours as ISO 8601."""
    return value.isoformat() if isinstance(value, (datetime, date, time)) else value


def as_changes(row: models.Model, fields: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give `[before, after]` of columns that are about to be set, as an entry of the journal keeps them."""
    return {name: [as_json(getattr(row, name)), as_json(value)] for name, value in fields.items()}


def restore(row: models.Model, columns: dict[str, Any]) -> None:
    """Put columns back as `stored` gave them, and save these; columns that are not among them stay."""
    put(row, columns)
    row.save(update_fields=[name for name in columns if name != row._meta.pk.attname])


def put(row: models.Model, columns: dict[str, Any]) -> None:
    """Let a row say what `stored` gave."""
    for field in row._meta.concrete_fields:
        if field.attname in columns:
            setattr(row, field.attname, _plain(field, columns[field.attname]))


def as_before(row: models.Model, changes: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Give columns of a row as they were before `changes` of them, each with its `[before, after]` as JSON holds it.

    NotAllowed when one of them is not as the changes left it, or nothing was changed.
    """
    if not stands(row, changes):
        raise NotAllowed(f"{row}: this has changed since, or was taken back already.")
    return {name: _plain(_column(row, name), before) for name, (before, _) in changes.items()}


def stands(row: models.Model, changes: Mapping[str, Sequence[Any]]) -> bool:
    """Whether columns of a row are as `changes` of them left it, and there are any."""
    left = {name: _plain(_column(row, name), after) for name, (_, after) in changes.items()}
    return bool(left) and all(getattr(row, name) == after for name, after in left.items())


def stand_again(kind: type[_Row], columns: dict[str, Any]) -> _Row:
    """Let a row that was deleted stand again, with the columns that `stored` gave; NotAllowed where it cannot."""
    row = kind()
    put(row, columns)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise NotAllowed(f"{row}: there is another one by now.") from None
    return row


def _column(row: models.Model, name: str) -> Any:
    return next(field for field in row._meta.concrete_fields if field.attname == name)


def _plain(field: Any, value: Any) -> Any:
    return value if value is None or isinstance(field, models.JSONField) else field.to_python(value)
