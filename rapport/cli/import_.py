"""`rapport import`: files into the book, with what is new, changed, unchanged and proposed."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db import transaction

from rapport.cli import arguments
from rapport.cli.bringing import add_me, member_of, opened, told_on
from rapport.cli.database import prepare_database, scratch_database
from rapport.cli.paper import Paper
from rapport.cli.photographs import Looked, apart, keep_all, look_at, tell
from rapport.cli.stating import WrongUse
from rapport.intake.taking import take_in
from rapport.journal.errors import NotAllowed

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from rapport.intake.models import Batch

_COUNTS = {
    "new": "New people",
    "updated": "Updated",
    "unchanged": "Unchanged",
    "proposed": "Perhaps the same person",
}
_SHOWN = 40
"""How many lines of one kind a page shows; JSON has all of them."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport import`."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="cards (.vcf), an address book of Google or Outlook (CSV), a professional network's data archive (zip) "
        "or CSV files of it, invitations, mails, text, pictures of business cards (JPEG, PNG, WebP); "
        "- reads standard input",
    )
    add_me(parser)
    arguments.add_now(parser)
    parser.add_argument("--preview", action="store_true", help="show what would happen, and save nothing")
    parser.add_argument(
        "--as-read",
        action="store_true",
        help="bring business cards in as they were read from pictures, instead of letting them wait on the page Add "
        "until you confirm them",
    )
    arguments.add_json(parser)


def run(parsed: Namespace) -> int:
    """Import. Gives 0; 1 when some input could not be read, the rest being done; 2 for wrong use."""
    problems: list[dict[str, Any]] = []
    try:
        if parsed.preview:
            scratch_database()
        else:
            prepare_database()
        batch, looked = _brought(parsed, problems)
    except (WrongUse, NotAllowed) as error:
        sys.stderr.write(f"rapport import: {error}\n")
        return 2
    of_nothing, batch.set_aside = _apart(batch)
    problems += batch.problems + of_nothing
    if parsed.json:
        sys.stdout.write(json.dumps(_document(batch, problems, looked), indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(_page(batch, problems, looked, is_preview=parsed.preview))
    return 1 if problems else 0


def _apart(batch: Batch) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Part what is set aside: texts in which nothing is found, as problems, and what is no interview among others."""
    many = Counter(aside["file"] for aside in batch.set_aside)
    told = {place.file for place in batch.places_now.values()}
    empty: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for aside in batch.set_aside:
        is_alone = many[aside["file"]] == 1 and aside["file"] not in told
        (empty if aside["starts"] is None and is_alone and "card" not in aside else others).append(aside)
    problems = [
        {
            "file": aside["file"],
            "line": aside["line"],
            "says": f"“{aside['title']}”: {aside['why']} If it names somebody, type them in or import their card.",
        }
        for aside in empty
    ]
    return problems, others


def _brought(parsed: Namespace, problems: list[dict[str, Any]]) -> tuple[Batch, list[Looked]]:
    """Read pictures first, which takes a while each, then bring in all else in one transaction."""
    pictures, others = apart(parsed.files)
    looked = look_at(pictures, problems)
    unseen = [one for one in looked if parsed.as_read and one.names_somebody]
    with transaction.atomic(), told_on(sys.stderr) as tell_progress:
        now, member = arguments.now_of(parsed.now), member_of(parsed)
        files = chain(opened(others, problems), (one.file for one in unseen))
        batch = take_in(member, files, at=now, tell=tell_progress)
        keep_all([one for one in looked if one not in unseen], member, problems, at=now)
        if parsed.preview:
            transaction.set_rollback(True)
    return batch, looked


def _document(batch: Batch, problems: list[dict[str, Any]], looked: list[Looked]) -> dict[str, Any]:
    """Give what docs/import.schema.json describes."""
    pictures = {"pictures": [one.document() for one in looked]} if looked else {}
    aside = [
        {"file": one["file"], "row": one["line"], "title": one["title"], "says": one["why"]}
        for one in batch.set_aside
    ]
    return {
        **pictures,
        **({"not_interviews": aside} if aside else {}),
        **{name: batch.tally[name] for name in _COUNTS},
        "problems": [
            {"file": problem["file"], "row": problem["line"], "says": problem["says"]} for problem in problems
        ],
        "changes": [
            {name: said for name, said in asdict(change).items() if name != "line"}
            for change in batch.differences_now
        ],
    }


def _page(batch: Batch, problems: list[dict[str, Any]], looked: list[Looked], *, is_preview: bool) -> str:
    paper = Paper.of_terminal()
    was_read = any(one.proposal.cards for one in looked)
    is_waiting = was_read and not batch.brought_something and not any(batch.tally.values())
    title = "Read, and not in your book yet." if is_waiting else batch.title
    paper.line(f"{title}{' (a preview: nothing is saved)' if is_preview else ''}", strong=True)
    tell(paper, looked)
    if not is_waiting:
        paper.gap()
        for name, words in _COUNTS.items():
            paper.line(f"{words:<26}{batch.tally[name]:>8,}")
    _section(
        paper,
        "Changed",
        [
            f"{one.person}, {one.field}: {one.before or 'nothing'} → {one.after or 'nothing'} "
            f"({one.source}{f', row {one.line}' if one.line else ''})"
            for one in batch.differences_now
        ],
    )
    _section(paper, "For you to say", [_placed(one) for one in batch.proposed])
    _section(paper, "Could not be read", [_placed(one) for one in problems])
    aside = [{**one, "says": f"“{one['title']}”. {one['why']}"} for one in batch.set_aside]
    _section(paper, "Not interviews", [_placed(one) for one in aside])
    _section(paper, "Worth knowing", [_placed(one) for one in batch.remarks])
    if batch.brought_something and not is_preview:
        paper.gap()
        paper.line("All of it can be taken back together: `rapport undo`, or Undo on its page.", faint=True)
    if is_waiting and not is_preview:
        paper.gap()
        paper.line("What was read waits for your word: `rapport serve`, Add.", faint=True)
    return str(paper)


def _section(paper: Paper, title: str, lines: list[str]) -> None:
    if not lines:
        return
    paper.gap()
    paper.line(title, strong=True)
    for line in lines[:_SHOWN]:
        paper.line(line, indent=2)
    if len(lines) > _SHOWN:
        paper.line(f"and {len(lines) - _SHOWN} more", indent=2, faint=True)


def _placed(found: dict[str, Any]) -> str:
    row = f", row {found['line']}" if found["line"] else ""
    return f"{found['file']}{row}: {found['says']}"
