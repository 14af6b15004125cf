"""What the documents name is there: a path that has moved is a failure, not a surprise for a newcomer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rapport.config import settings

ROOT = Path(__file__).parents[2]
FOLDERS = ("rapport", "tests", "docs", "bench", "examples", "scripts", "typings")
STANDING = [path for folder in FOLDERS for path in (ROOT / folder, *(ROOT / folder).rglob("*"))]
WRITTEN = [
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
    if path.name not in {"norms.md", "cli.md"}  # written from the code
]
_PATH = re.compile(r"`([\w.-]+/[\w./*-]*|[\w*-]+\.(?:py|toml|md|js|typ))`")
_IN_A_MODULE = re.compile(r"^(\S+/\w+)\.(?!(?:py|toml|md|js|typ)$)\w+$")
_ELSEWHERE = {"pyproject.toml"}


@pytest.mark.parametrize("document", WRITTEN, ids=lambda path: path.name)
def test_every_path_that_a_document_names_is_there(document):
    text = document.read_text()
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert [target for target in linked if not (document.parent / target).exists()] == []
    named = {_IN_A_MODULE.sub(r"\1.py", path).rstrip("/") for path in _PATH.findall(text)} - _ELSEWHERE
    assert [path for path in named if not any(one.match(path) for one in STANDING)] == []


def test_every_variable_of_a_server_is_told_to_whoever_runs_it():
    variables = set(re.findall(r"^RAPPORT_\w+", settings.__doc__, re.MULTILINE))
    told = set(re.findall(r"RAPPORT_\w+", (ROOT / "docs/server.md").read_text()))
    assert variables - told == {"RAPPORT_PORT"}  # a laptop's
