"""`rapport merge`: people of the book who are one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.db import transaction

from rapport.accounts.models import Member
from rapport.cli import arguments
from rapport.cli.database import prepare_database
from rapport.followups.merging import merge
from rapport.journal.errors import NotAllowed
from rapport.people.models import Person
from rapport.rules.card import SHOWN

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import datetime


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport merge`."""
    parser.add_argument(
        "people", nargs="+", type=int, metavar="ID", help="two people or more; the first stands for all"
    )
    parser.add_argument(
        "--show",
        action="append",
        default=[],
        choices=list(SHOWN),
        help="show this field as the others say it (the last of them), not as the first does; nothing else is lost",
    )
    arguments.add_now(parser)


def run(parsed: Namespace) -> int:
    """Merge. Gives 0; 1 after a sentence on stderr, when nothing was merged; 2 for wrong use."""
    if len(set(parsed.people)) < 2:  # noqa: PLR2004  (two people)
        sys.stderr.write("rapport merge: it takes two people: `rapport duplicates` gives their numbers.\n")
        return 2
    try:
        prepare_database()
        says = _merged(parsed.people, parsed.show, arguments.now_of(parsed.now))
    except NotAllowed as error:
        sys.stderr.write(f"rapport merge: {error}\n")
        return 1
    sys.stdout.write("".join(f"{line}\n" for line in says))
    return 0


def _merged(keys: list[int], show: list[str], at: datetime) -> list[str]:
    """Merge all into the first, or nobody."""
    member = Member.objects.of_this_laptop()
    first, *others = dict.fromkeys(keys)
    with transaction.atomic():
        for key in others:
            merge(_person(member, first), _person(member, key), by=member, at=at, chosen=show)
        person = _person(member, first)
    return [
        f"{person.pk}  {person.presented}",
        "`rapport undo` takes it back, also later, from `rapport undo --list`.",
    ]


def _person(member: Member, key: int) -> Person:
    found = Person.objects.filter(member=member, pk=key).first()
    if found is None:
        raise NotAllowed(
            f"There is nobody with the number {key} in your book. `rapport duplicates` gives them."
        )
    return found
