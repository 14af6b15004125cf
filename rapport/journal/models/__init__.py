"""The journal."""

from rapport.journal.models.entry import Entry, Mention

__all__ = ["Entry", "Mention"]
