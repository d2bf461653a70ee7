"""A column of a table that people fill in: its heading, what it holds, how it is read."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.utils import translation

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
    other_options: dict[str, str] = field(default_factory=dict)  # label in another language -> code
    example: str | int | float = ""
    width: int = 18

    def read(self, raw: cells.Raw) -> Any:
        """The value of a cell that is not blank."""
        return cells.choice(raw, self.options, self.other_options) if self.options else self.parse(raw)


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with one cell: where, what was read, what was expected."""

    sheet: str
    row: int
    column: str
    value: str
    message: str
    key: str = ""


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
