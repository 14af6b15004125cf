"""`rapport doctor`: is everything here that Rapport needs? One line each, with what to do."""

from __future__ import annotations

import io
import os
import platform
import stat
import sys
import tempfile
from dataclasses import replace
from email.utils import parseaddr
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import Error

from rapport.cli.database import unapplied_migrations
from rapport.correspondence.message import mailable
from rapport.gateways.photographs.lines import is_installed
from rapport.gateways.reach import Unreachable
from rapport.gateways.smtp import open_session
from rapport.journal.errors import NotAllowed
from rapport.rules.etiquette import NormError, load_schools
from rapport.worker.accounts import own

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable
    from pathlib import Path

OLDEST_PYTHON = (3, 11)
_PATIENCE = 10.0  # seconds; somebody sits and waits


class Ailment(Exception):
    """What is wrong and what to do about it."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare that `rapport doctor` has no options."""
    parser.set_defaults()


def run(_arguments: Namespace) -> int:
    """Print one line a check. Gives 0 when all is well, 1 when there is something to mend."""
    well = True
    for name, check in CHECKS.items():
        try:
            said, mark = check(), "ok  "
        except Ailment as ailment:
            said, mark, well = str(ailment), "MEND", False
        sys.stdout.write(f"{mark} {name}: {said}\n")
    return 0 if well else 1


def _cards() -> str:
    if is_installed():
        return "codes and print are read from pictures"
    return "only codes are read from pictures; `pip install 'rapport[ocr]'` lets print be read, too"


def _python() -> str:
    if sys.version_info < OLDEST_PYTHON:
        raise Ailment(f"{platform.python_version()} is too old. Install Python 3.11 or newer.")
    return platform.python_version()


def _folder() -> str:
    home = settings.HOME
    if not home.exists():
        return f"{home} will be made when something is saved"
    try:
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise Ailment(
            f"Cannot write in {home} ({error.strerror}). Set RAPPORT_HOME to a folder of your own."
        ) from error
    if _others_may_look(home):
        raise Ailment(f"Others on this computer may look into {home}. Run: chmod 700 '{home}'")
    return str(home)


def _key() -> str:
    file = settings.HOME / "secret-key"
    if not file.exists():
        return "will be made when the first page is served, or comes from RAPPORT_SECRET_KEY"
    if _others_may_look(file):
        raise Ailment(f"Others may read {file}. Run: chmod 600 '{file}'")
    return "only its owner reads it"


def _others_may_look(place: Path) -> bool:
    """Tell from the mode; where modes mean nothing (Windows) the profile's folder is closed anyway."""
    return os.name == "posix" and bool(stat.S_IMODE(place.stat().st_mode) & 0o077)


def _database() -> str:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and not settings.HOME.exists():
        return "will be made when something is saved"
    try:
        waiting = unapplied_migrations()
    except Error as error:
        raise Ailment(f"Cannot be reached: {str(error).strip()} Look at RAPPORT_DATABASE_URL.") from error
    if waiting:
        raise Ailment(
            f"{len(waiting)} migrations wait. `rapport serve` applies them, after a backup of yours."
        )
    return "reached and up to date"


def _zones() -> str:
    try:
        ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError as error:
        raise Ailment("Time-zone data is missing. Run: pip install tzdata") from error
    return "known"


def _norms() -> str:
    try:
        schools = load_schools()
    except NormError as error:
        raise Ailment(f"A school cannot be read: {error}. Install Rapport again.") from error
    return f"{len(schools)} schools, {sum(len(school.norms) for school in schools.values())} norms"


def _mail() -> str:
    """On a server, sign in to the mail server as the daily mail does."""
    if settings.LAPTOP:
        return "leaves from the member's own account, when there is one in Settings"
    if not settings.MAIL_URL:
        return "this server sends none (RAPPORT_MAIL_URL is not set)"
    try:
        account = own()
        mailable(parseaddr(settings.MAIL_FROM)[1])
    except ValueError as error:
        raise Ailment(str(error)) from error
    except NotAllowed as error:
        raise Ailment(
            "RAPPORT_MAIL_FROM is no address. Set it to one that this mail may come from."
        ) from error
    try:
        open_session(replace(account, timeout=_PATIENCE)).close()
    except Unreachable as trouble:
        raise Ailment(f"{trouble} Look at RAPPORT_MAIL_URL.") from trouble
    return f"leaves by {account.host}, from {settings.MAIL_FROM}"


def _settings() -> str:
    said = io.StringIO()
    try:
        call_command("check", deploy=not settings.LAPTOP, fail_level="WARNING", stdout=said, stderr=said)
    except SystemCheckError as error:
        raise Ailment(" ".join(str(error).split())) from error
    return "for one person's laptop" if settings.LAPTOP else f"for the server {', '.join(settings.HOSTS)}"


CHECKS: dict[str, Callable[[], str]] = {
    "Python": _python,
    "Folder": _folder,
    "Secret key": _key,
    "Database": _database,
    "Time zones": _zones,
    "Norms": _norms,
    "Business cards": _cards,
    "Mail": _mail,
    "Settings": _settings,
}
