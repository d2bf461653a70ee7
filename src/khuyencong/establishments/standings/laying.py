"""Laying the triggers, filling the tables, and proving that what is kept is what it would be if worked out anew."""

from collections.abc import Iterable
from typing import Any

from django.db import connection as default_connection
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from khuyencong.establishments.standings import owed, search_index, statements
from khuyencong.establishments.standings.statements import (
    COLUMNS,
    COUNT,
    COUNT_FIGURES,
    COUNT_KEYS,
    RESULT,
    STANDING,
    SUM,
    SUM_FIGURES,
    SUM_KEYS,
    TOLD,
    Trigger,
)  # fmt: skip

# Statements are put together from our own names, hence S608.
_SUMS = ((COUNT, COUNT_KEYS, COUNT_FIGURES), (SUM, SUM_KEYS, SUM_FIGURES))
_RESULTS = f"FROM {RESULT} r JOIN {STANDING} s ON s.establishment_id = r.establishment_id"
_ANEW = {COUNT: f"{statements.counts('s')} FROM {STANDING} s", SUM: f"{statements.sums('s', 'r')} {_RESULTS}"}

# Until SQLite has counted by itself (ANALYZE), it takes a province for ten rows. It is most of the registry: so many
# rows in all, alike in the first column of an index, and alike in both.
_ALIKE = {
    "standing_by_name": "300000 300000 2",
    "standing_by_number": "300000 300000 1",
    "standing_by_revenue": "300000 300000 2",
    "standing_by_support": "300000 300000 250000",
    "standing_by_industry": "300000 300000 3000",
    "standing_by_commune": "300000 3000 30",
    "standing_never_supported": "250000 250000 5000 1000 200 100",
}
_ADVICE = (
    "ANALYZE sqlite_master",
    f"DELETE FROM sqlite_stat1 WHERE tbl = '{STANDING}'",
    *(f"INSERT INTO sqlite_stat1 VALUES ('{STANDING}', '{name}', '{alike}')" for name, alike in _ALIKE.items()),
    "ANALYZE sqlite_master",
)


def rebuild(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Work everything out anew."""
    with transaction.atomic(using=connection.alias):
        remove(connection)
        tables = (STANDING, COUNT, SUM, owed.TABLE)
        _run(connection, [f"DELETE FROM {table}" for table in tables])
        _run(connection, [f"INSERT INTO {STANDING} ({COLUMNS}) {TOLD}"])
        for table, keys, figures in _SUMS:
            _run(connection, [_put(table, keys, figures, statements.grouped(keys, figures, _ANEW[table]))])
        _run(connection, [f"INSERT INTO {owed.TABLE} ({owed.COLUMNS}) {_owed(connection)}"])
        _lay(connection)


def gather(connection: BaseDatabaseWrapper = default_connection) -> None:
    """On SQLite, take what was written in bulk into the index of the search. On PostgreSQL, where writers put their
    part of a sum beside that of others, make one row of them again.
    """
    search_index.gather(connection)
    if connection.vendor == "sqlite":
        return
    for table, keys, figures in _SUMS:
        columns = ", ".join((*keys, *figures))
        gone = f"WITH gone AS (DELETE FROM {table} RETURNING {columns})"
        _run(
            connection,
            [f"{gone} {_put(table, keys, figures, statements.grouped(keys, figures, 'SELECT * FROM gone'))}"],
        )


def differences(connection: BaseDatabaseWrapper = default_connection) -> dict[str, int]:
    """Of each kept table: how many rows are not what they would be if worked out anew; nothing where all are."""
    pairs = {
        STANDING: (f"SELECT {COLUMNS} FROM {STANDING}", TOLD),
        owed.TABLE: (f"SELECT {owed.COLUMNS} FROM {owed.TABLE}", _owed(connection)),
    }
    for table, keys, figures in _SUMS:
        columns = ", ".join((*keys, *figures))
        kept = statements.grouped(keys, figures, f"SELECT {columns} FROM {table}")
        pairs[table] = (kept, statements.grouped(keys, figures, _ANEW[table]))
    found = {}
    with connection.cursor() as cursor:
        for table, (kept, anew) in pairs.items():
            sides = (f"SELECT * FROM (SELECT * FROM ({one}) a EXCEPT SELECT * FROM ({two}) b) c"
                     for one, two in ((kept, anew), (anew, kept)))  # fmt: skip
            cursor.execute(f"SELECT COUNT(*) FROM ({' UNION ALL '.join(sides)}) d")
            if n := cursor.fetchone()[0]:
                found[table] = n
    return found


def in_place(connection: BaseDatabaseWrapper = default_connection) -> bool:
    """Whether every trigger is there."""
    wanted = {one.name for one in _triggers(connection)}
    if connection.vendor == "sqlite":
        wanted |= set(search_index.TRIGGERS)
    return wanted <= _names(connection)


def remove(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Take the triggers away."""
    _run(connection, search_index.removal(connection))
    present = _names(connection)
    for one in _triggers(connection):
        if one.name not in present:
            continue
        if connection.vendor == "sqlite":
            _run(connection, [f"DROP TRIGGER {one.name}"])
        else:
            _run(connection, [f"DROP FUNCTION {one.name} CASCADE"])


# The tables that an import in bulk writes to, and what is kept of them.
_LIFTED = (statements.ESTABLISHMENT, RESULT, STANDING)


def lift(connection: BaseDatabaseWrapper = default_connection) -> bool:
    """Let the triggers rest that ``bulk`` stands in for, to the end of the transaction at most; whether that may be."""
    lifted = [one for one in _triggers(connection) if one.table in _LIFTED]
    if connection.vendor == "sqlite":
        _run(connection, [*search_index.removal(connection), *(f"DROP TRIGGER {one.name}" for one in lifted)])
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE oid = ANY (%s::regclass[])",
            [list(_LIFTED)],
        )
        if not cursor.fetchone()[0]:
            return False
    _run(connection, _switched("DISABLE", lifted))
    return True


def put_back(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Let them work again."""
    lifted = [one for one in _triggers(connection) if one.table in _LIFTED]
    if connection.vendor == "sqlite":
        _run(connection, [*search_index.keeping(), *(statement for one in lifted for statement in _sqlite(one))])
    else:
        _run(connection, _switched("ENABLE", lifted))


def _switched(how: str, triggers: Iterable[Trigger]) -> list[str]:
    # PostgreSQL changes no table of which something is still to be checked at the end.
    changes = (f"ALTER TABLE {one.table} {how} TRIGGER {one.name}" for one in triggers)
    return ["SET CONSTRAINTS ALL IMMEDIATE", *changes, "SET CONSTRAINTS ALL DEFERRED"]


def before_migration(using: str, plan: Iterable[object] = (), **told: Any) -> None:
    """SQLite changes a table by making it anew and refuses while a trigger elsewhere names it: take them away."""
    from django.db import connections

    if list(plan):
        remove(connections[using])


def after_migration(using: str, **told: Any) -> None:
    """Lay them again and work out what they missed; so an upgrade fills the standings too."""
    from django.db import connections

    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if {STANDING, statements.THROUGH, owed.TABLE, owed.PARAMETER} <= tables and not in_place(connection):
        rebuild(connection)


def _lay(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "sqlite":
        for table, keys, _figures in _SUMS:
            _run(connection, [f"CREATE UNIQUE INDEX IF NOT EXISTS {table}_once ON {table} ({', '.join(keys)})"])
        _run(connection, _ADVICE)
    for one in _triggers(connection):
        _run(connection, _sqlite(one) if connection.vendor == "sqlite" else _postgresql(one))
    _run(connection, search_index.laying(connection))


def _triggers(connection: BaseDatabaseWrapper) -> list[Trigger]:
    # On SQLite one writes at a time. On PostgreSQL nobody may wait for the sums of a commune that another has touched.
    sqlite = connection.vendor == "sqlite"
    return [*statements.triggers(merged=sqlite), *owed.triggers(sqlite)]


def _owed(connection: BaseDatabaseWrapper) -> str:
    return owed.told(sqlite=connection.vendor == "sqlite")


def _sqlite(one: Trigger) -> list[str]:
    condition = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in one.differ)
    when = f" WHEN {condition}" if condition else ""
    of = f" OF {', '.join(one.differ)}" if one.differ else ""
    body = "; ".join(one.statements)
    return [f"CREATE TRIGGER {one.name} AFTER {one.event}{of} ON {one.table} FOR EACH ROW{when} BEGIN {body}; END"]


def _postgresql(one: Trigger) -> list[str]:
    condition = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in one.differ)
    when = f" WHEN ({condition})" if condition else ""
    # Whoever comes second waits here, and then reads what the first has written.
    held = (
        f"PERFORM 1 FROM {STANDING} WHERE establishment_id IN ({one.touched}) ORDER BY establishment_id FOR UPDATE",
    )
    body = "; ".join((*(held if one.touched else ()), *one.statements, "RETURN NULL"))
    return [
        f"CREATE FUNCTION {one.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; END $$",
        f"CREATE TRIGGER {one.name} AFTER {one.event} ON {one.table} FOR EACH ROW{when} EXECUTE FUNCTION {one.name}()",
    ]


def _put(table: str, keys: tuple[str, ...], figures: tuple[str, ...], rows: str) -> str:
    return statements.adding(table, keys, figures, rows, merged=False)


def _names(connection: BaseDatabaseWrapper) -> set[str]:
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(
            sqlite if connection.vendor == "sqlite" else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        return {row[0] for row in cursor.fetchall()}


def _run(connection: BaseDatabaseWrapper, wanted: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in wanted:
            cursor.execute(statement)
