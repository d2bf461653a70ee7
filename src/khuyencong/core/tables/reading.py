"""Reading a workbook or csv file into rows that know where they came from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.files import kinds, sentences, sheets
from khuyencong.core.files.opening import Fault, Refused
from khuyencong.core.files.sheets import Sheet
from khuyencong.core.files.sheets.sheet import ERRORS
from khuyencong.core.language import every_form
from khuyencong.core.tables.cells import Raw, shown, text
from khuyencong.core.tables.choosing import Choice, Part, choice, headed, notes_of, without_headings
from khuyencong.core.tables.columns import CellProblem, Column
from khuyencong.core.text import fold

Lines = Sequence[Sequence[Raw]]

MOST_ROWS = 200_000
_MOST_LINES = 10_000_000  # more than a sheet has

_OURS = ("Dòng trong tệp gốc", "Lý do")  # columns of the workbook of refused rows
_SHEET_COLUMN = "Trang tính trong tệp gốc"
_LIBRE_OFFICE_ERROR = re.compile(r"Err:\d{3}")

# Money is read in đồng: a column in millions would otherwise be a million times too small, without a word.
_OTHER_UNIT = re.compile(r"\b(nghin|ngan|trieu|ty|thousand|million|billion) (dong|vnd)\b|\b(trd|tr d)\b")


class TableError(Exception):
    """The file as a whole cannot be read; the message says why, in words."""


@dataclass(eq=False)
class Row:
    """One row: its number in its sheet, the cells as read, the values understood, what is wrong.

    ``key`` tells it from all rows of the table, those of other sheets too; ``place`` is how a sentence names it.
    """

    number: int
    raw: dict[str, Raw]
    values: dict[str, Any]
    problems: list[CellProblem]
    sheet: str = ""
    key: int = 0
    place: str = ""

    def __post_init__(self) -> None:
        self.key = self.key or self.number
        self.place = self.place or str(self.number)


@dataclass
class Table:
    """The rows of one or more sheets under known headings. ``unknown`` headings are reported and not read.

    ``sheet`` names the sheets that were read; a csv file has none. ``choices``: every visible sheet that holds
    something; ``notes``: what a person should know of how the file was read.
    """

    file: str
    sheet: str
    rows: list[Row]
    labels: dict[str, str]
    unknown: list[str]
    choices: list[Choice] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, row: Row, key: str, message: str) -> None:
        """Say what is wrong with a cell."""
        raw = shown(row.raw.get(key))
        row.problems.append(CellProblem(row.sheet, row.number, self.labels.get(key, key), raw, message, key))


def read_table(
    path: Path, columns: Sequence[Column], name: str = "", sheet: str | Sequence[str] | None = None
) -> Table:
    """Read the sheets that are named, else every visible sheet that has the headings.

    Raises TableError: not a workbook or csv, no such sheet, required headings missing, no rows.
    """
    name = name or path.name
    every = _sheets(path, name, columns)
    asked = [sheet] if isinstance(sheet, str) else list(sheet or ())
    for title in asked:
        if not any(fold(one.title) == fold(title) for one in every):
            raise TableError(_("Tệp không có trang tính “%(sheet)s”.") % {"sheet": title})
    wanted = {fold(title) for title in asked}
    considered = [one for one in every if (fold(one.title) in wanted if asked else not one.hidden)]
    parts, lacking = [], []
    for one in considered:
        part, missing = headed(one, columns)
        if part is not None:
            parts.append(part)
        elif one.lines and (asked or missing):
            lacking.append((one, missing))
    if not parts or (asked and lacking):
        raise TableError(without_headings(every, lacking, columns, asked))
    table = _rows(name, parts, columns)
    table.choices = [choice(one, parts, columns) for one in every if one.lines and not one.hidden]
    table.notes = notes_of(every, parts)
    return table


def _rows(name: str, parts: Sequence[Part], columns: Sequence[Column]) -> Table:
    # A column that is not in the file may be at fault too, by what is already known.
    labels = {one.key: one.label for one in columns}
    ours = {fold(form) for head in (*_OURS, _SHEET_COLUMN) for form in every_form(head)}
    table = Table(name, ", ".join(one.sheet.title for one in parts if one.sheet.title), [], labels, [])
    for position, part in enumerate(parts):
        lines = part.sheet.lines
        _refuse_other_units(lines[: part.heads + 1])
        labels.update({key: text(lines[part.heads][index]) for index, key in part.found.items()})
        for index, cell in enumerate(lines[part.heads]):
            told = text(cell)
            if told and index not in part.found and fold(shown(cell)) not in ours and told not in table.unknown:
                table.unknown.append(told)
        _add_rows(table, part, columns, position if len(parts) > 1 else None)
    if not table.rows:
        raise TableError(_("Dưới dòng tiêu đề không có dòng số liệu nào."))
    return table


def _add_rows(table: Table, part: Part, columns: Sequence[Column], position: int | None) -> None:
    """``position``: which of several sheets it is."""
    title = part.sheet.title
    for number, line in enumerate(part.sheet.lines[part.heads + 1 :], start=part.heads + 2):
        raw = {key: line[index] if index < len(line) else None for index, key in part.found.items()}
        if not any(shown(cell) for cell in raw.values()):
            continue
        row = Row(number, raw, {}, [], title)
        if position is not None:
            row.key = number + position * _MOST_LINES
            row.place = _("%(row)s (trang “%(sheet)s”)") % {"row": number, "sheet": title}
        table.rows.append(row)
        if len(table.rows) > MOST_ROWS:
            raise TableError(_("Tệp có trên %(most)s dòng; hãy chia nhỏ.") % {"most": MOST_ROWS})
        for column in columns:
            _read_cell(table, row, column)


def _refuse_other_units(lines: Lines) -> None:
    for line in lines:
        for cell in line:
            if _OTHER_UNIT.search(fold(shown(cell))):
                raise TableError(
                    _("Tệp ghi tiền theo đơn vị khác: “%(cell)s”. Hãy đổi mọi số tiền ra đồng, rồi ghi lại ô này.")
                    % {"cell": text(cell)}
                )


def _read_cell(table: Table, row: Row, column: Column) -> None:
    raw = row.raw.get(column.key)
    if isinstance(raw, str) and (failed := _failed(raw)):
        table.refuse(row, column.key, failed)
        return
    if not shown(raw):
        if column.required:
            table.refuse(row, column.key, _("để trống; cần %(help)s") % {"help": column.help or column.label})
        return
    try:
        row.values[column.key] = column.read(raw)
    except ValueError as expected:
        table.refuse(row, column.key, _("cần %(expected)s") % {"expected": expected})


def _failed(raw: str) -> str:
    """What is wrong with a cell whose formula gave no value; nothing for any other."""
    written = raw.strip()
    if written.upper() in ERRORS or _LIBRE_OFFICE_ERROR.fullmatch(written):
        return _("công thức trong ô báo lỗi; hãy sửa công thức hoặc ghi thẳng giá trị")
    if written.startswith("="):
        return _("ô là công thức chưa có kết quả; hãy mở tệp bằng Excel, lưu lại rồi gửi, hoặc ghi thẳng giá trị")
    return ""


def _sheets(path: Path, name: str, columns: Sequence[Column]) -> list[Sheet]:
    names = [fold(name) for one in columns for name in (one.label, one.key, *one.aliases)]
    try:
        return sheets.read(path, names)
    except Refused as refused:
        raise TableError(_why(path, name, refused)) from refused
    except OSError as error:
        raise TableError(sentences.cannot_open(name)) from error


def _why(path: Path, name: str, refused: Refused) -> str:
    """The true reason: what is no table at all is named by its kind."""
    kind = kinds.look(path.read_bytes()).kind if refused.fault is Fault.BROKEN else None
    if kind is None or kind in (kinds.ZIP, kinds.OLD_OFFICE, *kinds.SHEETS):
        return sentences.unreadable_table(name, refused)
    return sentences.other_kind(name, kind)
