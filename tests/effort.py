"""How hard the same test tries on each database."""

from django.db import connection


def tries(count: int) -> int:
    """Give how often something that touches the database is tried: on PostgreSQL a third of the times on SQLite.

    The rules are the same on both, and are tried in full on one; what a database does otherwise shows early.
    """
    return count if connection.vendor == "sqlite" else max(3, count // 3)
