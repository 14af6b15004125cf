"""A watch over one HTTP exchange: what takes too long altogether is cut off, whatever trickles in meanwhile."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any


class Watch:
    """Ends a connection after `seconds`; `trace` is what httpx calls it by (its extension "trace")."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._connection: socket.socket | None = None

    def trace(self, event: str, told: dict[str, Any]) -> None:
        """Keep a hold of the connection: a second handle, which TLS leaves alone."""
        if event == "connection.connect_tcp.complete":
            self._connection = told["return_value"].get_extra_info("socket").dup()
            if self.is_over:
                self._end()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time of what is done inside."""
        self._timer.start()
        try:
            yield
        finally:
            self._timer.cancel()
            if self._connection is not None:
                self._connection.close()

    def _end(self) -> None:
        self.is_over = True
        with suppress(OSError, AttributeError):  # it is gone, or there is none yet
            self._connection.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]
