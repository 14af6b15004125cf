"""What `pip install .` installs is whole: the command, and every file that is not Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ["pyproject.toml", "LICENSE", "rapport"]
ASK = """
import django
django.setup()
from django.test import Client
from rapport.config import settings
from rapport.rules.etiquette import load_schools
client = Client(headers={"host": "localhost"})
assert "rapport sign-in" in client.get("/sign-in").text
style = client.get("/static/rapport.css")
style.close()
assert style.status_code == 200
assert load_schools()
print(settings.__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy without network, as pip asks for it (PEP 517)."""
    copy, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for source in SOURCES:
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, copy / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, copy)
    backend = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["build-backend"]
    build = f"import sys, {backend}; {backend}.build_wheel(sys.argv[1])"
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-c", build, str(built)], cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return next(built.glob("*.whl"))


def test_every_file_of_the_package_is_in_the_wheel(wheel):
    here = {str(file.relative_to(ROOT)) for file in (ROOT / "rapport").rglob("*") if file.is_file()}
    expected = {name for name in here if "__pycache__" not in name}
    assert expected - set(zipfile.ZipFile(wheel).namelist()) == set()
    assert any(name.endswith(".toml") for name in expected)


def test_nothing_else_is_in_the_wheel(wheel):
    assert {name.split("/")[0].split("-")[0] for name in zipfile.ZipFile(wheel).namelist()} == {"rapport"}


def test_the_wheel_gives_the_command(wheel):
    opened = zipfile.ZipFile(wheel)
    entries = next(name for name in opened.namelist() if name.endswith("entry_points.txt"))
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]["rapport"]
    assert f"rapport = {declared}" in opened.read(entries).decode()


def test_pages_styles_and_schools_come_from_an_installed_wheel(wheel, tmp_path):
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)  # what installing it does, beside the command
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORT_")} | {
        "PYTHONPATH": str(installed),
        "DJANGO_SETTINGS_MODULE": "rapport.config.settings",
        "RAPPORT_HOME": str(tmp_path / "home"),
    }
    asked = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-c", ASK],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.startswith(str(installed))
