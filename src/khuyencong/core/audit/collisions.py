"""Two who write the same at once: what the database refuses of the second is told as "somebody was faster"."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import IntegrityError, OperationalError
from django.db.models import Model, UniqueConstraint

from khuyencong.core.refusals import ChangedMeanwhile, Collided

# Codes of SQL's standard and of PostgreSQL.
_NOT_NULL = "23502"
_RING = {"40001", "40P01"}  # serialization failure, deadlock

_sentences: dict[str, Any] = {}


def tell(sentences: Mapping[str, Any]) -> None:
    """What is said when a constraint is met, by its name, or ``room.model.field`` where a field alone is unique."""
    _sentences.update(sentences)


def sentence_of(model: type[Model], key: str) -> str:
    """What is said of the constraint, or of the unique field, of this model; nothing when nobody told."""
    return str(_sentences.get(key) or _sentences.get(f"{model._meta.label_lower}.{key}", ""))


@contextmanager
def told() -> Iterator[None]:
    """Raise ChangedMeanwhile for what only another writer can have caused; the transaction is undone."""
    try:
        yield
    except Collided:
        raise
    except IntegrityError as error:
        if _is_ours(error):
            raise
        raise Collided(_taken(error), *error.args) from error
    except OperationalError as error:
        if _code(error) in _RING:
            raise ChangedMeanwhile from error
        raise


def _is_ours(error: IntegrityError) -> bool:
    """A fault of the action's own, or of the chain: nobody was faster."""
    return _code(error) == _NOT_NULL or any(sign in str(error) for sign in ("NOT NULL", "core_auditrecord"))


def _code(error: Exception) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)


def _taken(error: IntegrityError) -> str:
    """What the constraint that was met says of itself."""
    detail = getattr(error.__cause__, "diag", None)
    if detail is not None:  # PostgreSQL
        name, table = detail.constraint_name or "", detail.table_name
        found = re.search(r"\((.+?)\)=\(", detail.message_detail or "")
        columns = {one.strip(' "') for one in found[1].split(",")} if found else set()
    else:  # "UNIQUE constraint failed: table.column, table.column", or "... failed: index 'name'"
        failed = str(error).rpartition("failed: ")[2]
        name = failed.removeprefix("index ").strip("'")
        pairs = [one.strip().partition(".") for one in failed.split(",")]
        table, columns = pairs[0][0], {column for _table, _dot, column in pairs}
    model = next((one for one in apps.get_models() if one._meta.db_table == table), None)
    if name in _sentences or model is None:
        return str(_sentences.get(name, ""))
    return next((told for key in _keys(model, columns) if (told := sentence_of(model, key))), "")


def _keys(model: type[Model], columns: set[str]) -> Iterator[str]:
    names = {field.name for field in model._meta.concrete_fields if field.column in columns}
    for one in model._meta.constraints:
        if isinstance(one, UniqueConstraint) and set(one.fields) == names:
            yield one.name
    if len(names) == 1:
        yield from names
