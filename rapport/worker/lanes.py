"""One lane a member and kind of work: what is slow for one holds up nobody else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from django.db import connections

_log = logging.getLogger(__name__)

THREADS = 16
"""Lanes that move at once. They mostly wait for servers; each connection to the database costs a file."""


class Lanes:
    """Runs jobs on threads, at most one in each lane. What a job raises is logged; its rows say what is still due."""

    def __init__(self, threads: int = THREADS) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="lane")
        self._busy: set[Hashable] = set()
        self._lock = Lock()

    def offer(self, lane: Hashable, job: Callable[[], None]) -> bool:
        """Start a job unless its lane is busy; give whether it was started."""
        with self._lock:
            if lane in self._busy:
                return False
            self._busy.add(lane)
        self._pool.submit(self._run, lane, job)
        return True

    @property
    def busy(self) -> int:
        """How many lanes have a job, started or about to be."""
        with self._lock:
            return len(self._busy)

    def _run(self, lane: Hashable, job: Callable[[], None]) -> None:
        try:
            job()
        except Exception:  # noqa: BLE001  the outermost place: the row is due still, and is tried again
            _log.exception("work in lane %s broke off", lane)
        finally:
            connections.close_all()  # this thread's own; nobody else would close them when it ends
            with self._lock:
                self._busy.discard(lane)

    def close(self) -> None:
        """Take no more jobs and drop those that have not begun."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        connections.close_all()
