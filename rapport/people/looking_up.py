"""How each database looks up words of three letters: an FTS5 table with SQLite, trigram indexes with PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.utils import DatabaseError

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import StateApps

_COLUMNS = ("name", "work", "rest")
_OLD, _NEW = (", ".join(f"{row}.{column}" for column in ("person_id", *_COLUMNS)) for row in ("old", "new"))
_FORGET = (
    f"INSERT INTO people_cardwords (people_cardwords, rowid, name, work, rest) VALUES ('delete', {_OLD});"  # noqa: S608
)
_LEARN = f"INSERT INTO people_cardwords (rowid, name, work, rest) VALUES ({_NEW});"  # noqa: S608

_SQLITE = (
    """CREATE VIRTUAL TABLE people_cardwords USING fts5 (name, work, rest, content='people_cardindex',
       content_rowid='person_id', tokenize='trigram case_sensitive 1')""",
    f"CREATE TRIGGER people_cardwords_came AFTER INSERT ON people_cardindex BEGIN {_LEARN} END",
    f"CREATE TRIGGER people_cardwords_went AFTER DELETE ON people_cardindex BEGIN {_FORGET} END",
    f"CREATE TRIGGER people_cardwords_changed AFTER UPDATE ON people_cardindex BEGIN {_FORGET} {_LEARN} END",
)
_SQLITE_BACK = ("DROP TABLE people_cardwords",)
_POSTGRESQL = tuple(
    f"CREATE INDEX people_cardwords_{column} ON people_cardindex USING gin ({column} gin_trgm_ops)"
    for column in _COLUMNS
)
_PENDING = 256
"""Kilobytes that an index may put off sorting in. Each search reads through them, several times in a search for typos:
with PostgreSQL's own limit of 4 MB they took most of its time until the next vacuum, and 3 ms more for each pattern."""

_SORTED_IN = tuple(
    f"ALTER INDEX people_cardwords_{column} SET (gin_pending_list_limit = {_PENDING})" for column in _COLUMNS
) + tuple(f"SELECT gin_clean_pending_list('people_cardwords_{column}')" for column in _COLUMNS)
_SORTED_IN_BACK = tuple(
    f"ALTER INDEX people_cardwords_{column} RESET (gin_pending_list_limit)" for column in _COLUMNS
)
_POSTGRESQL_BACK = tuple(f"DROP INDEX people_cardwords_{column}" for column in _COLUMNS)

_NEEDED = (
    "Search needs PostgreSQL's extension pg_trgm, and this role may not create it. Let an administrator run "
    '"CREATE EXTENSION pg_trgm" in this database (Debian has it in postgresql-contrib), then migrate again.'
)


def make(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make what words are looked up in."""
    if editor.connection.vendor == "sqlite":
        _run(editor, _SQLITE)
    elif editor.connection.vendor == "postgresql":
        _need_trigrams(editor)
        _run(editor, _POSTGRESQL)


def unmake(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away again; the triggers go with the table they watch."""
    _run(editor, _SQLITE_BACK if editor.connection.vendor == "sqlite" else _POSTGRESQL_BACK)


def sort_in_early(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let PostgreSQL sort what is written into the trigram indexes soon, so that no search reads it in one piece.

    SQLite sorts at once, but knows no index apart from another before its rows are counted.
    """
    if editor.connection.vendor == "postgresql":
        _run(editor, _SORTED_IN)
    elif editor.connection.vendor == "sqlite":
        _run(editor, ("ANALYZE",))


def sort_in_late(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Leave to the database again when that is."""
    if editor.connection.vendor == "postgresql":
        _run(editor, _SORTED_IN_BACK)


def _run(editor: BaseDatabaseSchemaEditor, statements: tuple[str, ...]) -> None:
    with editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _need_trigrams(editor: BaseDatabaseSchemaEditor) -> None:
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            return
        try:
            cursor.execute("CREATE EXTENSION pg_trgm")
        except DatabaseError as refusal:
            raise DatabaseError(_NEEDED) from refusal
