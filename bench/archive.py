"""A member's data archive with the most connections that the site allows, taken in, again, and taken back."""

from __future__ import annotations

import csv
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.book import new_book
from bench.figure import Figure, Spent, peak_megabytes
from bench.invitations import NOW
from rapport.accounts.models import Member
from rapport.intake.models import Batch
from rapport.intake.taking import take_in
from rapport.network.models import Connection

CONNECTIONS = 30_000
_GIVEN = ("Dana", "Kim", "José", "Noor", "Jürgen", "Ana", "Sam", "Priya", "Ruth", "Ines")
_FAMILY = ("Lee", "Park", "Núñez", "Haddad", "Weiß", "Reis", "Ortiz", "Nair", "Vega", "O’Brien")
_HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"


def connections(count: int = CONNECTIONS, seed: int = 7) -> bytes:
    """Write a Connections.csv of this era: two in a hundred show an address, every eighth shares a company."""
    drawn = random.Random(seed)
    lines = ["Notes:", '"When exporting your connection data, some addresses are missing."', "", _HEADER]
    for number in range(count):
        given, family = drawn.choice(_GIVEN), f"{drawn.choice(_FAMILY)}-{number}"
        email = f"person{number}@mail.example" if drawn.random() < 0.02 else ""
        company = f'"Company {drawn.randrange(count // 8)}, Inc."'
        day = (
            f"{drawn.randrange(1, 29):02} {drawn.choice(['Jan', 'Apr', 'Nov'])} {drawn.randrange(2006, 2027)}"
        )
        url = f"https://www.linkedin.com/in/person-{number}"
        lines.append(f"{given},{family},{url},{email},{company},Engineer of things {number % 97},{day}")
    return "\n".join(lines).encode()


def figures() -> Iterator[Figure]:
    """Take it in, take it in again, and take it back."""
    member = new_book()
    table = connections()
    spent, batch = _taken(member, table)
    kept = Connection.objects.seen_by(member).count()
    plain = _read_plainly(table)
    yield Figure(
        f"a Connections.csv of {CONNECTIONS:,} rows",
        str(spent),
        "under 10 s",
        f"{kept:,} connections; {spent.cpu / plain.cpu:.0f} times the CPU of csv and sqlite3 alone: {plain}",
    )
    yield Figure("  peak memory of that process", f"{peak_megabytes():.0f} MiB", "under 300 MB")
    again, _ = _taken(member, table)
    yield Figure("  the same file again", str(again))
    began, used = time.perf_counter(), time.process_time()
    batch.undo(by=member, at=NOW)
    yield Figure("  taken back", str(Spent(time.perf_counter() - began, time.process_time() - used)))
    yield Figure("  peak memory in all", f"{peak_megabytes():.0f} MiB")


def _read_plainly(table: bytes) -> Spent:
    """Read the rows with csv and put them into one table of a new file: no people, no cards, no way back."""
    began, used = time.perf_counter(), time.process_time()
    with TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder, "plain.sqlite3"))) as plain:
        plain.execute(f"CREATE TABLE plain ({', '.join('abcdefg')})")
        rows = list(csv.reader(table.decode().splitlines()[4:]))
        plain.executemany("INSERT INTO plain VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        plain.commit()
    return Spent(time.perf_counter() - began, time.process_time() - used)


def _taken(member: Member, table: bytes) -> tuple[Spent, Batch]:
    began, used = time.perf_counter(), time.process_time()
    batch = take_in(member, [("Connections.csv", BytesIO(table))], at=NOW)
    return Spent(time.perf_counter() - began, time.process_time() - used), batch
