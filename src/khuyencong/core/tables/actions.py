"""Writing what an import staged: the one moment of it in which everybody waits, and so as short as can be."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, models

from khuyencong.core import audit
from khuyencong.core.tables.planning import Progress
from khuyencong.core.tables.staging import Staged

_BATCH = 500


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


class Switch:
    """The statements that bring staged rows to the tables, with all their values; made before anybody waits."""

    def __init__(self, staged: Iterable[Staged]) -> None:
        self._parts: dict[str, list[tuple[Any, ...]]] = {}
        for one in staged:
            fields = [field for field in one.obj._meta.concrete_fields if not field.primary_key]
            values = [field.get_db_prep_save(getattr(one.obj, field.attname), connection) for field in fields]
            sql = _update(one.obj, fields) if one.before else _insert(one.obj, fields)
            self._parts.setdefault(sql, []).append((*values, one.obj.pk))

    def make(self, progress: Progress, words: str) -> None:
        """Write them; belongs into the writing that tells of them."""
        rows, done = sum(map(len, self._parts.values())), 0
        with connection.cursor() as cursor:
            for sql, values in self._parts.items():
                for start in range(0, len(values), _BATCH):
                    part = values[start : start + _BATCH]
                    cursor.executemany(sql, part)
                    done += len(part)
                    progress(done / rows, words)


def _insert(obj: models.Model, fields: "list[models.Field[Any, Any]]") -> str:
    columns = ", ".join(f'"{field.column}"' for field in [*fields, obj._meta.pk])
    places = ", ".join(["%s"] * (len(fields) + 1))
    return f'INSERT INTO "{obj._meta.db_table}" ({columns}) VALUES ({places})'  # noqa: S608 a table of ours


def _update(obj: models.Model, fields: "list[models.Field[Any, Any]]") -> str:
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{obj._meta.db_table}" SET {columns} WHERE "{obj._meta.pk.column}" = %s'  # noqa: S608 as above
