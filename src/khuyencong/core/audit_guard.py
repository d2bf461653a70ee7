"""Triggers that make the audit table append-only in the database itself, on SQLite and PostgreSQL."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS audit_no_{verb.lower()} BEFORE {verb} ON core_auditrecord
    BEGIN SELECT RAISE(ABORT, 'audit records are append-only'); END"""
    for verb in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit records are append-only'; END $$""",
    """CREATE OR REPLACE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON core_auditrecord
    FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Forbid UPDATE and DELETE on the audit table."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Lift the ban: only a restore, which replaces the whole database, may do this."""
    if connection.vendor == "sqlite":
        _run(connection, ["DROP TRIGGER IF EXISTS audit_no_update", "DROP TRIGGER IF EXISTS audit_no_delete"])
    else:
        _run(connection, ["DROP TRIGGER IF EXISTS audit_append_only ON core_auditrecord"])


def install_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The form that ``RunPython`` calls."""
    install(schema_editor.connection)


def remove_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The way back."""
    remove(schema_editor.connection)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
