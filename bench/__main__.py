"""`python -m bench [NAME...]`: each subject in a process and a folder of its own, its figures printed."""

from __future__ import annotations

import gc
import os
import platform
import subprocess
import sys
import tempfile
from importlib import import_module

from bench.database import fresh_database
from bench.figure import HEADING

SUBJECTS = (
    "cold_start",
    "advising",
    "cards",
    "importing",
    "archive",
    "pages",
    "letters",
    "sending",
    "duplicates",
    "mailbox",
    "people",
)


def main(names: list[str]) -> int:
    """Print the figures of the subjects named, or of all."""
    unknown = sorted(set(names) - set(SUBJECTS))
    if unknown:
        sys.stderr.write(f"There is no subject {', '.join(unknown)}. They are {', '.join(SUBJECTS)}.\n")
        return 2
    load = os.getloadavg()[0]
    sys.stdout.write(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {load:.1f} programs at work on them.\n\n"
        f"{HEADING}\n"
    )
    sys.stdout.flush()
    return max(_apart(name) for name in names or SUBJECTS)


def _apart(name: str) -> int:
    """Run one subject so that it finds no database, no memory and no imports of another."""
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as home, fresh_database() as database:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("RAPPORT_")}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        kept |= {"RAPPORT_HOME": home, "DJANGO_SETTINGS_MODULE": "rapport.config.settings"}
        environment = kept | database
        command = [sys.executable, "-m", "bench", f"--{name}"]
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603  this program itself


def measure(name: str) -> int:
    """Measure one subject in this process, with what is loaded out of the garbage collector's way, as in a command."""
    subject = import_module(f"bench.{name}")
    gc.collect()
    gc.freeze()
    for figure in subject.figures():
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    given = sys.argv[1:]
    inside = len(given) == 1 and given[0].removeprefix("--") in SUBJECTS and given[0].startswith("--")
    sys.exit(measure(given[0].removeprefix("--")) if inside else main(given))
