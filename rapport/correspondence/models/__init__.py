"""Notes."""

from rapport.correspondence.models.note import Note

__all__ = ["Note"]
