"""Writing: one transaction in which whoever writes says what changed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import models, transaction

from khuyencong.core import per_request
from khuyencong.core.audit import chain, collisions, sealing, turns
from khuyencong.core.audit.changes import Change
from khuyencong.core.files.written import files_with_the_transaction
from khuyencong.core.models import AuditRecord


@dataclass
class _Writing:
    """The writing under way: who writes, the innermost last; what it is on; the records told so far."""

    actors: list[models.Model | None]
    on: tuple[turns.Subject, ...]
    told: list[AuditRecord] = field(default_factory=list)


_current: ContextVar[_Writing | None] = ContextVar("writing", default=None)


@contextmanager
def writing(actor: models.Model | None, *on: turns.Subject) -> Iterator[None]:
    """Everything inside is written whole or not at all, files too. ``actor``: the user, or None for the system itself.

    ``on``: the subjects, ``(Project, pk)``, that it is about; writings on others go on meanwhile. Without any,
    nobody else writes until it is done. What is checked inside must then be about these subjects, about rows locked
    here, or be held by a constraint.

    Inside another one it belongs to that one's transaction and turn; an error that is caught between the two undoes
    the inner one alone.
    """
    outer = _current.get()
    if outer is None:
        with collisions.told(), files_with_the_transaction(), transaction.atomic():
            turns.take(on)
            per_request.forget()
            here = _Writing([actor], on)
            token = _current.set(here)
            try:
                yield
                sealing.keep(here.told)
            finally:
                _current.reset(token)
                per_request.forget()
        return
    mark = len(outer.told)
    outer.actors.append(actor)
    try:
        with transaction.atomic():
            if outer.on and not set(on) <= set(outer.on):
                turns.take(on)
            yield
    except BaseException:
        del outer.told[mark:]
        raise
    finally:
        outer.actors.pop()


def record(changes: Iterable[Change]) -> int:
    """Say what changed; how many records that makes. An update that changed nothing is left out.

    The records name the actor of the writing, and enter the chain as it ends. Raises RuntimeError outside a writing.
    """
    here = _here()
    entries = [chain.told(change, here.actors[-1]) for change in changes if change.differs]
    here.told += entries
    return len(entries)


def alone() -> None:
    """From here to the end of the writing nobody else writes: for what must not age and is not one row to lock.

    Raises RuntimeError outside a writing.
    """
    here = _here()
    if here.on:
        turns.take(())


def is_writing() -> bool:
    """Whether a writing is under way."""
    return _current.get() is not None


def _here() -> _Writing:
    here = _current.get()
    if here is None:
        raise RuntimeError("A write and its record belong in one `with audit.writing(...)`.")
    return here
