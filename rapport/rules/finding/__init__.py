"""Finding people by what their cards say: capitals, accents and typos forgiven, in every script; no database."""

from rapport.rules.finding.asking import Word, looked_for
from rapport.rules.finding.documents import Document, document
from rapport.rules.finding.nearness import is_near, likely
from rapport.rules.finding.words import folded, spread, words

__all__ = ["Document", "Word", "document", "folded", "is_near", "likely", "looked_for", "spread", "words"]
