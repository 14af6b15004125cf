"""Writing many rows at once: one statement, put into words once and run for each row.

Django's own bulk_create and bulk_update put each row into words anew, which takes several times as long as the
database takes to write it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection, models


def write_new(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model; unlike after bulk_create, their keys are not known in memory."""
    if rows:
        fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
        columns, places = ", ".join(map(_column, fields)), ", ".join(["%s"] * len(fields))
        sql = f"INSERT INTO {_table(rows[0])} ({columns}) VALUES ({places})"  # noqa: S608  our own tables
        _run(sql, rows, fields)


def write_changes(rows: Sequence[models.Model], names: Collection[str]) -> None:
    """Update the fields `names` of rows of one model to what they are in memory; a deleted row stays deleted."""
    if rows:
        meta = rows[0]._meta
        fields = [field for field in meta.concrete_fields if field.name in names]
        columns = ", ".join(f"{_column(field)} = %s" for field in fields)
        sql = f"UPDATE {_table(rows[0])} SET {columns} WHERE {_column(meta.pk)} = %s"  # noqa: S608  our own tables
        _run(sql, rows, [*fields, meta.pk])


def _table(row: models.Model) -> str:
    return connection.ops.quote_name(row._meta.db_table)


def _column(field: models.Field[Any, Any]) -> str:
    return connection.ops.quote_name(str(field.column))


def _run(sql: str, rows: Sequence[models.Model], fields: Sequence[models.Field[Any, Any]]) -> None:
    prepared = [(field.attname, field.get_db_prep_save) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            sql, [[prepare(getattr(row, name), connection) for name, prepare in prepared] for row in rows]
        )
