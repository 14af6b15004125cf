"""Rows that many tests begin with: made once a process by the verbs themselves, and copied into each such test.

To take in an interview costs a tenth of a second and more, to copy what came of it a hundredth. A test still owns
its rows: they come and go with its transaction. Their keys are taken once and for all, so that no row that a test
makes beside them ever has one of them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction
from django.db.models.query import QuerySet

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model


class Copy:
    """What `make` puts into a database that is empty, or that holds another copy."""

    def __init__(self, make: Callable[[], object], *, on: Copy | None = None) -> None:
        with transaction.atomic():
            if on:
                on.put()
            before = {row for rows in _all_rows() for row in rows}
            make()
            self.rows = [[row for row in rows if row not in before] for rows in _all_rows()]
            for row in chain(*self.rows, *(on.rows if on else ())):
                QuerySet(type(row)).filter(pk=row.pk)._raw_delete("default")  # noqa: SLF001  delete() would look for what hangs on it

    def put(self) -> None:
        """Put the rows into the database."""
        with transaction.atomic():
            for rows in filter(None, self.rows):
                QuerySet(type(rows[0])).bulk_create(rows)


def _all_rows() -> list[list[Model]]:
    return [list(QuerySet(kind).order_by("pk")) for kind in apps.get_models(include_auto_created=True)]
