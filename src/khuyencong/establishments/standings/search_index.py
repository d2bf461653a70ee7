"""Looking for words in names, codes, products, owners without reading every row: an index of three letters at a time.

SQLite: an FTS5 table that reads its content from the establishments, kept by triggers. PostgreSQL: a GIN index over a
function of ours, for the extension that does the same (pg_trgm) is not everywhere. The index only says which few rows
are worth a look; what is found is still decided by the words themselves.
"""

from collections.abc import Iterable

from django.db import connection as default_connection
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from khuyencong.core.per_request import once
from khuyencong.core.turns import let_others_in
from khuyencong.establishments.standings.statements import ESTABLISHMENT

FEW = 2000  # more than these are found sooner by walking the list in its order
_LETTERS = 3

TABLE = "establishments_search"
_TABLE = f"""CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(search, contact_search,
    content='{ESTABLISHMENT}', content_rowid='id', tokenize='trigram case_sensitive 1')"""
# What an import in bulk wrote is taken into the index afterwards, a part at a time; until then it stands here.
UNSEARCHED = "establishments_unsearched"
_WAITS = f"EXISTS (SELECT 1 FROM {UNSEARCHED} WHERE establishment_id = OLD.id)"
_PART = 1000
_ADD = f"INSERT INTO {TABLE}(rowid, search, contact_search) VALUES (NEW.id, NEW.search, NEW.contact_search)"
_FORGET = f"INSERT INTO {TABLE}({TABLE}, rowid, search, contact_search) SELECT 'delete',"
_KNOWN = f"establishment_id, search, contact_search FROM {UNSEARCHED} WHERE known AND establishment_id"
_TAKE = f"{_FORGET} OLD.id, OLD.search, OLD.contact_search WHERE NOT {_WAITS}"
_TAKE_WAITING = f"{_FORGET} {_KNOWN} = OLD.id; DELETE FROM {UNSEARCHED} WHERE establishment_id = OLD.id"
TRIGGERS = {
    f"{TABLE}_added": f"AFTER INSERT ON {ESTABLISHMENT} BEGIN {_ADD}; END",
    f"{TABLE}_taken": f"AFTER DELETE ON {ESTABLISHMENT} BEGIN {_TAKE}; {_TAKE_WAITING}; END",
    f"{TABLE}_changed": (
        f"AFTER UPDATE OF search, contact_search ON {ESTABLISHMENT}"
        f" WHEN (OLD.search <> NEW.search OR OLD.contact_search <> NEW.contact_search) AND NOT {_WAITS}"
        f" BEGIN {_TAKE}; {_ADD}; END"
    ),
}

_PARTS = f"{TABLE}_parts"
_TEXT = "search || ' ' || contact_search"
_FUNCTIONS = (
    f"""CREATE OR REPLACE FUNCTION {_PARTS}(told text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(array_agg(DISTINCT substr(told, at, {_LETTERS})), '{{}}')
    FROM generate_series(1, length(told) - {_LETTERS - 1}) at $$""",
    f"CREATE INDEX IF NOT EXISTS {TABLE}_index ON {ESTABLISHMENT} USING gin ({_PARTS}({_TEXT}))",
    # As for the laws (decision 0005): the planner does not count what unpacking every text would cost.
    f"""CREATE OR REPLACE FUNCTION {TABLE}_with(parts text[], most integer) RETURNS SETOF bigint LANGUAGE sql STABLE
    SET enable_seqscan = off AS $$ SELECT id FROM {ESTABLISHMENT} WHERE {_PARTS}({_TEXT}) @> parts LIMIT most $$""",
)


def few_with(words: Iterable[str]) -> list[int] | None:
    """The keys of the rows that may hold all the words; None where these are many, or the words too short to tell."""
    return _few_with(tuple(word for word in words if len(word) >= _LETTERS))


def untested(words: Iterable[str]) -> list[str]:
    """The words that rows of ``few_with`` are still to be tested for; on SQLite the index tells all but short ones."""
    return [word for word in words if default_connection.vendor != "sqlite" or len(word) < _LETTERS]


def count(words: Iterable[str], limit: int) -> int | None:
    """How many rows hold all the words, no further than ``limit`` + 1; None where the index cannot tell."""
    asked = list(words)
    if default_connection.vendor != "sqlite" or not asked or any(len(word) < _LETTERS for word in asked):
        return None
    if _some_wait():
        return None
    few = _few_with(tuple(asked))  # as was asked for the rows: to walk the index costs more than all else
    return _number(tuple(asked), limit) if few is None else len(few)


def _number(words: tuple[str, ...], limit: int) -> int:
    with default_connection.cursor() as cursor:
        matching = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s LIMIT %s"
        cursor.execute(f"SELECT COUNT(*) FROM ({matching}) found", [_fts5(words), limit + 1])
        return int(cursor.fetchone()[0])


@once
def _few_with(words: tuple[str, ...]) -> list[int] | None:
    if not words:
        return None
    with default_connection.cursor() as cursor:
        if default_connection.vendor == "sqlite":
            matching, values = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [_fts5(words)]
            if _some_wait():
                held = " AND ".join(["instr(e.search || ' ' || e.contact_search, %s) > 0"] * len(words))
                waiting = f"{ESTABLISHMENT} e JOIN {UNSEARCHED} w ON w.establishment_id = e.id"
                matching += f" UNION SELECT e.id FROM {waiting} WHERE {held}"
                values += words
            cursor.execute(f"{matching} LIMIT %s", [*values, FEW + 1])
        else:
            parts = sorted({word[at : at + _LETTERS] for word in words for at in range(len(word) - _LETTERS + 1)})
            cursor.execute(f"SELECT * FROM {TABLE}_with(%s::text[], %s)", [parts, FEW + 1])
        found = [row[0] for row in cursor.fetchall()]
    return found if len(found) <= FEW else None


def _some_wait() -> bool:
    with default_connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {UNSEARCHED})")
        return bool(cursor.fetchone()[0])


def gather(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Take in what waits, a part at a time, so that others come in between."""
    part = f"SELECT establishment_id FROM {UNSEARCHED} ORDER BY establishment_id LIMIT {_PART}"
    taking = (
        f"{_FORGET} {_KNOWN} IN ({part})",
        f"INSERT INTO {TABLE}(rowid, search, contact_search)"
        f" SELECT id, search, contact_search FROM {ESTABLISHMENT} WHERE id IN ({part})",
        f"DELETE FROM {UNSEARCHED} WHERE establishment_id IN ({part})",
    )
    while connection.vendor == "sqlite" and _some_wait():
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in taking:
                cursor.execute(statement)
        if _some_wait():
            let_others_in()


def _fts5(words: Iterable[str]) -> str:
    return " ".join('"{}"'.format(word.replace('"', '""')) for word in words)


def laying(connection: BaseDatabaseWrapper) -> list[str]:
    """What makes the index and fills it; on PostgreSQL it keeps itself once it is there."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"{TABLE}_index"])
            return [] if cursor.fetchone()[0] else list(_FUNCTIONS)
    return [
        _TABLE,
        *keeping(),
        f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')",
        f"DELETE FROM {UNSEARCHED}",
    ]


def keeping() -> list[str]:
    """What lays its triggers on SQLite."""
    return [f"CREATE TRIGGER IF NOT EXISTS {name} {when}" for name, when in TRIGGERS.items()]


def removal(connection: BaseDatabaseWrapper) -> list[str]:
    """What takes away what a change of the tables would stumble over."""
    return [f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS] if connection.vendor == "sqlite" else []
