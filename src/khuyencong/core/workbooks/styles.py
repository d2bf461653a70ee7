"""How a cell looks, and how a column is declared."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

OFFICIAL_FONT = "Times New Roman"


class Kind(Enum):
    """What a column holds."""

    TEXT = auto()
    TYPED_TEXT = auto()  # what is typed there stays text, leading zeros too
    PLAIN_NUMBER = auto()  # a year, a number that is a name
    NUMBER = auto()
    MONEY = auto()  # whole VND; the only kind that is summed
    SHARE = auto()
    TIMES = auto()
    DAY = auto()
    MOMENT = auto()


FORMATS = {
    Kind.TEXT: "",
    Kind.TYPED_TEXT: "@",
    Kind.PLAIN_NUMBER: "0",
    Kind.NUMBER: "#,##0",
    Kind.MONEY: "#,##0",
    Kind.SHARE: "0.0",
    Kind.TIMES: "0.00",
    Kind.DAY: "dd/mm/yyyy",
    Kind.MOMENT: "hh:mm dd/mm/yyyy",
}


@dataclass(frozen=True)
class Style:
    """How a cell looks. Colours as #RRGGBB, ``size`` in points, ``indent`` in steps."""

    kind: Kind = Kind.TEXT
    bold: bool = False
    italic: bool = False
    border: bool = False
    line_above: bool = False
    wrap: bool = False
    centred: bool = False
    top: bool = False
    indent: int = 0
    font: str = ""
    size: float = 0
    ink: str = ""
    ground: str = ""


PLAIN = Style()
HEAD = Style(bold=True, border=True, wrap=True, ground="#E3F0EF")
FOOT = Style(bold=True, line_above=True)


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: heading, width in letters, what it holds, where its cells come from.

    Without ``value`` its cells stay empty, to be filled in by hand.
    """

    label: str
    width: float = 18
    kind: Kind = Kind.TEXT
    value: Callable[[Any], Any] | None = None

    def of(self, row: Any) -> Any:
        """The cell of a row."""
        return None if self.value is None else self.value(row)
