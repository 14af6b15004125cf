"""`rapport people`: who is in the book, all of them or who fits some words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rapport.accounts.models import Member
from rapport.cli.arguments import add_json
from rapport.cli.database import prepare_database
from rapport.people.exporting import FORMATS
from rapport.people.finding import best, fitting
from rapport.people.models import CardIndex, Person
from rapport.people.records import loaded

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

_ALL = sys.maxsize


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport people`."""
    add_search(parser)
    add_json(parser)


def add_search(parser: ArgumentParser) -> None:
    """Declare --search."""
    parser.add_argument(
        "--search",
        metavar="WORDS",
        default="",
        help="only who has every word on their card or in your notes; accents, capitals and typing mistakes do not "
        "matter, and digits of a number are found however it is written",
    )


def run(parsed: Namespace) -> int:
    """Print people by name, or the likeliest first. Gives 0."""
    prepare_database()
    keys = keys_of(Member.objects.of_this_laptop(), parsed.search)
    if parsed.json:
        sys.stdout.writelines(part.decode() for part in FORMATS["json"].write(keys))
        return 0
    is_empty = True
    for people in loaded(keys):
        sys.stdout.writelines(f"{person.pk:>8}  {person.presented}\n" for person in people)
        is_empty = is_empty and not people
    if is_empty:
        sys.stdout.write("Nobody fits.\n" if parsed.search.strip() else "Nobody is in your book yet.\n")
    return 0


def keys_of(member: Member, words: str) -> Iterable[int]:
    """Give the keys of who fits some words, the likeliest first and then all others by name; without words, all."""
    everybody = Person.objects.seen_by(member)
    if words.strip():
        CardIndex.catch_up(member, at_most=_ALL)
        first = best(everybody, words, member)
        found = set(first)
        yield from first
        everybody = fitting(everybody, words, member)
    else:
        found = set()
    keys: Any = everybody.order_by("name", "pk").values_list("pk", flat=True)
    yield from (key for key in keys.iterator(chunk_size=5000) if key not in found)
