"""Work on many rows at once: in parts, and written by one statement that is put into words once.

Django's own bulk_create and bulk_update put each row into words anew, which takes several times as long as the
database takes to write it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models

_PLAIN = (models.CharField, models.TextField, models.BooleanField, models.IntegerField, models.ForeignKey)
"""Fields whose values every database takes as they are; the keys of rows are integers."""

_T = TypeVar("_T")


def in_parts(found: Iterable[_T], size: int = 500) -> Iterator[list[_T]]:
    """Give keys, or what is known by them, `size` at a time: SQLite takes a limited number of them at once."""
    waiting = iter(found)
    while part := list(islice(waiting, size)):
        yield part


def write_new(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model; each has its key afterwards."""
    if rows:
        kind = type(rows[0])
        for row, key in zip(rows, next_keys(kind, len(rows)), strict=True):
            row.pk = key
        names = columns_of(kind)
        insert(kind, names, map(attrgetter(*names), rows))


def write_changes(rows: Sequence[models.Model], names: Collection[str]) -> None:
    """Update the fields `names` of rows of one model to what they are in memory; a deleted row stays deleted."""
    if rows:
        meta = rows[0]._meta
        fields = [field for field in meta.concrete_fields if field.name in names]
        columns = ", ".join(f"{_column(field)} = %s" for field in fields)
        sql = f"UPDATE {_table(type(rows[0]))} SET {columns} WHERE {_column(meta.pk)} = %s"  # noqa: S608  our own tables
        kept = [*fields, meta.pk]
        with connection.cursor() as cursor:
            values = map(attrgetter(*(field.attname for field in kept)), rows)
            cursor.executemany(sql, list(_prepared(kept, values)))


def columns_of(kind: type[models.Model]) -> list[str]:
    """Give the names of all columns of a model, its key among them, as attributes of a row are named."""
    return [field.attname for field in kind._meta.concrete_fields]


def next_keys(kind: type[models.Model], count: int) -> Sequence[int]:
    """Give keys that no row of a model has or had, in their order; to be asked for inside a transaction.

    SQLite lets one transaction write at a time (AUTOINCREMENT counts on from what is written); PostgreSQL hands
    each key out once.
    """
    table = kind._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or (0,))[0]
            return range(last + 1, last + count + 1)
        sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
        cursor.execute(sequence, [_table(kind), str(kind._meta.pk.column), count])
        return [key for (key,) in cursor.fetchall()]


def insert(kind: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given as values of the columns `names`, as attributes are named; all others have their defaults."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    left = [
        field for field in kind._meta.concrete_fields if field.attname not in names and not field.primary_key
    ]
    fields: list[Any] = [*map(kind._meta.get_field, names), *left]
    columns = ", ".join(map(_column, fields))
    defaults = [field.get_default() for field in left]
    prepared = _prepared(fields, ([*row, *defaults] for row in chain([first], rows)))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(fields))
            sql = f"INSERT INTO {_table(kind)} ({columns}) VALUES ({places})"  # noqa: S608  our own tables
            cursor.executemany(sql, list(prepared))
        else:
            with cursor.copy(f"COPY {_table(kind)} ({columns}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)


def _prepared(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Give the values of rows as the database takes them."""
    special = [
        (place, _preparing(field)) for place, field in enumerate(fields) if not isinstance(field, _PLAIN)
    ]
    for row in rows:
        values = list(row)
        for place, prepare in special:
            values[place] = prepare(values[place])
        yield values


def _preparing(field: Any) -> Callable[[Any], Any]:
    def prepare(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    # Rows that came together mostly share their moments.
    return lru_cache(maxsize=1024)(prepare) if isinstance(field, models.DateField) else prepare


def _table(kind: type[models.Model]) -> str:
    return connection.ops.quote_name(kind._meta.db_table)


def _column(field: models.Field[Any, Any]) -> str:
    return connection.ops.quote_name(str(field.column))


def count_anew() -> None:
    """Let SQLite count its rows (0.3 s for 100,000 people), so that it knows which index leads to few of them.

    Without it the index that suits a query is a matter of luck. PostgreSQL counts by itself (autovacuum).
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
