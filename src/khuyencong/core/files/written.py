"""Files written inside a transaction: when it does not go through, they go too."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models.fields.files import FieldFile

_written: ContextVar[list[FieldFile] | None] = ContextVar("written_files", default=None)


@contextmanager
def files_with_the_transaction() -> Iterator[None]:
    """Files noted inside are removed when an error leaves it. ``audit.writing()`` puts this around its transaction;
    a caller that writes a file before it, to hold no lock meanwhile, puts it around both.
    """
    if _written.get() is not None:  # the outermost one decides
        yield
        return
    token = _written.set([])
    try:
        yield
    except BaseException:
        for file in _written.get() or ():
            if file.name:
                file.storage.delete(file.name)
        raise
    finally:
        _written.reset(token)


def note(file: FieldFile) -> None:
    """A file was written for the transaction under way."""
    written = _written.get()
    if written is not None:
        written.append(file)
