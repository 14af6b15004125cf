"""`rapport worker`: sends what is due, and brings plans into step."""

from __future__ import annotations

import os
import signal
import sys
from threading import Event, Thread
from typing import TYPE_CHECKING

from django.utils import timezone

from rapport.cli.database import prepare_database
from rapport.worker.loop import work

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport worker`."""
    parser.add_argument("--once", action="store_true", help="do what is due now, then end")
    parser.add_argument(
        "--with-parent",
        action="store_true",
        help="end when standard input is closed, as `rapport serve` does",
    )


def run(arguments: Namespace) -> int:
    """Work until Ctrl-C or SIGTERM. Gives 0."""
    prepare_database()
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if arguments.with_parent:
        Thread(target=_stop_with_parent, args=[stop], daemon=True).start()
    work(stop, timezone.now, once=arguments.once)
    sys.stdout.flush()
    if stop.is_set():  # a lane that waits for a silent server is left to its row, not waited for at exit
        os._exit(0)
    return 0


def _stop_with_parent(stop: Event) -> None:
    """Set `stop` when whoever started this process is gone: its end of our standard input closes with it."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stop.set()
