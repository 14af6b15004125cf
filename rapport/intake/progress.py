"""How far long work has come, for whoever waits for it.

It cannot be told by a row: an import is one transaction, of which nobody sees anything before its end, and on SQLite
nobody else writes meanwhile. So it stands in a small file in RAPPORT_HOME, where the pages of the same machine find it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from django.conf import settings

_EVERY = 0.25
"""Seconds between two notes: who looks, looks less often."""


class Progress(NamedTuple):
    """What is being done, and how many rows of how many; `of` is 0 while that is not known."""

    doing: str
    done: int
    of: int


class Tell(Protocol):
    """Hears how far the work has come."""

    def __call__(self, doing: str, done: int, of: int = 0) -> None:
        """Hear it; called often, so it returns at once."""


def to_nobody(doing: str, done: int, of: int = 0) -> None:
    """Let it be."""


@contextmanager
def told_of(name: str) -> Iterator[Tell]:
    """Keep the progress of a piece of work, by its name, until it ends."""
    file = _file(name)
    last = 0.0

    def tell(doing: str, done: int, of: int = 0) -> None:
        nonlocal last
        if time.monotonic() - last >= _EVERY:
            last = time.monotonic()
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = file.with_suffix(".new")
            fresh.write_text(f"{doing}\n{done}\n{of}", encoding="utf-8")
            fresh.replace(file)

    try:
        yield tell
    finally:
        file.unlink(missing_ok=True)


def progress_of(name: str) -> Progress | None:
    """Give the progress of a piece of work, None where nothing is told of it."""
    with suppress(OSError, ValueError):
        doing, done, of = _file(name).read_text(encoding="utf-8").split("\n")
        return Progress(doing, int(done), int(of))
    return None


def _file(name: str) -> Path:
    return Path(settings.HOME, "progress", name)
