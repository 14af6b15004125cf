"""The command `rapport`: finds the command named on the line and runs it."""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from importlib import import_module

import django
from django.apps import apps

from rapport.cli.unusable import DatabaseUnusable

COMMANDS: Mapping[str, tuple[str, str]] = {
    "plan": ("rapport.cli.plan", "read invitations, mails and cards, and print the follow-up plan"),
    "import": ("rapport.cli.import_", "bring an archive, cards, invitations and mails into the book"),
    "people": ("rapport.cli.people", "list who is in the book, or who fits some words"),
    "export": ("rapport.cli.export", "write the book as vCards, CSV or JSON"),
    "changes": ("rapport.cli.changes", "list what changed about people, newest first, and who said so"),
    "duplicates": ("rapport.cli.duplicates", "list who in the book may be one person, and why"),
    "merge": ("rapport.cli.merge", "let one person of the book stand for others who are the same"),
    "undo": ("rapport.cli.undo", "take back an import, a merge or a change of the book, also later"),
    "debate": ("rapport.cli.debate", "put one situation to every school of etiquette"),
    "schools": ("rapport.cli.schools", "list the schools, or read one"),
    "letter": ("rapport.cli.letter", "show, print and post the letter to somebody you met"),
    "serve": ("rapport.cli.serve", "serve the web app"),
    "outbox": ("rapport.cli.outbox", "list the mails that wait, left, or came back"),
    "worker": (
        "rapport.cli.worker",
        "send what is due, and keep plans in step (a laptop's `rapport serve` does it itself)",
    ),
    "sign-in": ("rapport.cli.sign_in", "print a new one-time sign-in link for a running laptop's Rapport"),
    "admit": ("rapport.cli.admit", "let an address join a server's Rapport"),
    "doctor": ("rapport.cli.doctor", "check this installation and say what to mend"),
}
"""Every command: where it lives, and what it does in a phrase."""

WRONG_USE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Gives 0, or 1 when some input could not be read or done, or 2 for wrong use."""
    line = list(sys.argv[1:] if arguments is None else arguments)
    if not line or line[0] in {"-h", "--help"}:
        sys.stdout.write(overview())
        return 0 if line else WRONG_USE
    if line[0] == "--version":
        result: int = import_module("rapport.cli.version").run()
        return result
    if line[0] not in COMMANDS:
        sys.stderr.write(
            f"rapport: there is no command {line[0]!r}. The commands are {', '.join(COMMANDS)}.\n"
        )
        return WRONG_USE
    return _run(line[0], line[1:])


def overview() -> str:
    """Every command with what it does, a line each."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {phrase}" for name, (_, phrase) in COMMANDS.items()]
    return (
        "usage: rapport COMMAND ...\n\n"
        + "\n".join(lines)
        + "\n\n`rapport COMMAND --help` tells each one's options. RAPPORT_HOME names the folder with the database.\n"
    )


def parser_of(name: str) -> ArgumentParser:
    """Give the parser of one command; Django must be set up."""
    module, phrase = COMMANDS[name]
    parser = ArgumentParser(
        prog=f"rapport {name}", description=f"{phrase[0].upper()}{phrase[1:]}.", allow_abbrev=False
    )
    import_module(module).add_arguments(parser)
    return parser


def _run(name: str, line: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.config.settings")
    if not apps.ready:
        _load(name)
    try:
        parsed = parser_of(name).parse_args(line)
        result: int = import_module(COMMANDS[name][0]).run(parsed)
    except BrokenPipeError:  # the reader of a pipe has had enough, as in `rapport plan ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except DatabaseUnusable as unusable:
        sys.stderr.write(f"{unusable}\n")
        return 1
    except SystemExit as wrong_use:  # argparse has said what was wrong, or shown the help
        return int(wrong_use.code or 0)
    return result


def _load(name: str) -> None:
    """Set Django up and load a command; it all stays to the end, so nothing of it is looked through for garbage.

    Looking through it again and again while it grows would take a tenth of a cold start.
    """
    gc.disable()
    django.setup()
    import_module(COMMANDS[name][0])
    gc.freeze()
    gc.enable()
