"""Two who write the same at once: what the database refuses of the second is told as "somebody was faster"."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError

from khuyencong.core.refusals import ChangedMeanwhile, Collided

# Codes of SQL's standard and of PostgreSQL.
_NOT_NULL = "23502"
_RING = {"40001", "40P01"}  # serialization failure, deadlock


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
        raise Collided(*error.args) from error
    except OperationalError as error:
        if _code(error) in _RING:
            raise ChangedMeanwhile from error
        raise


def _is_ours(error: IntegrityError) -> bool:
    """A fault of the action's own, or of the chain: nobody was faster."""
    return _code(error) == _NOT_NULL or any(sign in str(error) for sign in ("NOT NULL", "core_auditrecord"))


def _code(error: Exception) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)
