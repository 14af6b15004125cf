"""What tests of commands share: a command run in this process, and the examples' files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from rapport.cli.main import main

ROOT = Path(__file__).parents[3]
NOW = "2026-11-21T09:00:00+00:00"
INVITATION = ROOT / "examples" / "initech-interview.ics"


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def rapport(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command line."""

    def run(*line: object) -> Ran:
        capsys.readouterr()
        code = main([str(word) for word in line])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def planned(rapport: Any, db: None) -> Any:
    """Plan the examples' invitation as JSON, with more words on the line."""

    def plan(*more: object, files: tuple[object, ...] = (INVITATION,)) -> Ran:
        me = ("--me", "Alex Morgan <alex.morgan@mail.example>", "--zone", "Europe/Berlin", "--now", NOW)
        return rapport("plan", *files, *me, "--json", *more)

    return plan


def person(document: Any, name: str) -> Any:
    """Find somebody in a plan."""
    return next(
        found
        for interview in document["interviews"]
        for found in interview["people"]
        if found["name"] == name
    )


def step(document: Any, name: str, act: str, channel: str | None = None) -> Any:
    """Find one step towards somebody."""
    return next(
        found
        for found in person(document, name)["steps"]
        if found["act"] == act and found["channel"] == channel
    )
