"""Everything that points at a person, handed to another and back: of any room, also of those above this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from rapport.journal.rows import put, stored
from rapport.people.models.person import Person

_STAY = frozenset({"cardrevision", "merge", "matchkey", "proposal", "toldapart", "cardindex", "tag"})
"""Rows of this room that say something of a person's own card, merged or not."""


@dataclass
class Handed:
    """What was handed over, as JSON holds it.

    `moved`: rows that point at another person now, as `[kind, column, key]`. `aside`: rows that could not stand
    beside another, as `[kind, columns]`, with what hung on them before them. `changed`: rows that took over what
    such a one knew more, as `[kind, key, before, after]`.
    """

    moved: list[list[Any]] = field(default_factory=list)
    aside: list[list[Any]] = field(default_factory=list)
    changed: list[list[Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Give it as a row keeps it."""
        return asdict(self)


def hand_over(other: Person, person: Person) -> Handed:
    """Let all that points at `other` point at `person`.

    Where a constraint lets only one of two rows stand, the one of `person` does, unless its model says otherwise
    (`outweighs`), and may learn from the other (`takes_over`). The other is set aside, whole.
    """
    handed = Handed()
    for relation in _relations():
        kind, column = relation.model, relation.attname
        rows = {row.pk: row for row in _all(kind).filter(**{column: other.pk}).order_by("pk")}
        learning = []
        for mine, theirs in _rivals(relation, person, rows):
            stays, goes = (theirs, mine) if _asked(theirs, "outweighs", mine) else (mine, theirs)
            _set_aside(goes, handed)
            rows.pop(goes.pk, None)
            learning.append((stays, goes))
        _all(kind).filter(pk__in=list(rows)).update(**{column: person.pk})
        handed.moved += [[kind._meta.label_lower, column, key] for key in rows]
        for stays, goes in learning:
            setattr(stays, column, person.pk)
            _learn(stays, goes, handed)
    return handed


def hand_back(handed: Handed, person: Person, other: Person) -> None:
    """Let all that was handed over point at `other` again, as far as it still is with `person`.

    What was changed since keeps the change; what was set aside stands again, unless what it hung on is gone.
    """
    for label, column, key in handed.moved:
        rows = _all(apps.get_model(label)).filter(pk=key, **{column: person.pk})
        rows.update(**{column: other.pk})
    for label, key, before, after in handed.changed:
        row = _all(apps.get_model(label)).filter(pk=key).first()
        if row is not None:
            now = stored(row)
            put(row, {name: said for name, said in before.items() if now[name] == after[name] != said})
            row.save()
    for label, columns in reversed(handed.aside):
        row = apps.get_model(label)()
        put(row, columns)
        if _can_stand(row):
            row.save(force_insert=True)


def _all(kind: Any) -> models.QuerySet[Any]:
    return models.QuerySet(kind)


def _relations() -> Iterator[Any]:
    """Give every foreign key to a person, those of lists' hidden tables too."""
    related: list[Any] = Person._meta.get_fields(include_hidden=True)
    for found in related:
        if found.auto_created and not found.concrete and not found.many_to_many:
            meta = found.related_model._meta
            if meta.app_label != "people" or meta.model_name not in _STAY:
                yield found.field


def _rivals(
    relation: Any, person: Person, rows: dict[int, models.Model]
) -> list[tuple[models.Model, models.Model]]:
    """Give the pairs of rows, of `person` and of those to be handed over, of which only one can stand."""
    pairs: dict[int, tuple[models.Model, models.Model]] = {}
    for names, condition in _uniquenesses(relation):
        standing = _all(relation.model).filter(condition) if condition else _all(relation.model)
        mine = {_values(row, names): row for row in standing.filter(**{relation.attname: person.pk})}
        limited = set(standing.filter(pk__in=list(rows)).values_list("pk", flat=True)) if condition else rows
        for key, row in rows.items():
            if key in limited and (rival := mine.get(_values(row, names))) is not None:
                pairs.setdefault(key, (rival, row))
    return list(pairs.values())


def _uniquenesses(relation: Any) -> Iterator[tuple[tuple[str, ...], models.Q | None]]:
    """Give the other fields of each constraint that a foreign key is part of, and when it holds."""
    meta = relation.model._meta
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and relation.name in constraint.fields:
            yield tuple(name for name in constraint.fields if name != relation.name), constraint.condition
    for fields in meta.unique_together:
        if relation.name in fields:
            yield tuple(name for name in fields if name != relation.name), None
    if relation.unique:
        yield (), None


def _values(row: models.Model, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row._meta.get_field(name).value_from_object(row) for name in names)  # type: ignore[union-attr]


def _asked(row: models.Model, verb: str, other: models.Model) -> Any:
    """Ask a row what only its own room knows; most have nothing to say."""
    answer = getattr(row, verb, None)
    return answer(other) if answer else None


def _set_aside(row: models.Model, handed: Handed) -> None:
    for found in row._meta.related_objects:
        if found.on_delete is models.CASCADE:
            for hanging in _all(found.related_model).filter(**{found.field.attname: row.pk}):
                _set_aside(hanging, handed)
    handed.aside.append([row._meta.label_lower, stored(row)])
    _all(type(row)).filter(pk=row.pk).delete()


def _learn(stays: models.Model, goes: models.Model, handed: Handed) -> None:
    before = stored(stays)
    _asked(stays, "takes_over", goes)
    if (after := stored(stays)) != before:
        stays.save()
        handed.changed.append([stays._meta.label_lower, stays.pk, before, after])


def _can_stand(row: models.Model) -> bool:
    """Whether what a row points at is still there, and its place is free."""
    if _all(type(row)).filter(pk=row.pk).exists():
        return False
    pointing: list[Any] = [
        field for field in row._meta.concrete_fields if isinstance(field, models.ForeignKey)
    ]
    for key_field in pointing:
        key = getattr(row, key_field.attname)
        if key is not None and not _all(key_field.related_model).filter(pk=key).exists():
            return False
    return all(
        not _all(type(row)).filter(**dict(zip(names, _values(row, names), strict=True))).exists()
        for names, condition in _whole_uniquenesses(row)
        if condition is None
    )


def _whole_uniquenesses(row: models.Model) -> Iterator[tuple[tuple[str, ...], models.Q | None]]:
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield tuple(constraint.fields), constraint.condition
    for one in row._meta.concrete_fields:
        if one.unique and not one.primary_key and getattr(row, one.attname) is not None:
            yield (one.name,), None
