"""`rapport duplicates`: who of the book may be one person, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rapport.accounts.models import Member
from rapport.cli.arguments import add_json
from rapport.cli.database import prepare_database
from rapport.people.duplicates import Duplicates, duplicates
from rapport.people.origins import origins
from rapport.rows import in_parts

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_VERDICTS = {"same": "The same person", "maybe": "Maybe the same person"}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport duplicates`."""
    add_json(parser)


def run(parsed: Namespace) -> int:
    """Print the groups with their reasons, the surest first. Gives 0."""
    prepare_database()
    found = sorted(duplicates(Member.objects.of_this_laptop()), key=lambda group: group.verdict != "same")
    if parsed.json:
        uids = _uids([one.pk for group in found for one in group.people])
        document = {"groups": [_as_json(group, uids) for group in found]}
        sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
        return 0
    sys.stdout.writelines(_lines(group) for group in found)
    if not found:
        sys.stdout.write("Nobody is in your book twice, as far as their cards tell.\n")
    return 0


def _as_json(group: Duplicates, uids: dict[int, list[str]]) -> dict[str, Any]:
    """Give what docs/duplicates.schema.json describes of a group."""
    people = [{"id": one.pk, "uids": uids.get(one.pk, []), "name": one.name} for one in group.people]
    return {"people": people, "verdict": group.verdict, "because": list(group.because)}


def _uids(people: Sequence[int]) -> dict[int, list[str]]:
    """The identifiers of every card that people, or who was merged into them, came from; the first first."""
    found: dict[int, list[str]] = {}
    for some in in_parts(people):
        found |= {person: list(origin.uids) for person, origin in origins(some).items()}
    return found


def _lines(group: Duplicates) -> str:
    people = "".join(f"  {one.pk:>6}  {one.presented}\n" for one in group.people)
    return f"{_VERDICTS[group.verdict]}\n{people}          {' '.join(group.because)}\n\n"
