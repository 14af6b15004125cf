"""`rapport admit EMAIL`: let somebody join a server; the only way to its first administrator."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from rapport.accounts.models import Admission, AlreadyMember
from rapport.cli.database import prepare_database

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport admit`."""
    parser.add_argument("email", help="the address that may join, and will sign in")
    parser.add_argument("--administrator", action="store_true", help="may admit others, too")


def run(arguments: Namespace) -> int:
    """Print the link to hand over. Gives 0, or 1 after a sentence on stderr, or 2 for wrong use."""
    if settings.LAPTOP:
        sys.stderr.write(
            "This Rapport is one person's own, whom nobody joins. On a server, set RAPPORT_HOSTS to its name first.\n"
        )
        return 2
    try:
        validate_email(arguments.email)
        prepare_database()
        token = Admission.admit(
            arguments.email, by=None, at=timezone.now(), as_administrator=arguments.administrator
        )
    except ValidationError:
        sys.stderr.write(f"{arguments.email!r} is not an e-mail address.\n")
        return 2
    except AlreadyMember as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    address = f"https://{settings.HOSTS[0].removeprefix('.')}" + reverse("admission", args=[token])
    sys.stdout.write(f"{arguments.email} may join with this link, once, within two weeks:\n\n    {address}\n")
    return 0
