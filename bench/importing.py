"""A thousand calendar files taken in as one batch, by the time and the memory of a process of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import icalendar

from bench.book import new_book
from bench.figure import Figure, Spent, peak_megabytes
from bench.invitations import NOW, invitations
from rapport.accounts.models import Member
from rapport.intake.taking import take_in
from rapport.interviews.models import Interview
from rapport.people.models import Person

_FILES = 1000


def figures() -> Iterator[Figure]:
    """Take the files in from the disk, then read the same ones with icalendar alone."""
    member = new_book()
    folder = Path(os.environ["RAPPORT_HOME"], "invitations")
    folder.mkdir()
    for number, text in enumerate(invitations(_FILES)):
        (folder / f"{number:04}.ics").write_bytes(text)
    began, used = time.perf_counter(), time.process_time()
    batch = take_in(member, _opened(folder), at=NOW)
    ours = Spent(time.perf_counter() - began, time.process_time() - used)
    peak = peak_megabytes()
    began, used = time.perf_counter(), time.process_time()
    for file in folder.iterdir():
        icalendar.Calendar.from_ical(file.read_bytes())
    peer = Spent(time.perf_counter() - began, time.process_time() - used)
    yield Figure(
        f"importing {_FILES:,} .ics",
        str(ours),
        "under 20 s",
        f"{ours.cpu / peer.cpu:.1f} times the CPU of icalendar parsing them: {peer}",
    )
    yield Figure("  peak memory of that process", f"{peak:.0f} MiB", "under 300 MB")
    yield Figure("  which gave", _came(member, len(batch.problems)))
    began, used = time.perf_counter(), time.process_time()
    take_in(member, _opened(folder), at=NOW)
    yield Figure(
        "  the same files again", str(Spent(time.perf_counter() - began, time.process_time() - used))
    )


def _opened(folder: Path) -> Iterator[tuple[str, BinaryIO]]:
    for file in sorted(folder.iterdir()):
        with file.open("rb") as stream:
            yield file.name, stream


def _came(member: Member, problems: int) -> str:
    interviews = Interview.objects.seen_by(member).count()
    people = Person.objects.seen_by(member).count()
    return f"{interviews:,} interviews, {people:,} people, {problems} problems"
