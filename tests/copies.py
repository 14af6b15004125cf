"""Rows that many tests begin with: made once a process by the verbs themselves, and copied into each such test.

To take in an interview costs a tenth of a second and more, to copy what came of it some thousandths: the statements
are kept, not the rows. A test still owns its rows: they come and go with its transaction. Their keys are taken once
and for all, so that no row that a test makes beside them ever has one of them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models.query import QuerySet
from django.db.models.sql import InsertQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import Model


class Copy:
    """What `make` puts into a database that is empty, or that holds another copy."""

    def __init__(self, make: Callable[[], object], *, on: Copy | None = None) -> None:
        with transaction.atomic():
            if on:
                on.put()
            before = {row for rows in _all_rows() for row in rows}
            make()
            made = [[row for row in rows if row not in before] for rows in _all_rows()]
            self._statements = _as_one(chain.from_iterable(map(_statements, filter(None, made))))
            # Out again without a rollback, which would give back the keys.
            for row in chain(*made, before):
                QuerySet(type(row)).filter(pk=row.pk)._raw_delete("default")  # noqa: SLF001  delete() would look for what hangs on it

    def put(self) -> None:
        """Put the rows into the database."""
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, values in self._statements:
                cursor.execute(sql, values)


def _as_one(statements: Iterable[tuple[str, Sequence[Any]]]) -> list[tuple[str, Sequence[Any] | None]]:
    """Give one statement for PostgreSQL, with the values in it: it takes that in a third of the time."""
    if connection.vendor == "sqlite":  # which takes one statement at a time
        return list(statements)
    return [("; ".join(connection.ops.compose_sql(sql, values) for sql, values in statements), None)]


def _statements(rows: list[Model]) -> list[tuple[str, tuple[Any, ...]]]:
    """Give what writes rows of one table, in parts that SQLite can take."""
    fields = rows[0]._meta.concrete_fields
    at_once = (
        max(1, connection.features.max_query_params // len(fields))
        if connection.features.max_query_params
        else len(rows)
    )
    statements = []
    for start in range(0, len(rows), at_once):
        query = InsertQuery(type(rows[0]))
        query.insert_values(fields, rows[start : start + at_once])
        statements += query.get_compiler("default").as_sql()
    return statements


def _all_rows() -> list[list[Model]]:
    return [list(QuerySet(kind).order_by("pk")) for kind in apps.get_models(include_auto_created=True)]
