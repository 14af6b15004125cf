"""The tables of an archive, told apart by their header."""

from __future__ import annotations

from rapport.importers.tables import Family

ARCHIVE = Family(
    "archive",
    {
        "connections": frozenset({"first name", "last name", "company", "position", "connected on"}),
        "invitations": frozenset({"from", "to", "sent at", "direction"}),
        "profile": frozenset({"first name", "last name", "headline", "summary", "industry"}),
        "positions": frozenset({"company name", "title", "started on", "finished on"}),
        "messages": frozenset({"conversation id", "from", "to", "date", "content"}),
        "contacts": frozenset({"firstname", "lastname", "emails", "phonenumbers", "createdat"}),
        "notes": frozenset({"connection first name", "connection last name", "note"}),
        "applications": frozenset({"application date", "company name", "job title", "job url"}),
    },
    widest=100,  # the widest known table has 16
)
"""The columns by which each kind of table is known in every era."""
