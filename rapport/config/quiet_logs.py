"""What the server's log may say: what broke and where in the code, never anybody's words or a secret link."""

from __future__ import annotations

import logging
import traceback


class QuietFormatter(logging.Formatter):
    """Names the route in place of the address asked for, and the place of an error in place of its words.

    An address can hold the token of a one-time link; the words of an exception can quote a note or a name.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give one line, and the places in the code when there was an exception."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {self._said(record)}"
        if not record.exc_info or record.exc_info[0] is None:
            return line
        kind, _, trace = record.exc_info
        places = [
            f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([line, f"{kind.__module__}.{kind.__qualname__} at", *places])

    def _said(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is None:
            return record.getMessage()
        match = getattr(request, "resolver_match", None)
        route = match.route if match is not None else "no such page"
        return f"{getattr(record, 'status_code', '')} {request.method} {route}"
