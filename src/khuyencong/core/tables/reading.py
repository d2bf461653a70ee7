"""Reading a workbook or csv file into rows that know where they came from."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.files import opening
from khuyencong.core.files.sentences import cannot_open
from khuyencong.core.tables.asking import NOTHING_ANSWERED, Answers, Heading, Question
from khuyencong.core.tables.cells import Raw, blank, shown
from khuyencong.core.tables.columns import CellProblem, Column
from khuyencong.core.tables.layout import LOOK_FOR_HEADS
from khuyencong.core.tables.sheet_ready import ForeignMoney, Ready, make_ready
from khuyencong.core.text import fold

Lines = Sequence[Sequence[Raw]]

MOST_ROWS = 200_000


class TableError(Exception):
    """The file as a whole cannot be read; the message says why, in words."""


class Unsettled(TableError):
    """A person has to say which column is which, or in which unit, before the file can be read."""

    def __init__(self, message: str, headings: list[Heading], questions: list[Question]) -> None:
        super().__init__(message)
        self.headings = headings
        self.questions = questions


@dataclass
class Row:
    """One row: its number in the sheet, the cells as read, the values understood, what is wrong."""

    number: int
    raw: dict[str, Raw]
    values: dict[str, Any]
    problems: list[CellProblem]


@dataclass
class Table:
    """The rows of a sheet under known headings. ``unknown`` headings are reported and not read.

    ``sheet`` is empty for a csv file, which has none. ``notes``: what a person should know of how it was read.
    """

    file: str
    sheet: str
    rows: list[Row]
    labels: dict[str, str]
    unknown: list[str]
    headings: list[Heading] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    answers: Answers = NOTHING_ANSWERED

    def doubt(self, row: Row, key: str, message: str) -> None:
        """Ask whether an odd number is right; nothing when that was answered. Until then its row is not taken."""
        token = f"{row.number}:{key}:{shown(row.raw.get(key))}"
        if token not in self.answers.kept:
            self.refuse(row, key, message)
            row.problems[-1] = replace(row.problems[-1], doubt=token)

    def refuse(self, row: Row, key: str, message: str) -> None:
        """Say what is wrong with a cell."""
        raw = shown(row.raw.get(key))
        row.problems.append(CellProblem(self.sheet, row.number, self.labels.get(key, key), raw, message, key))


def read_table(
    path: Path,
    columns: Sequence[Column],
    name: str = "",
    sheet: str | None = None,
    answers: Answers = NOTHING_ANSWERED,
) -> Table:
    """Read the first sheet (or the named one) that has the headings.

    Raises TableError: not a workbook or csv, no such sheet, no rows; Unsettled: required headings missing, or a
    question that only a person can answer.
    """
    name = name or path.name
    sheets = _sheets(path, name, columns)
    if sheet is not None:
        sheets = [one for one in sheets if fold(one[0]) == fold(sheet)]
        if not sheets:
            raise TableError(_("Tệp không có trang tính “%(sheet)s”.") % {"sheet": sheet})
    best: tuple[Ready, list[str]] | None = None
    for title, lines in sheets:
        ready = _made_ready(title, lines, columns, answers)
        if ready is None:
            continue
        missing = ready.layout.missing(columns)
        if not missing:
            return _rows(name, title, ready, columns, answers)
        if best is None or len(missing) < len(best[1]):
            best = ready, missing
    raise _without_headings(best, columns)


def _made_ready(title: str, lines: Lines, columns: Sequence[Column], answers: Answers) -> Ready | None:
    try:
        return make_ready(title, lines, columns, answers)
    except ForeignMoney as error:
        raise TableError(str(error)) from error


def _without_headings(best: tuple[Ready, list[str]] | None, columns: Sequence[Column]) -> TableError:
    if best is None or not best[0].layout.found:
        expected = ", ".join(one.label for one in columns if one.required)
        told = _("Không tìm thấy dòng tiêu đề. Cần các cột: %(columns)s.") % {"columns": expected}
        return Unsettled(told, best[0].headings, []) if best and best[0].headings else TableError(told)
    told = _("Thiếu cột bắt buộc: %(columns)s.") % {"columns": ", ".join(best[1])}
    return Unsettled(told, best[0].headings, [])


def _rows(name: str, title: str, ready: Ready, columns: Sequence[Column], answers: Answers) -> Table:
    if ready.questions:
        told = "; ".join(
            _("cột “%(column)s”: %(told)s") % {"column": one.column, "told": one.told} for one in ready.questions
        )
        raise Unsettled(_("Cần biết rõ trước khi đọc: %(told)s.") % {"told": told}, ready.headings, ready.questions)
    if not ready.rows:
        raise TableError(_("Dưới dòng tiêu đề không có dòng số liệu nào."))
    if len(ready.rows) > MOST_ROWS:
        raise TableError(_("Tệp có trên %(most)s dòng; hãy chia nhỏ.") % {"most": MOST_ROWS})
    # A column that is not in the file may be at fault too, by what is already known.
    found = ready.layout.found
    labels = {one.key: one.label for one in columns} | {key: ready.layout.names[index] for index, key in found.items()}
    table = Table(name, title, [], labels, ready.layout.unused(), ready.headings, ready.notes, answers)
    for index, line in ready.rows:
        raw = {key: line[position] if position < len(line) else None for position, key in found.items()}
        if not any(shown(cell) for cell in raw.values()):
            continue
        row = Row(index + 1, raw, {}, [])
        table.rows.append(row)
        for column in columns:
            _read_cell(table, row, column, ready)
    return table


def _read_cell(table: Table, row: Row, column: Column, ready: Ready) -> None:
    raw = row.raw.get(column.key)
    if blank(raw):
        if column.required:
            table.refuse(row, column.key, _("để trống; cần %(help)s") % {"help": column.help or column.label})
        return
    try:
        row.values[column.key] = ready.parse.get(column.key, column.read)(raw)
    except ValueError as expected:
        table.refuse(row, column.key, _("cần %(expected)s") % {"expected": expected})


def _match(line: Sequence[Raw], columns: Sequence[Column]) -> int:
    """How many cells of a line are headings."""
    names = {fold(name) for one in columns for name in (one.label, one.key, *one.aliases)}
    return sum(fold(shown(cell).split("(")[0].replace("*", "")) in names for cell in line)


def _sheets(path: Path, name: str, columns: Sequence[Column]) -> list[tuple[str, Lines]]:
    kind = Path(name).suffix.lower()
    try:
        if kind == ".csv":
            return [("", _read_csv(path.read_bytes(), columns))]
        if kind in (".xlsx", ".xls", ".xlsb", ".ods"):
            book = opening.workbook(path)
            return [(title, _sheet(book, title)) for title in book.sheet_names]
    except Exception as error:
        raise TableError(cannot_open(name)) from error
    raise TableError(_("Tệp “%(file)s” không đọc được. Hãy dùng xlsx hoặc csv.") % {"file": name})


def _sheet(book: Any, title: str) -> Lines:
    lines: Lines = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    return lines


def _read_csv(content: bytes, columns: Sequence[Column]) -> Lines:
    """The lines, split by the separator under which the most headings are found."""
    written = _decode(content)
    readings = [opening.csv_rows(written, mark) for mark in ",;\t"]
    return max(readings, key=lambda lines: max((_match(line, columns) for line in lines[:LOOK_FOR_HEADS]), default=0))


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1258")
