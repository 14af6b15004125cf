"""Every dependency is pinned, hashed, and has its reason."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
GROUPS = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
DECLARED = [requirement for group in GROUPS for requirement in group]
REQUIREMENTS = ["requirements.txt", "requirements-dev.txt"]


def bare(requirement: str) -> str:
    """Give the normalised name of a requirement (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


@pytest.mark.parametrize("requirement", DECLARED)
def test_every_dependency_has_its_reason_in_the_decisions(requirement):
    text = (ROOT / "docs/decisions/dependencies.md").read_text().lower()
    assert f"| `{bare(requirement)}` |" in text


def test_the_decisions_name_no_dependency_that_is_gone():
    named = re.findall(
        r"^\| `([\w-]+)` \|", (ROOT / "docs/decisions/dependencies.md").read_text(), re.MULTILINE
    )
    assert sorted(named) == sorted(bare(requirement) for requirement in DECLARED)


@pytest.mark.parametrize("group", GROUPS)
def test_dependencies_are_sorted(group):
    assert group == sorted(group, key=bare)


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_requirements_name_no_index(file):
    text = (ROOT / file).read_text()
    assert "://" not in text
    assert not re.search(
        r"^\s*-{1,2}(i|index-url|extra-index-url|find-links|f|trusted-host)\b", text, re.MULTILINE
    )


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_every_requirement_is_pinned_and_hashed(file):
    text = (ROOT / file).read_text().replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    for line in lines:
        assert re.match(r"[\w.-]+==\S+ .*--hash=sha256:", line), line


def test_every_runtime_dependency_is_in_the_requirements():
    pinned = {bare(line) for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line}
    assert {bare(requirement) for requirement in PROJECT["dependencies"]} <= pinned
