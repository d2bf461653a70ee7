"""Writing: one transaction in which whoever writes says what changed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models, transaction

from khuyencong.core import per_request
from khuyencong.core.audit import chain
from khuyencong.core.audit.changes import Change
from khuyencong.core.files.written import files_with_the_transaction

# Who writes just now, the innermost last; empty when nobody does.
_writers: ContextVar[tuple[models.Model | None, ...]] = ContextVar("writers", default=())


@contextmanager
def writing(actor: models.Model | None) -> Iterator[None]:
    """Everything inside is written whole or not at all, files too. ``actor``: the user, or None for the system itself.

    Inside another one it belongs to that one's transaction; an error that is caught between the two undoes the
    inner one alone.
    """
    outer = _writers.get()
    with files_with_the_transaction(), transaction.atomic():
        if not outer:
            chain.hold_head()  # before any other row: with one order of locks no two writers wait for each other
            per_request.forget()
        token = _writers.set((*outer, actor))
        try:
            yield
        finally:
            _writers.reset(token)
            if not outer:
                per_request.forget()


def record(changes: Iterable[Change]) -> int:
    """Say what changed; how many records that made. An update that changed nothing is left out.

    The records name the actor of the writing. Raises RuntimeError outside a writing.
    """
    _refuse_outside()
    pending = [change for change in changes if change.differs]
    return chain.append(_writers.get()[-1], pending) if pending else 0


def alone() -> None:
    """From here to the end of the writing nobody else writes: for what must not age and is not one row to lock.

    Raises RuntimeError outside a writing.
    """
    _refuse_outside()  # while the head of the chain is held, nobody else writes anyway


def is_writing() -> bool:
    """Whether a writing is under way."""
    return bool(_writers.get())


def _refuse_outside() -> None:
    if not is_writing():
        raise RuntimeError("A write and its record belong in one `with audit.writing(...)`.")
