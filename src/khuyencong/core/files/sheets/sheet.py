"""A sheet as plain data, and how much of it is taken."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from khuyencong.core.files.opening import Fault, Refused

Cell: TypeAlias = "str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None"
Line: TypeAlias = "tuple[Cell, ...]"
Joined: TypeAlias = "tuple[tuple[int, int], ...]"
Found: TypeAlias = "tuple[str, bool, list[Line], tuple[int, ...], Joined]"  # the fields of Sheet

MOST_CELLS = 4_000_000  # of one file, blank ones at the end of lines not counted
MOST_SHEETS = 200
MOST_TOLD = 1000  # hidden rows that are named


@dataclass
class Aside:
    """What the library does not tell of a sheet: what stands in cells that are read as blank, (row, column) from 1;
    hidden rows; how far it goes.
    """

    instead: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    last_row: int = 0
    last_column: int = 0


# What a spreadsheet program shows where a formula failed.
ERRORS = frozenset(
    {"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)


class Lines:
    """Takes lines one by one, counts what they hold. Blanks at the end of all are left out, and unless the lines are
    wanted ``whole`` those at the end of each.
    """

    def __init__(self, taken: int = 0, whole: bool = False) -> None:
        self.whole = whole
        self.kept: list[Line] = []
        self.cells = taken
        self._blank = 0

    def add(self, cells: Iterable[Cell]) -> None:
        """The next line. Raises Refused when the file holds too much."""
        line = list(cells)
        if not self.whole:
            if line.count("") == len(line):  # soonest told, and by far the most where a stray cell stands far below
                line = []
            while line and (line[-1] is None or (isinstance(line[-1], str) and not line[-1].strip())):
                line.pop()
        if not line:
            self._blank += 1
            return
        self.kept += [()] * self._blank
        self.cells += len(line) + self._blank
        self._blank = 0
        if self.cells > MOST_CELLS:
            raise Refused(Fault.TOO_WIDE)
        self.kept.append(tuple(line))

    def skip(self, blank: int) -> None:
        """So many blank lines."""
        self._blank += blank
