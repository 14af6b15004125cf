"""Everything of one member as one zip: a JSON file a kind of row, and the cards as vCards."""

from __future__ import annotations

import json
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.core import serializers
from django.db import transaction
from django.db.models import ForeignKey

from rapport.accounts.models import Member
from rapport.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from django.db.models import Model

_IN_MEMORY = 8 << 20
"""Bytes of the zip that stay in memory; a larger one is written to the disk."""

_AT_ONCE = 500
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


def everything_of(member: Member, now: datetime) -> IO[bytes]:
    """The zip as a file that goes when it is closed. Passwords and the digests of secret links are left out.

    Row after row is written, so that a book of any size takes as little memory as a small one.
    """
    packed = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  whoever sends it closes it
    with transaction.atomic(), ZipFile(packed, "w", ZIP_DEFLATED) as bundle:
        bundle.writestr("README.txt", _READ_ME.format(member=member, now=now))
        people = Person.objects.seen_by(member).order_by("pk").values_list("card", flat=True)
        _write(bundle, "people.vcf", map(_card, people.iterator(_AT_ONCE)))
        for kind, path in paths_to_member():
            if kind._meta.label_lower not in LEFT_OUT:
                found = kind.objects.filter(**{path: member.pk}).order_by("pk")
                _write(bundle, f"{kind._meta.label_lower}.json", _as_json(found.iterator(_AT_ONCE)))
    packed.seek(0)
    return packed


def _write(bundle: ZipFile, name: str, pieces: Iterable[str]) -> None:
    with bundle.open(name, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece.encode())


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


def _as_json(rows: Iterable[Any]) -> Iterator[str]:
    """Write a list of rows, each on lines of its own."""
    before = "["
    for row in rows:
        (said,) = serializers.serialize("python", [row])
        plain = {name: value for name, value in said["fields"].items() if name not in _SECRET}
        text = json.dumps({"id": said["pk"], **plain}, ensure_ascii=False, indent=1, default=str)
        yield f"{before}\n{text}"
        before = ","
    yield "[]" if before == "[" else "\n]"


def _card(text: str) -> str:
    return f"{text.strip()}\r\n" if text.strip() else ""
