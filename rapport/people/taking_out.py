"""People taken out of a book with all that hangs on them in any room, and put back as they were."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models
from django.db.models.deletion import Collector

from rapport.journal.rows import as_json
from rapport.people.models.person import Person, Recognised
from rapport.rows import in_parts

Kept: TypeAlias = dict[str, list[Any]]
"""`rows` as `[kind, columns]`, in the order in which they can stand again; `ties` as `[kind, column, key, value]`."""

_DERIVED = frozenset({"people.cardindex", "people.tag", "people.matchkey", "people.proposal"})
"""What is read from cards anew."""

_OCTETS = "base64"
_AT_ONCE = 200


def take_out(people: models.QuerySet[Person]) -> Kept:
    """Delete people with all that hangs on them; give what `put_back` needs.

    Rows that only mention them (a step's note) stay, and are tied to them again.
    """
    collector = Collector(using=people.db, origin=people)
    collector.collect(people)
    updates: dict[Any, Any] = collector.field_updates
    ties = [
        [row._meta.label_lower, field.attname, row.pk, field.value_from_object(row)]
        for (field, _), found in updates.items()
        for rows in found
        for row in rows
    ]
    collector.sort()
    gone: list[Iterable[models.Model]] = [
        *reversed(collector.data.values()),
        *reversed(collector.fast_deletes),
    ]
    rows = [
        [row._meta.label_lower, _columns(row)]
        for some in gone
        for row in _whole(list(some))
        if row._meta.label_lower not in _DERIVED
    ]
    collector.delete()
    return {"rows": rows, "ties": ties}


def put_back(kept: Kept) -> int:
    """Let rows stand again; give how many could not, since what they hung on is gone or their place is taken."""
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for label, columns in kept["rows"]:
        by_kind[label].append(columns)
    lost = 0
    for kind in _in_order([apps.get_model(label) for label in by_kind]):
        rows = [_row(kind, columns) for columns in by_kind[kind._meta.label_lower]]
        lost += len(rows) - _stand(kind, rows)
    for label, column, key, value in kept["ties"]:
        _all(apps.get_model(label)).filter(pk=key, **{column: None}).update(**{column: value})
    return lost


def _stand(kind: type[models.Model], rows: list[models.Model]) -> int:
    """Insert the rows that can stand; give how many do."""
    for field in _pointers(kind):
        wanted = {getattr(row, field.attname) for row in rows} - {None}
        present = _present(field.related_model, wanted)
        if field.related_model is kind:
            present |= {row.pk for row in rows}
        rows = [row for row in rows if getattr(row, field.attname) in present | {None}]
    for some in in_parts(rows, _AT_ONCE):
        _all(kind).bulk_create(some, ignore_conflicts=True)
    return len(_present(kind, [row.pk for row in rows]))


def _in_order(kinds: list[type[models.Model]]) -> Iterator[type[models.Model]]:
    """Give kinds so that each comes after those it points at."""
    left = list(kinds)
    while left:
        free = [
            kind
            for kind in left
            if not any(
                field.related_model in left and field.related_model is not kind for field in _pointers(kind)
            )
        ]
        yield from free or left
        left = [kind for kind in left if kind not in free] if free else []


def _pointers(kind: type[models.Model]) -> list[Any]:
    return [field for field in kind._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def _present(kind: type[models.Model], keys: Iterable[Any]) -> set[Any]:
    found: set[Any] = set()
    for some in in_parts(keys, _AT_ONCE):
        found.update(_all(kind).filter(pk__in=some).values_list("pk", flat=True))
    return found


def _all(kind: type[models.Model]) -> models.Manager[Any]:
    """Give all rows of a model, also those that its own manager hides."""
    manager: models.Manager[Any] = kind._base_manager  # noqa: SLF001  Django's own name for it
    return manager


def _whole(rows: list[models.Model]) -> list[models.Model]:
    """Give rows of one model with all their columns.

    Django's collector reads those that deleting needs, and each of the others would be asked for row by row.
    """
    if not any(row.get_deferred_fields() for row in rows):
        return rows
    whole: dict[Any, models.Model] = {}
    for some in in_parts([row.pk for row in rows], _AT_ONCE):
        whole |= _all(type(rows[0])).in_bulk(some)
    return [whole[row.pk] for row in rows]


def _columns(row: models.Model) -> dict[str, Any]:
    return {field.attname: _in_json(field.value_from_object(row)) for field in row._meta.concrete_fields}


def _in_json(value: Any) -> Any:
    """Give a value as JSON holds it, octets too."""
    if isinstance(value, (bytes, memoryview)):
        return {_OCTETS: b64encode(value).decode("ascii")}
    return as_json(value)


def _row(kind: type[models.Model], columns: dict[str, Any]) -> models.Model:
    row = kind()
    for field in kind._meta.concrete_fields:
        value = columns.get(field.attname)
        if isinstance(value, dict) and value.keys() == {_OCTETS}:
            value = b64decode(value[_OCTETS])
        is_plain = value is None or isinstance(field, (models.JSONField, models.BinaryField))
        setattr(row, field.attname, value if is_plain else field.to_python(value))
    if isinstance(row, Person):
        row.is_indexed, row.recognised = False, Recognised.NOT_YET
    return row
