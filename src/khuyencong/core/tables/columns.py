"""A column of a table that people fill in: its heading, what it holds, how it is read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from khuyencong.core.tables import cells


@dataclass(frozen=True)
class Column:
    """One column. ``parse`` raises ValueError with what was expected; ``options`` (code -> label) give a drop-down."""

    key: str
    label: str
    parse: Callable[[cells.Raw], Any] = cells.text
    required: bool = False
    help: str = ""
    aliases: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    example: str | int | float = ""
    width: int = 18

    def read(self, raw: cells.Raw) -> Any:
        """The value of a cell that is not blank."""
        return cells.choice(raw, self.options) if self.options else self.parse(raw)


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with one cell: where, what was read, what was expected."""

    sheet: str
    row: int
    column: str
    value: str
    message: str
