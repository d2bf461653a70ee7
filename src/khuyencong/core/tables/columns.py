"""A column of a table that people fill in: its heading, what it holds, how it is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.utils import translation

from khuyencong.core.tables import cells
from khuyencong.core.tables.asking import Question

Settle = Callable[["Sequence[cells.Raw]", str, "str | None"], "Settled"]  # cells, heading, answer


@dataclass(frozen=True)
class Settled:
    """How the cells of a column are read, now that all were looked at; what is to be said of it, what to be asked."""

    parse: Callable[[cells.Raw], Any]
    note: str = ""
    question: Question | None = None


@dataclass(frozen=True)
class Column:
    """One column. ``parse`` raises ValueError with what was expected; ``options`` (code -> label) give a drop-down.

    ``money``: the file may give it in another unit; ``least`` is what the middle one of its amounts reaches, in VND.
    ``settle`` looks at all cells of the column before any is read (as money is by core/tables/amounts.py).
    """

    key: str
    label: str
    parse: Callable[[cells.Raw], Any] = cells.text
    required: bool = False
    help: str = ""
    aliases: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    other_options: dict[str, str] = field(default_factory=dict)  # label in another language -> code
    example: str | int | float = ""
    width: int = 18
    money: bool = False
    least: int = 0
    settle: "Settle | None" = None

    def read(self, raw: cells.Raw) -> Any:
        """The value of a cell that is not blank."""
        return cells.choice(raw, self.options, self.other_options) if self.options else self.parse(raw)


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with one cell: where, what was read, what was expected.

    ``doubt``: only a person can say whether it is wrong at all; the mark by which the answer is known again.
    """

    sheet: str
    row: int
    column: str
    value: str
    message: str
    key: str = ""
    doubt: str = ""


def in_every_language(declare: Callable[[], list[Column]]) -> list[Column]:
    """The columns in the language of the screen, which also know their headings and options in the others.

    A workbook made on a Vietnamese screen is read on an English one, and the other way round.
    """
    columns = declare()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            others = declare()
        columns = [
            replace(
                column,
                aliases=(*column.aliases, other.label),
                other_options=column.other_options | {label: code for code, label in other.options.items()},
            )
            for column, other in zip(columns, others, strict=True)
        ]
    return columns
