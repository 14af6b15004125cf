"""`rapport export`: the book, or who fits some words, for other programs."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from rapport.accounts.models import Member
from rapport.cli.database import prepare_database
from rapport.cli.people import add_search, keys_of
from rapport.people.exporting import FORMATS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport export`."""
    known = ", ".join(f"{name}: {one.says}" for name, one in FORMATS.items())
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="vcard4", help=f"{known} (default: vcard4)"
    )
    add_search(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write (default: standard output)")


def run(parsed: Namespace) -> int:
    """Write people as they are read. Gives 0, or 1 after a sentence on stderr."""
    prepare_database()
    keys = keys_of(Member.objects.of_this_laptop(), parsed.search)
    try:
        out = Path(parsed.output).open("wb") if parsed.output else nullcontext(sys.stdout.buffer)  # noqa: SIM115  closed below
        with out as file:
            file.writelines(FORMATS[parsed.format].write(keys))
            file.flush()
    except BrokenPipeError:
        raise
    except OSError as trouble:
        why = (trouble.strerror or str(trouble)).lower()
        sys.stderr.write(
            f"rapport export: {parsed.output} cannot be written: {why}. Name another file with -o.\n"
        )
        return 1
    return 0
