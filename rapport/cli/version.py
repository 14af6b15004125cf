"""`rapport --version`; apart, since asking for it loads what no other command needs."""

from __future__ import annotations

import sys
from importlib.metadata import version


def run() -> int:
    """Print which version is installed."""
    sys.stdout.write(f"rapport {version('rapport')}\n")
    return 0
