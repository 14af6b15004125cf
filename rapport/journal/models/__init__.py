"""The journal."""

from rapport.journal.models.entry import Entry, Mention, record

__all__ = ["Entry", "Mention", "record"]
