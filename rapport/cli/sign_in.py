"""`rapport sign-in`: a fresh one-time link to a laptop's Rapport."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from rapport.accounts.models import Member, SignInLink
from rapport.cli.database import prepare_database

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import datetime

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8000
LAST_PORT = 65_535


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport sign-in`."""
    parser.add_argument(
        "--port",
        type=port_number,
        default=DEFAULT_PORT,
        help="where `rapport serve` listens (default: %(default)s)",
    )


def run(arguments: Namespace) -> int:
    """Print the link. Gives 0, or 1 after a sentence on stderr."""
    if not settings.LAPTOP:
        sys.stderr.write("A server has no sign-in links. `rapport admit EMAIL` lets somebody join.\n")
        return 1
    prepare_database()
    sys.stdout.write(new_link(Member.objects.of_this_laptop(), arguments.port, at=timezone.now()) + "\n")
    return 0


def new_link(member: Member, port: int, *, at: datetime) -> str:
    """Give the address that signs `member` in, once."""
    return f"http://{LOOPBACK}:{port}" + reverse("sign_in_link", args=[SignInLink.give(member, at=at)])


def port_number(text: str) -> int:
    """Read a port, 1 to 65535."""
    if not text.isdecimal() or not 1 <= int(text) <= LAST_PORT:
        raise ArgumentTypeError(f"{text!r} is no port; choose a number between 1024 and {LAST_PORT}")
    return int(text)
