"""What an import touched, gathered while it writes: enough to list it, and to take it back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from khuyencong.core import audit


@dataclass(frozen=True)
class Touched:
    """One row: which, what it said before (nothing when it is new), and the hash of what it says now."""

    model: str
    key: int
    label: str
    before: str
    after: str


_gathered: ContextVar[list[Touched] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathering() -> Iterator[list[Touched]]:
    """Everything that is recorded inside, in its order."""
    found: list[Touched] = []
    token = _gathered.set(found)
    try:
        yield found
    finally:
        _gathered.reset(token)


def record(changes: Iterable[audit.Change]) -> None:
    """``audit.record`` for what an import writes."""
    told = list(changes)
    audit.record(told)
    found = _gathered.get()
    if found is not None:
        found += [
            Touched(
                one.obj._meta.label_lower,
                one.obj.pk,
                str(one.obj)[:300],
                audit.canonical(one.before) if one.before else "",
                audit.digest(one.after or {}),
            )
            for one in told
            if one.differs
        ]
