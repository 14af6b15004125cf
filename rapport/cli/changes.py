"""`rapport changes`: what reads otherwise than before about people, and who said so."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from rapport.accounts.models import Member
from rapport.cli.arguments import add_json, moment
from rapport.cli.database import prepare_database
from rapport.intake.differences import Difference, differences
from rapport.people.models import CardRevision

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from datetime import datetime

_FIRST = ("title", "organisation")
"""What one wants to hear of somebody before all else."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport changes`."""
    parser.add_argument(
        "--since",
        type=moment,
        default=None,
        metavar="MOMENT",
        help="leave out what was said before, as 2026-11-21",
    )
    add_json(parser)


def run(parsed: Namespace) -> int:
    """Print the changes, one a line. Gives 0."""
    prepare_database()
    found = _changes(Member.objects.of_this_laptop(), parsed.since)
    if parsed.json:
        document = {"changes": [_as_json(*change) for change in found]}
        sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
        return 0
    is_empty = True
    for _, at, one in found:
        is_empty = False
        before, after = one.before or "nothing", one.after or "nothing"
        sys.stdout.write(f"{at:%Y-%m-%d}  {one.person}, {one.field}: {before} → {after} ({one.source})\n")
    if is_empty:
        sys.stdout.write("Nothing changed about anybody in your book.\n")
    return 0


def _changes(member: Member, since: datetime | None) -> Iterator[tuple[int, datetime, Difference]]:
    """Give what stands of each change: the person's key, when it was said, and what.

    Of what was said at one moment, as by an import, titles and companies come first.
    """
    said = CardRevision.objects.filter(person__member=member, undone_at=None).exclude(before="")
    if since is not None:
        said = said.filter(absorbed_at__gte=since)
    newest = said.select_related("person").order_by("-absorbed_at", "-pk").iterator()
    for at, together in groupby(newest, key=attrgetter("absorbed_at")):
        found = [(card.person_id, at, one) for card in together for one in differences(card.person, card)]
        yield from sorted(found, key=lambda change: change[2].field not in _FIRST)


def _as_json(person: int, at: datetime, one: Difference) -> dict[str, Any]:
    return {
        "id": person,
        "person": one.person,
        "field": one.field,
        "before": one.before,
        "after": one.after,
        "source": one.source,
        "at": at.isoformat(),
    }
