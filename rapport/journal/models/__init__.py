"""The journal."""

from rapport.journal.models.entry import Entry, Mention, record, written_together

__all__ = ["Entry", "Mention", "record", "written_together"]
