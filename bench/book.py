"""A member's book for measuring: a new database in this process's own folder, filled through the real importers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

import django

django.setup()

# Django must be set up before its models are read.
from django.db import connection  # noqa: E402  see above

from bench.figure import Figure  # noqa: E402  see above
from bench.invitations import MEMBER, NAME  # noqa: E402  see above
from rapport.accounts.models import Address, Member  # noqa: E402  see above
from rapport.cli.database import prepare_database  # noqa: E402  see above
from rapport.intake.models import Batch  # noqa: E402  see above
from rapport.intake.taking import take_in  # noqa: E402  see above


def database() -> Figure:
    """Tell which database is measured."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0].split()[0]
    return Figure("in the database", f"{connection.display_name} {version}")


def new_book(email: str = MEMBER) -> Member:
    """Make the tables where there are none, and a member in Lisbon with an empty book."""
    prepare_database()
    member = Member.objects.create_user(email, name=NAME, time_zone="Europe/Lisbon", country="PT")
    Address.objects.get_or_create(member=member, email=MEMBER)
    return member


def filled(member: Member, files: Iterable[bytes], *, at: datetime) -> Batch:
    """Take invitations in as one batch."""
    named = ((f"{number}.ics", BytesIO(text)) for number, text in enumerate(files))
    return take_in(member, named, at=at)
