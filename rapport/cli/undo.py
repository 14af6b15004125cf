"""`rapport undo`: the last thing done to the book, or an earlier one, taken back."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING

from rapport.accounts.models import Member
from rapport.cli import arguments
from rapport.cli.database import prepare_database
from rapport.intake.taking_back import take_back, undoable
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.rules import phrases

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from rapport.followups.computing import Changed

_LISTED = 20


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport undo`."""
    parser.add_argument(
        "entry",
        nargs="?",
        type=int,
        metavar="ID",
        help="what to take back, by its number in --list (default: the last thing that can be)",
    )
    parser.add_argument(
        "--list",
        action="store_true",
        help="list what can be taken back, the latest first, and change nothing",
    )
    arguments.add_now(parser)


def run(parsed: Namespace) -> int:
    """Take back, or list. Gives 0, or 1 after a sentence on stderr, when nothing was taken back."""
    try:
        prepare_database()
        member = Member.objects.of_this_laptop()
        if parsed.list:
            sys.stdout.writelines(
                f"{entry.pk:>7}  {entry.at.astimezone(member.zone):%Y-%m-%d %H:%M}  {entry.says}\n"
                for entry, _ in islice(undoable(member), _LISTED)
            )
            return 0
        entry = _entry(member, parsed.entry)
        kept, changed = take_back(entry, by=member, at=arguments.now_of(parsed.now))
    except NotAllowed as error:
        sys.stderr.write(f"rapport undo: {error}\n")
        return 1
    lines = (entry.reversal, *kept, *(_in_words(one) for one in changed))
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def _in_words(changed: Changed) -> str:
    deed = phrases.deed(changed.step.act, changed.step.channel, changed.step.person.name)
    return f"“{deed}” is now “{phrases.verdict_in_a_sentence(changed.after)}”."


def _entry(member: Member, key: int | None) -> Entry:
    if key is None:
        for entry, _ in undoable(member):
            if not entry.takes_back:
                return entry
        raise NotAllowed("There is nothing to take back.")
    found = Entry.objects.seen_by(member).filter(pk=key).first()
    if found is None:
        raise NotAllowed(f"There is nothing with the number {key}. `rapport undo --list` gives them.")
    return found
