"""Tables in files that others made: workbooks, csv, and the HTML and XML that programs save under the name .xls.

``read`` is the one way in; the work is done in a child process (core/files/apart.py), so nothing here needs Django.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from khuyencong.core.files import apart, opening
from khuyencong.core.files.sheets.sheet import Cell, Found
from khuyencong.core.files.sheets.telling import read_file


@dataclass(frozen=True)
class Sheet:
    """One sheet. A formula that failed is its error as text (``#N/A``), one without a stored value its own text.

    ``hidden_rows`` are numbered from 1. ``joined``: of a csv file, the lines in which a cell goes on over further ones:
    its number, how many.
    """

    title: str
    hidden: bool
    lines: Sequence[Sequence[Cell]]
    hidden_rows: tuple[int, ...] = ()
    joined: tuple[tuple[int, int], ...] = ()


def read(
    path: Path, headings: Sequence[str] = (), strict: bool = False, limits: apart.Limits = apart.USUAL
) -> list[Sheet]:
    """All sheets of a file, whatever its name says it is. Raises Refused.

    ``headings`` (folded) help to tell by which sign the cells of a csv file are separated. ``strict``: a text file must
    be Unicode, and its lines keep the blank cells at their ends.
    """
    opening.refuse_too_big(path.stat().st_size)
    found: list[Found] = apart.run(read_file, limits)(str(path), tuple(headings), strict)
    return [Sheet(title, hidden, lines, hidden_rows, joined) for title, hidden, lines, hidden_rows, joined in found]
