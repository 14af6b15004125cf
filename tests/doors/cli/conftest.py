"""What tests of commands share: a command run in this process, and the examples' files."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pytest_django import DjangoDbBlocker

from rapport.cli.main import main
from tests.copies import Copy

ROOT = Path(__file__).parents[3]
NOW = "2026-11-21T09:00:00+00:00"
INVITATION = ROOT / "examples" / "initech-interview.ics"
AS_ALEX = (
    "--me",
    "Alex Morgan <alex.morgan@mail.example>",
    "--zone",
    "Europe/Berlin",
    "--now",
    NOW,
    "--json",
)


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
        return rapport("plan", *files, *AS_ALEX, *more)

    return plan


@dataclass(frozen=True, slots=True)
class Planned:
    """What `rapport plan` of some files said as JSON, and the rows that it wrote, to be copied."""

    document: Any
    rows: Copy

    @classmethod
    def of(cls, *files: Path) -> Planned:
        said = StringIO()
        with redirect_stdout(said):
            rows = Copy(lambda: main(["plan", *map(str, files), *AS_ALEX]))
        return cls(json.loads(said.getvalue()), rows)


@pytest.fixture(scope="session")
def invitation_planned_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Planned:
    """The examples' invitation, planned, to be copied."""
    with django_db_blocker.unblock():
        return Planned.of(INVITATION)


@pytest.fixture
def stands(invitation_planned_once: Planned, db: None) -> Any:
    """Let the examples' invitation be planned already; give what the command said."""
    invitation_planned_once.rows.put()
    return invitation_planned_once.document


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
