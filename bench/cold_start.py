"""The command from nothing: `rapport plan one.ics --dry-run`, the whole process, files in the system's cache."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from bench.figure import Figure, Spent, middle
from bench.invitations import invitations

_RUNS = 11
_BARE = "import django; from django.conf import settings; settings.configure(); django.setup()"


def figures() -> Iterator[Figure]:
    """Time the command and a bare Django in turn, after one run each that leaves their bytecode compiled."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "one.ics")
        file.write_bytes(next(invitations(1)))
        plan = [sys.executable, "-m", "rapport", "plan", str(file), "--dry-run"]
        bare = [sys.executable, "-c", _BARE]
        _run(plan), _run(bare)
        pairs = [(_run(plan), _run(bare)) for _ in range(_RUNS)]
    ours, peer = [run for run, _ in pairs], [run for _, run in pairs]
    ratio = median(run.cpu / other.cpu for run, other in pairs)
    yield Figure(
        f"rapport plan one.ics --dry-run, median of {_RUNS}",
        str(middle(ours)),
        "under 1 s",
        f"{ratio:.1f} times the CPU of bare django.setup(): {middle(peer)}",
    )


def _run(command: Sequence[str]) -> Spent:
    """Run a command to its end, its output thrown away."""
    began = time.perf_counter()
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=nowhere)
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed ({status}).")
    return Spent(time.perf_counter() - began, used.ru_utime + used.ru_stime)
