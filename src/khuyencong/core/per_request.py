"""Lists that a page asks for again and again (names of contents, of industries): read once while a page is made."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

# What was read since the page was begun; None where no page is being made: then nothing is kept.
_KEPT: ContextVar[dict[Any, Any] | None] = ContextVar("kept", default=None)


def once(read: Callable[P, R]) -> Callable[P, R]:
    """Keep what ``read`` gives until the page is made, or until somebody writes for it: see ``forget``."""

    @wraps(read)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        known = _KEPT.get()
        if known is None:
            return read(*args, **kwargs)
        key = (read, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = read(*args, **kwargs)
        found: R = known[key]
        return found

    return kept


def forget() -> None:
    """A writing begins or ends: what was read before it is asked for anew."""
    if _KEPT.get() is not None:
        _KEPT.set({})


def begin(**signal: Any) -> None:
    """A page is begun."""
    _KEPT.set({})


def end(**signal: Any) -> None:
    """It is there."""
    _KEPT.set(None)
