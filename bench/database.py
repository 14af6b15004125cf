"""Which database a subject is measured on: SQLite in its own folder, or a new one where RAPPORT_DATABASE_URL points."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

URL = "RAPPORT_DATABASE_URL"


@contextmanager
def fresh_database() -> Iterator[Mapping[str, str]]:
    """Give what a process has to be told to use a database of its own; it is dropped afterwards.

    With PostgreSQL the role must be allowed to create databases. Of SQLite there is nothing to tell: each subject has a
    folder of its own anyway.
    """
    address = os.environ.get(URL, "")
    if not address.startswith(("postgres:", "postgresql:")):
        yield {}
        return
    name = Identifier(called := f"rapport_bench_{secrets.token_hex(4)}")
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(name))
        try:
            yield {URL: urlsplit(address)._replace(path=f"/{called}").geturl()}
        finally:
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(name))
