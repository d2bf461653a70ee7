"""Writing what an import staged: the one moment of it in which everybody waits, and so as short as can be."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

from django.db import connection, models, transaction

from khuyencong.core import audit
from khuyencong.core.tables.staging import Progress, Ready, Staged

_BATCH = 500
_ROOM = 256 * 1024  # KiB; as much as is written, and let go afterwards


def reserve(model: type[models.Model], count: int) -> Iterator[int]:
    """Keys for so many new rows, which nobody else will be given. Raises RuntimeError outside a writing."""
    audit.alone()
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            given = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(given, [table, column, count])
            return iter([key for (key,) in cursor.fetchall()])
        cursor.execute(f'SELECT max("{column}") FROM "{table}"')  # noqa: S608 a table of ours
        cursor.execute(
            "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = %s), 0), %s)",
            [table, cursor.fetchone()[0] or 0],
        )
        last = cursor.fetchone()[0]
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last + count])
    return iter(range(last + 1, last + count + 1))


class Switch(Ready):
    """Staged rows, laid down beside their tables before anybody waits; then put in place by a few statements."""

    def __init__(self, staged: Sequence[Staged]) -> None:
        self.staged = staged
        self._statements: list[str] = []
        self.beside: dict[type[models.Model], list[str]] = {}
        parts: dict[tuple[type[models.Model], bool], list[models.Model]] = {}
        for one in staged:
            parts.setdefault((type(one.obj), one.before is None), []).append(one.obj)
        for (model, new), rows in parts.items():
            beside = f"staged_{'new' if new else 'changed'}_{model._meta.db_table}"
            _lay(model, beside, rows)
            self.beside.setdefault(model, []).append(beside)
            self._statements += _insert(model, beside) if new else _update(model, beside)

    def make(self, progress: Progress, words: str) -> None:
        """Put them in place; belongs into the writing that tells of them."""
        with connection.cursor() as cursor:
            for done, statement in enumerate(self._statements, 1):
                cursor.execute(statement)
                progress(done / len(self._statements), words)


@contextmanager
def roomy() -> Iterator[None]:
    """On SQLite, room in memory for what is written: with little, each page is written and read many times over."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        usual = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{_ROOM}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")


def _lay(model: type[models.Model], beside: str, rows: list[models.Model]) -> None:
    """Into a table that only this connection sees, so that nobody waits for it."""
    table, fields = model._meta.db_table, model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    put = f'INSERT INTO "{beside}" VALUES ({", ".join(["%s"] * len(fields))})'  # noqa: S608 a table of ours
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS "{beside}"')
        cursor.execute(f'CREATE TEMPORARY TABLE "{beside}" AS SELECT {columns} FROM "{table}" WHERE false')  # noqa: S608 as above
        cursor.execute(f'CREATE UNIQUE INDEX "{beside}_key" ON "{beside}" ("{model._meta.pk.column}")')
        for start in range(0, len(rows), _BATCH):
            part = rows[start : start + _BATCH]
            values = [
                [field.get_db_prep_save(getattr(one, field.attname), connection) for field in fields] for one in part
            ]
            # On SQLite a transaction of ours would keep others from writing, for a table that is none of theirs.
            with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
                cursor.executemany(put, values)


def _insert(model: type[models.Model], beside: str) -> list[str]:
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return [f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT {columns} FROM "{beside}"']  # noqa: S608 as above


def _update(model: type[models.Model], beside: str) -> list[str]:
    """Only the columns in which any of them differs: each index that a written column stands in is written too."""
    table, key = model._meta.db_table, model._meta.pk.column
    names = [f'"{field.column}"' for field in model._meta.concrete_fields if not field.primary_key]
    operator = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    differing = ", ".join(f"MAX(CASE WHEN s.{name} {operator} t.{name} THEN 1 ELSE 0 END)" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {differing} FROM "{beside}" s JOIN "{table}" t ON t."{key}" = s."{key}"')  # noqa: S608 as above
        found = cursor.fetchone()
    columns = ", ".join(name for name, differs in zip(names, found, strict=True) if differs)
    if not columns:
        return []
    anew = f'SELECT {columns} FROM "{beside}" s WHERE s."{key}" = "{table}"."{key}"'  # noqa: S608 as above
    return [f'UPDATE "{table}" SET ({columns}) = ({anew}) WHERE "{key}" IN (SELECT "{key}" FROM "{beside}")']  # noqa: S608 as above
