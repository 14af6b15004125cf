"""One figure: what was measured, what it should be, and what it was measured beside."""

from __future__ import annotations

import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

_WIDTHS = (53, 58, 17)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: `beside` names the peer measured in the same run, and the ratio to it."""

    name: str
    measured: str
    target: str = ""
    beside: str = ""

    def __str__(self) -> str:
        cells = (self.name, self.measured, self.target)
        columns = (f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))
        return " ".join([*columns, self.beside]).rstrip()


HEADING = Figure("what", "measured", "target", "beside")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that something took: by the clock on the wall, and of the processor (user and system)."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.cpu:.2f} s CPU)"


def middle(runs: Sequence[Spent]) -> Spent:
    """Give the medians of several runs."""
    return Spent(median(run.wall for run in runs), median(run.cpu for run in runs))


def milliseconds(seconds: Sequence[float]) -> str:
    """Give the median and the 95th percentile of many short times, in milliseconds."""
    return f"{1000 * median(seconds):.1f} / {1000 * p95(seconds):.1f} ms"


def p95(seconds: Sequence[float]) -> float:
    """Give the 95th percentile."""
    return quantiles(seconds, n=20, method="inclusive")[-1]


def peak_megabytes() -> float:
    """Give the most memory that this process has held so far, in MiB, as the operating system counts it."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
