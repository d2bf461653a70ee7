"""The full-text index over documents, kept by the database itself, on SQLite and PostgreSQL (decision 0005).

What is indexed are the columns ``search_head`` and ``search_text`` of ``law_edition``, which hold words that
``rules.searching`` has made. SQLite: an FTS5 table that reads its content from the editions, with triggers.
PostgreSQL: GIN indexes over the words, and functions that look there and nowhere else.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "law_edition_search"  # on SQLite
ANYWHERE, IN_HEAD = "law_editions_with", "law_editions_with_in_head"  # functions on PostgreSQL

# Statements are put together from our own names, hence S608.
# No positions (detail=column): neighbours are words of their own. "_" is a letter of theirs.
_TABLE = f"""CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(
    search_head, search_text, content='law_edition', content_rowid='id', detail='column',
    tokenize="ascii tokenchars '_'")"""
_COLUMNS = "rowid, search_head, search_text"
_ADD = f"INSERT INTO {TABLE}({_COLUMNS}) VALUES (NEW.id, NEW.search_head, NEW.search_text)"
_TAKE = f"INSERT INTO {TABLE}({TABLE}, {_COLUMNS}) VALUES ('delete', OLD.id, OLD.search_head, OLD.search_text)"
_TRIGGERS = {
    "law_edition_search_added": f"AFTER INSERT ON law_edition BEGIN {_ADD}; END",
    "law_edition_search_removed": f"AFTER DELETE ON law_edition BEGIN {_TAKE}; END",
    "law_edition_search_changed": (
        f"AFTER UPDATE OF id, search_head, search_text ON law_edition BEGIN {_TAKE}; {_ADD}; END"
    ),
}

# The words as they stand: PostgreSQL's own parser would split some and would count places, of which it has few.
_HEAD = "array_to_tsvector(array_remove(string_to_array(search_head, ' '), ''))"
_ALL = "array_to_tsvector(array_remove(string_to_array(search_head || ' ' || search_text, ' '), ''))"
_WORDS = {ANYWHERE: _ALL, IN_HEAD: _HEAD}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index and fill it."""
    if connection.vendor == "sqlite":
        _run(connection, [_TABLE])
        _lay_triggers(connection)
        return
    statements = []
    for function, words in _WORDS.items():
        statements.append(f"CREATE INDEX IF NOT EXISTS {function}_index ON law_edition USING gin (({words}))")
        # Without the index every text would be unpacked and read anew. The planner does not count that.
        statements.append(
            f"CREATE OR REPLACE FUNCTION {function}(wanted tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE"
            f" SET enable_seqscan = off AS $$ SELECT id FROM law_edition WHERE {words} @@ wanted $$"
        )
    _run(connection, statements)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the index."""
    if connection.vendor == "sqlite":
        _run(connection, [*(f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGERS), f"DROP TABLE IF EXISTS {TABLE}"])
        return
    for function in _WORDS:
        _run(connection, [f"DROP FUNCTION IF EXISTS {function}", f"DROP INDEX IF EXISTS {function}_index"])


def mend(connection: BaseDatabaseWrapper) -> None:
    """Lay the triggers again when they are gone.

    SQLite changes a table by making it anew, and the triggers of the old one go with it. Called after each
    migration; does nothing where there is no index (yet).
    """
    if connection.vendor != "sqlite":
        return
    present = _names(connection)
    if TABLE in present and not set(_TRIGGERS) <= present:
        _lay_triggers(connection)


def mend_after_migration(using: str, **told: Any) -> None:
    """The form that the signal ``post_migrate`` calls."""
    from django.db import connections

    mend(connections[using])


def install_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The form that ``RunPython`` calls."""
    install(schema_editor.connection)


def remove_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The way back."""
    remove(schema_editor.connection)


def _lay_triggers(connection: BaseDatabaseWrapper) -> None:
    laid = [f"CREATE TRIGGER IF NOT EXISTS {name} {when}" for name, when in _TRIGGERS.items()]
    _run(connection, [*laid, f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')"])


def _names(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master")
        return {row[0] for row in cursor.fetchall()}


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
