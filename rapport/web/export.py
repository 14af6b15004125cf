"""Everything of one member as one zip: a JSON file a kind of row, and the cards as vCards."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.core import serializers
from django.db.models import ForeignKey

from rapport.accounts.models import Member
from rapport.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import Model, QuerySet

_ROOMS = (
    "accounts",
    "journal",
    "people",
    "interviews",
    "correspondence",
    "network",
    "followups",
    "notifications",
    "intake",
)
_SECRET = {
    "password",
    "sealed_password",
    "sealed_token",
    "sealed_key",
    "token_command",
    "digest",
    "is_administrator",
    "claim",
}
LEFT_OUT = {
    "intake.photograph",
    "intake.piece",
    "intake.foreseen",
    "people.matchkey",
    "people.proposal",
    "people.cardindex",
    "people.tag",
}
"""What waits to be brought in, the member's own files, up to 320 MB of them, which go again; and what Rapport reckons
from the cards, and can at any time again."""

_READ_ME = """Everything that Rapport holds of {member}, as of {now:%d %B %Y %H:%M} UTC.

people.vcf        your address book, readable by any address book
*.json            every row, one file a kind; times are UTC (ISO 8601)
"""


def everything_of(member: Member, now: datetime) -> bytes:
    """The zip's bytes. Passwords and the digests of secret links are left out."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as bundle:
        bundle.writestr("README.txt", _READ_ME.format(member=member, now=now))
        people = Person.objects.seen_by(member).order_by("pk")
        bundle.writestr("people.vcf", "".join(_card(person) for person in people))
        for kind, path in paths_to_member():
            if kind._meta.label_lower in LEFT_OUT:
                continue
            rows = _rows(kind.objects.filter(**{path: member.pk}).order_by("pk"))
            bundle.writestr(f"{kind._meta.label_lower}.json", json.dumps(rows, ensure_ascii=False, indent=1))
    return packed.getvalue()


def paths_to_member() -> Iterator[tuple[type[Any], str]]:
    """Every kind of row in our rooms, and the way from it to its member, as a query set writes it."""
    for room in _ROOMS:
        for kind in apps.get_app_config(room).get_models():
            path = _path(kind, ())
            if path is not None:
                yield kind, path


def _path(kind: type[Model], seen: tuple[type[Model], ...]) -> str | None:
    """The shortest way along foreign keys; a row's own member comes before that of what it belongs to."""
    if kind is Member:
        return "pk"
    keys = [
        field
        for field in kind._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model not in seen
    ]
    for field in keys:
        if field.related_model is Member:
            return field.name
    ways = [(field.name, _path(field.related_model, (*seen, kind))) for field in keys]
    found = [name if way == "pk" else f"{name}__{way}" for name, way in ways if way]
    return min(found, key=lambda way: way.count("__"), default=None)


def _rows(found: QuerySet[Any]) -> list[dict[str, Any]]:
    rows = serializers.serialize("python", found)
    plain = [
        {"id": row["pk"], **{name: value for name, value in row["fields"].items() if name not in _SECRET}}
        for row in rows
    ]
    readable: list[dict[str, Any]] = json.loads(json.dumps(plain, default=str))
    return readable


def _card(person: Person) -> str:
    text = person.card.strip()
    return f"{text}\r\n" if text else ""
