"""What composing gives."""

from __future__ import annotations

from dataclasses import dataclass

from rapport.rules.drafts.lengths import length


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that could be sent unchanged.

    `subject` is for e-mail only; `limit` is None where a site sets none. `hints` are sentences for the member
    on what would make the draft better; they are never part of the words.
    """

    subject: str
    text: str
    limit: int | None = None
    hints: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """The length of the text as sites count it, in UTF-16 code units."""
        return length(self.text)
