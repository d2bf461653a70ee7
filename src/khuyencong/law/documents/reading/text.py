"""What reading a file gives, and what stands in its way: shared by the readers of each kind of file."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[float], None]


class Unreadable(Exception):
    """The file cannot be read; the message says why and what to do, in words."""


@dataclass(frozen=True)
class Extracted:
    """The lines of a file, and what the officer should know about the reading."""

    lines: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)
