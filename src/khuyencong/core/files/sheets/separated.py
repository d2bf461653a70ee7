"""Lines of text whose cells are separated by a sign. Runs in the child.

One quote that nobody closed makes the rest of the file a single cell: lines are held against rows.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from khuyencong.core.files.opening import Fault, Refused
from khuyencong.core.files.sheets.sheet import Found, Lines
from khuyencong.core.text import fold

_SIGNS = ",;\t|"
_LOOK = 40  # lines at the top by which the sign is told
_FEW = 4  # columns from which on a line within a cell that has as many signs as a row is a row

csv.field_size_limit(1_000_000)


def read(text: str, headings: Sequence[str], whole: bool = False) -> list[Found]:
    """The one sheet. Raises Refused: QUOTE with the line where the quote opens."""
    first, _break, rest = text.partition("\n")
    told = first.strip().lower()
    skipped = 0
    if told.startswith("sep=") and len(told) == 5:
        sign, text, skipped = told[-1], rest, 1
    else:
        sign = _sign(text, frozenset(headings))
    lines = Lines(whole=whole)
    lines.skip(skipped)
    joined = []
    for number, (start, end, cells) in enumerate(_records(text, sign), start=1 + skipped):
        if end > start:
            joined.append((number, end - start))
        lines.add(cells)
    return [("", False, lines.kept, (), tuple(joined))]


def _sign(text: str, headings: frozenset[str]) -> str:
    """The sign under which the most headings are found; among equals the one that cuts lines into equal rows."""

    def score(sign: str) -> tuple[int, float, int]:
        head = "".join(islice(io.StringIO(text, newline=""), _LOOK))
        try:
            rows = [row for row in csv.reader(io.StringIO(head, newline=""), delimiter=sign) if any(row)]
        except csv.Error:
            return 0, 0.0, 0
        known = max((sum(fold(cell.split("(")[0]) in headings for cell in row) for row in rows), default=0)
        widths = [len(row) for row in rows]
        most = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return known, (widths.count(most) / len(widths) if most > 1 else 0.0), most

    return max(_SIGNS, key=score)


def _records(text: str, sign: str) -> Iterator[tuple[int, int, list[str]]]:
    """First line, last line, cells of each record."""
    physical = text.splitlines() if '"' in text else []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    width, start = 0, 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Refused(Fault.QUOTE if '"' in text else Fault.BROKEN, start) from error
        if cells is None:
            return
        end = max(reader.line_num, start)
        width = max(width, len(cells)) if start <= _LOOK else width
        if end > start or end == len(physical):
            _refuse_swallowed(physical[start - 1 : end], sign, width, start)
        yield start, end, cells
        start = end + 1


def _refuse_swallowed(lines: list[str], sign: str, width: int, start: int) -> None:
    """Raise Refused when a quote took lines into its cell that are rows of their own."""
    if sum(line.count('"') for line in lines) % 2:
        raise Refused(Fault.QUOTE, start)
    if len(lines) < 2:
        return
    own = width >= _FEW and any(line.count(sign) >= width - 1 for line in lines[1:])
    if own or not _closed_well("\n".join(lines), sign):
        raise Refused(Fault.QUOTE, start)


def _closed_well(record: str, sign: str) -> bool:
    """Whether after each closing quote a new cell begins."""
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=sign, strict=True))
    except csv.Error:
        return False
    return True
