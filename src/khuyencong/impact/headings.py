"""Where the headings of a panel stand, which lines are rows of it, and how its columns are called.

Offices put a title above a table, and lines with the numbers of the columns or their units under its headings. Needs no
Django: ``reading`` is loaded in the child too.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import TypeAlias

from khuyencong.core.files.sheets.sheet import Cell

Line: TypeAlias = "tuple[int, Sequence[Cell]]"  # with the number that a person sees beside it

_LOOK = 25  # lines at the top among which the headings may stand
_NUMBER = re.compile(r"[-+]?\d[\d.,]*")
_COLUMN_NUMBER = re.compile(r"[(\[]?(?:[A-Z]|\d{1,2})[)\]]?")


def rows_of(lines: Sequence[Line]) -> tuple[Sequence[Cell], Sequence[Line]]:
    """The headings, and the rows under them."""
    at = _headings_at([cells for _number, cells in lines[:_LOOK]])
    below = lines[at + 1 :]
    return lines[at][1], below[sum(1 for _pair in takewhile(_begins_with_no_row, pairwise(below))) :]


def names_of(heads: Sequence[Cell], wide: int) -> list[str]:
    """A name for each column, none twice: of those with one heading each says at which place it stands."""
    told = [" ".join(_text(heads[place]).split()) if place < len(heads) else "" for place in range(wide)]
    counted = Counter(map(_alike, told))
    return [
        name if name and counted[_alike(name)] == 1 else f"{name} ({place})".strip()
        for place, name in enumerate(told, start=1)
    ]


def _headings_at(lines: Sequence[Sequence[Cell]]) -> int:
    """The first line about as wide as most are; the one above it when that one holds numbers already."""
    filled = [sum(map(bool, map(_text, line))) for line in lines]
    usual = max(filled[1:], key=filled[1:].count, default=0)
    at = next((index for index, count in enumerate(filled) if count >= max(usual - 1, 2)), 0)
    return at - 1 if at and any(_NUMBER.fullmatch(_text(cell)) for cell in lines[at]) else at


def _begins_with_no_row(pair: tuple[Line, Line]) -> bool:
    """Whether the first of two lines numbers the columns, as the next does not, or names their units: a row of a panel
    holds a year.
    """
    told, next_told = ([text for text in map(_text, cells) if text] for _number, cells in pair)
    named = len(told) > 1 and not any(letter.isdigit() for letter in "".join(told))
    return named or (_numbers_columns(told) and not _numbers_columns(next_told))


def _numbers_columns(told: Sequence[str]) -> bool:
    return len(told) > 2 and all(map(_COLUMN_NUMBER.fullmatch, told))


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
