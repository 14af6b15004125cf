"""What commands that take files in share: whose laptop it is, and files opened one after the other."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from rapport.accounts.models import Address, Member
from rapport.cli import arguments
from rapport.cli.stating import WrongUse
from rapport.intake.progress import Tell, to_nobody

_EVERY = 0.2
"""Seconds between two words about how far the work is."""


def add_me(parser: ArgumentParser) -> None:
    """Declare --me and --zone: who reads."""
    parser.add_argument(
        "--me",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="an e-mail address that is yours, also as 'Alex Morgan <alex@mail.example>'; remembered",
    )
    parser.add_argument("--zone", type=arguments.zone, default=None, help="your time zone; remembered")


def member_of(parsed: Namespace) -> Member:
    """The laptop's member, with what the line says of them."""
    member = Member.objects.of_this_laptop()
    before = (member.name, member.time_zone)
    for stated in parsed.me:
        name, address = parseaddr(stated)
        if "@" not in address:
            raise WrongUse(f"--me takes an e-mail address, not {stated!r}.")
        Address.objects.get_or_create(member=member, email=address.lower())
        member.name = member.name or name
    member.time_zone = parsed.zone or member.time_zone
    if (member.name, member.time_zone) != before:
        member.save(update_fields=["name", "time_zone"])
    return member


def opened(names: list[str], problems: list[dict[str, Any]]) -> Iterator[tuple[str, BinaryIO]]:
    """Open one file after the other: a shell's `*.ics` may name more than a process may hold open."""
    for name in names:
        if name == "-":
            yield "standard input", sys.stdin.buffer
            continue
        try:
            says = _why_not(Path(name))
            if not says:
                with Path(name).open("rb") as stream:
                    yield Path(name).name, stream
        except OSError as error:
            says = f"It cannot be opened ({error.strerror}). Check the name and that you may read it."
        if says:
            problems.append({"file": name, "line": None, "says": says})


@contextmanager
def told_on(stream: TextIO) -> Iterator[Tell]:
    """Tell how far long work is, on one line of a terminal that is gone at the end; nowhere else."""
    if not stream.isatty():
        yield to_nobody
        return
    last = time.monotonic()  # short work says nothing

    def tell(doing: str, done: int, of: int = 0) -> None:
        nonlocal last
        if time.monotonic() - last >= _EVERY:
            last = time.monotonic()
            stream.write(f"\r\x1b[K{doing}: {done:,}{f' of {of:,}' if of else ''}")
            stream.flush()

    try:
        yield tell
    finally:
        stream.write("\r\x1b[K")
        stream.flush()


def _why_not(path: Path) -> str:
    """A pipe that nobody writes to would be waited for without end, and a device never ends."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        return "It is a pipe or a device, not a file. Save it as a file, or give - and pipe it in."
    return ""
