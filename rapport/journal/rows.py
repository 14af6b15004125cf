"""Rows kept as JSON holds them, so that they can be put back as they were."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import models


def stored(row: models.Model) -> dict[str, Any]:
    """Give a row's columns as JSON holds them: moments and days as ISO 8601.

    Fields that are not editable are left out: what Rapport derives is no part of what a row says.
    """
    columns = {}
    for field in row._meta.concrete_fields:
        if field.editable or field.primary_key:
            value = field.value_from_object(row)
            columns[field.attname] = value.isoformat() if isinstance(value, (datetime, date, time)) else value
    return columns


def restore(row: models.Model, columns: dict[str, Any]) -> None:
    """Put columns back as `stored` gave them, and save these; columns that are not among them stay."""
    put(row, columns)
    row.save(update_fields=[name for name in columns if name != row._meta.pk.attname])


def put(row: models.Model, columns: dict[str, Any]) -> None:
    """Let a row say what `stored` gave."""
    for field in row._meta.concrete_fields:
        if field.attname in columns:
            value = columns[field.attname]
            is_json = isinstance(field, models.JSONField)
            setattr(row, field.attname, value if is_json or value is None else field.to_python(value))
