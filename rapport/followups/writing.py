"""Writing many changed rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, models


def write_changes(rows: Sequence[models.Model], names: Iterable[str]) -> None:
    """Update the fields `names` of rows of one model to what they are in memory; a deleted row stays deleted.

    One statement, run for each row. Django's bulk_update asks row by row within each column instead, and takes many
    times as long to put that into words as the database takes to do it.
    """
    if not rows:
        return
    meta, quoted = rows[0]._meta, connection.ops.quote_name
    fields = [meta.get_field(name) for name in names]
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    key = quoted(meta.pk.column)
    values = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk]
        for row in rows
    ]
    with connection.cursor() as cursor:
        sql = f"UPDATE {quoted(meta.db_table)} SET {columns} WHERE {key} = %s"  # noqa: S608  names of our own tables
        cursor.executemany(sql, values)
