"""Triggers that make the audit table append-only in the database itself, on SQLite and PostgreSQL.

An entry on its way into the chain goes only when its record stands there (``sealing``; PostgreSQL alone has any).
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_REFUSAL = "audit records are append-only"

# REPLACE deletes the old row without firing the DELETE trigger, so INSERT onto a taken number is refused too.
_SQLITE = {
    "audit_no_update": "BEFORE UPDATE ON core_auditrecord",
    "audit_no_delete": "BEFORE DELETE ON core_auditrecord",
    "audit_no_replace": (
        "BEFORE INSERT ON core_auditrecord WHEN EXISTS (SELECT 1 FROM core_auditrecord WHERE seq = NEW.seq)"
    ),
}
_POSTGRESQL = {
    "audit_append_only": "BEFORE UPDATE OR DELETE ON core_auditrecord FOR EACH ROW",
    "audit_no_truncate": "BEFORE TRUNCATE ON core_auditrecord FOR EACH STATEMENT",
}
_ENTRIES = {
    "audit_entry_waits": "BEFORE UPDATE OR DELETE ON core_auditentry FOR EACH ROW",
    "audit_entry_no_truncate": "BEFORE TRUNCATE ON core_auditentry FOR EACH STATEMENT",
}
_FUNCTION = f"""CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"""
_ENTRY_FUNCTION = """CREATE OR REPLACE FUNCTION audit_entry_waits() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF TG_OP = 'DELETE' AND EXISTS (
            SELECT 1 FROM core_auditrecord sealed WHERE sealed.at = OLD.at AND sealed.action = OLD.action
            AND sealed.object_type = OLD.object_type AND sealed.object_id = OLD.object_id
            AND sealed.before = OLD.before AND sealed.after = OLD.after
        ) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'audit records are append-only';
    END $$"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Forbid UPDATE, DELETE, REPLACE and TRUNCATE on the audit table."""
    if connection.vendor == "sqlite":
        _run(
            connection,
            [
                f"CREATE TRIGGER IF NOT EXISTS {name} {when} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
                for name, when in _SQLITE.items()
            ],
        )
        return
    triggers = [
        f"CREATE OR REPLACE TRIGGER {name} {when} EXECUTE FUNCTION audit_append_only()"
        for name, when in _POSTGRESQL.items()
    ]
    _run(connection, [_FUNCTION, *triggers])
    install_for_entries(connection)


def install_for_entries(connection: BaseDatabaseWrapper) -> None:
    """The same for what waits; a database on its way through the migrations has no such table at first."""
    if connection.vendor == "postgresql" and "core_auditentry" in connection.introspection.table_names():
        triggers = [
            f"CREATE OR REPLACE TRIGGER {name} {when} EXECUTE FUNCTION audit_entry_waits()"
            for name, when in _ENTRIES.items()
        ]
        _run(connection, [_ENTRY_FUNCTION, *triggers])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Lift the ban: only a restore, which replaces the whole database, may do this."""
    if connection.vendor == "sqlite":
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE])
    else:
        for table, triggers in (("core_auditrecord", _POSTGRESQL), ("core_auditentry", _ENTRIES)):
            _run(connection, [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in triggers])


def in_place(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger stands. Without one, records could be changed unseen."""
    if connection.vendor == "sqlite":
        wanted, found = set(_SQLITE), "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        wanted = {*_POSTGRESQL, *_ENTRIES}
        found = (
            "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
            " AND tgrelid IN ('core_auditrecord'::regclass, 'core_auditentry'::regclass)"
        )
    with connection.cursor() as cursor:
        cursor.execute(found)
        return wanted <= {row[0] for row in cursor.fetchall()}


def install_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The form that ``RunPython`` calls."""
    install(schema_editor.connection)


def install_for_entries_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The same for what waits."""
    install_for_entries(schema_editor.connection)


def remove_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The way back."""
    remove(schema_editor.connection)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
