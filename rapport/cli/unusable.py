"""What ends any command: `main` prints its sentence."""

from __future__ import annotations


class DatabaseUnusable(Exception):
    """The database cannot be reached or written; carries what to do about it."""
