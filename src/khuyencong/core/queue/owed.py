"""What a room has written down to be done and let wait only after the commit: found again when a process died between.

The queue lies in a database of its own, so the two cannot be one transaction.
"""

from collections.abc import Callable

_finders: list[Callable[[], None]] = []


def register(find: Callable[[], None]) -> Callable[[], None]:
    """Let a room look for what it owes, whenever a worker begins and once a day. It lets nothing wait twice."""
    _finders.append(find)
    return find


def take_up() -> None:
    """Let everything that is owed wait."""
    for find in _finders:
        find()
