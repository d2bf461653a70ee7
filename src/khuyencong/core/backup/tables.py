"""The rows of every table as plain values and back, the same on SQLite and PostgreSQL."""

import base64
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models

_BATCH = 2000
_NOT_CARRIED = {Session}
_NOT_CARRIED_APPS = {"queue", "django_tasks_database"}  # what was under way ends with its installation

Model = type[models.Model]
AnyField: TypeAlias = "models.Field[Any, Any]"


def carried_models() -> list[Model]:
    """Every table of the product that is not worked out from others, those that others point to first."""
    waiting = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and not is_derived(model)
        and model not in _NOT_CARRIED
        and model._meta.app_label not in _NOT_CARRIED_APPS
    ]
    ordered: list[Model] = []
    while waiting:
        ready = [model for model in waiting if not _needs(model) & set(waiting) - {model}]
        # A circle of tables: constraints are checked at the end of the transaction, so any order will do.
        for model in ready or waiting[:1]:
            ordered.append(model)
            waiting.remove(model)
    return ordered


def is_derived(model: Model) -> bool:
    """Whether the database itself works the table out from others: a restore fills it as it writes these."""
    return getattr(model, "derived", False)


def fields_of(model: Model) -> list[AnyField]:
    """The stored fields of a table."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def dump(model: Model) -> Iterator[str]:
    """One JSON line for each row, by key."""
    names = [field.attname for field in fields_of(model)]
    rows = model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=_BATCH)
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n"


def empty(model: Model) -> None:
    """Remove every row at once, with no cascade and no signal."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_quote(model._meta.db_table)}")  # noqa: S608 our own table names


def empty_sessions() -> None:
    """Sign everybody out."""
    empty(Session)


def load(model: Model, columns: list[str], rows: Iterable[list[Any]]) -> int:
    """Insert rows exactly as they were (keys and automatic dates included); how many there were."""
    fields = {field.attname: field for field in fields_of(model)}
    if set(columns) != set(fields):
        raise ValueError(f"{model._meta.label}: {sorted(set(columns) ^ set(fields))}")
    ordered = [fields[column] for column in columns]
    names = ", ".join(_quote(_column(field)) for field in ordered)
    marks = ", ".join(["%s"] * len(ordered))
    sql = f"INSERT INTO {_quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 as above
    readers = [_reader(field) for field in ordered]
    count, source = 0, iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(source, _BATCH)):
            cursor.executemany(sql, [[read(value) for read, value in zip(readers, row, strict=True)] for row in batch])
            count += len(batch)
    return count


def advance_sequences(loaded: Iterable[Model]) -> None:
    """On PostgreSQL, let the next automatic key come after the highest loaded one.

    A sequence does not roll back with its transaction, so it is never moved down: if this restore fails, the
    old rows are still below it. SQLite keeps count by itself.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in loaded:
            key = model._meta.pk
            if not isinstance(key, models.AutoField | models.BigAutoField | models.SmallAutoField):
                continue
            table, column = _quote(model._meta.db_table), _quote(_column(key))
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, _column(key)])
            sequence = cursor.fetchone()[0]
            cursor.execute(
                f"SELECT setval('{sequence}', greatest((SELECT last_value FROM {sequence}), max({column})))"  # noqa: S608 as above
                f" FROM {table} HAVING max({column}) IS NOT NULL"
            )


def _needs(model: Model) -> set[Model]:
    return {
        field.remote_field.model for field in model._meta.concrete_fields if field.is_relation and field.remote_field
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"no plain form for {type(value)!r}")


def _reader(field: AnyField) -> Callable[[Any], Any]:
    """From the plain value to what the database driver takes."""
    convert: Callable[[Any], Any] = field.to_python
    if isinstance(field, models.JSONField):
        convert = _same
    elif isinstance(field, models.BinaryField):
        convert = base64.b64decode
    elif isinstance(field, models.DurationField):
        convert = _seconds
    elif isinstance(field, models.ForeignKey):
        convert = field.target_field.to_python
    return lambda value: None if value is None else field.get_db_prep_save(convert(value), connection)


def _same(value: Any) -> Any:
    return value


def _seconds(value: float) -> dt.timedelta:
    return dt.timedelta(seconds=value)


def _column(field: AnyField) -> str:
    return field.get_attname_column()[1]


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)
