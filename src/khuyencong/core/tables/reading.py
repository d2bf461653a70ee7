"""Reading a workbook or csv file into rows that know where they came from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.files import kinds, sentences, sheets
from khuyencong.core.files.opening import Fault, Refused
from khuyencong.core.files.sheets import Sheet
from khuyencong.core.files.sheets.sheet import ERRORS
from khuyencong.core.language import every_form
from khuyencong.core.tables.cells import Raw, shown, text
from khuyencong.core.tables.columns import CellProblem, Column
from khuyencong.core.text import fold

Lines = Sequence[Sequence[Raw]]

LOOK_FOR_HEADS = 15  # rows at the top among which the headings may stand
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
class Choice:
    """A sheet that one may read: how many rows it has, whether it was read; why it could not be, if so."""

    title: str
    rows: int
    read: bool
    why_not: str = ""


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


@dataclass(frozen=True)
class _Part:
    """A sheet with the line of its headings: position -> key."""

    sheet: Sheet
    heads: int
    found: dict[int, str]


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
        part, missing = _headed(one, columns)
        if part is not None:
            parts.append(part)
        elif one.lines and (asked or missing):
            lacking.append((one, missing))
    if not parts or (asked and lacking):
        raise TableError(_without_headings(every, lacking, columns, asked))
    table = _rows(name, parts, columns)
    table.choices = [_choice(one, parts, columns) for one in every if one.lines and not one.hidden]
    table.notes = _notes(every, parts)
    return table


def _headed(sheet: Sheet, columns: Sequence[Column]) -> tuple[_Part | None, list[str]]:
    """The sheet with its headings, else the required ones that are missing where the most are found."""
    best: list[str] = []
    for index, line in enumerate(sheet.lines[:LOOK_FOR_HEADS]):
        found = _match(line, columns)
        missing = [one.label for one in columns if one.required and one.key not in found.values()]
        if found and not missing:
            return _Part(sheet, index, found), []
        if found and (not best or len(missing) < len(best)):
            best = missing
    return None, best


def _without_headings(
    every: Sequence[Sheet], lacking: Sequence[tuple[Sheet, list[str]]], columns: Sequence[Column], asked: Sequence[str]
) -> str:
    hidden = [one.title for one in every if one.hidden and one.lines and _headed(one, columns)[0] is not None]
    if hidden and not asked:
        return _("Bảng số liệu nằm ở trang tính bị ẩn: %(sheets)s. Hãy bỏ ẩn trang ấy rồi gửi lại.") % {
            "sheets": ", ".join(f"“{title}”" for title in hidden)
        }
    near = min((one for one in lacking if one[1]), key=lambda one: len(one[1]), default=None)
    if near is None:
        expected = ", ".join(one.label for one in columns if one.required)
        return _("Không tìm thấy dòng tiêu đề. Cần các cột: %(columns)s.") % {"columns": expected}
    told = _("Thiếu cột bắt buộc: %(columns)s.") % {"columns": ", ".join(near[1])}
    return _("Trang tính “%(sheet)s”: %(told)s") % {"sheet": near[0].title, "told": told} if len(asked) > 1 else told


def _choice(sheet: Sheet, parts: Sequence[_Part], columns: Sequence[Column]) -> Choice:
    part = next((one for one in parts if one.sheet is sheet), None) or _headed(sheet, columns)[0]
    if part is None:
        return Choice(sheet.title, 0, False, _("không có dòng tiêu đề của bảng này"))
    rows = sum(any(_blank(line, index) is False for index in part.found) for line in sheet.lines[part.heads + 1 :])
    return Choice(sheet.title, rows, any(one.sheet is sheet for one in parts))


def _blank(line: Sequence[Raw], index: int) -> bool:
    return index >= len(line) or not shown(line[index])


def _notes(every: Sequence[Sheet], parts: Sequence[_Part]) -> list[str]:
    notes = []
    read = [part.sheet for part in parts]
    if hidden := [one.title for one in every if one.hidden and one.lines and one not in read]:
        notes.append(
            _("Không đọc trang tính bị ẩn: %(sheets)s.") % {"sheets": ", ".join(f"“{title}”" for title in hidden)}
        )
    for part in parts:
        rows = [number for number in part.sheet.hidden_rows if part.heads + 1 < number <= len(part.sheet.lines)]
        if rows:
            told = ngettext(
                "Đã đọc cả %(count)s dòng bị ẩn: dòng %(rows)s. Nếu dòng ấy không thuộc bảng, hãy xóa đi rồi gửi lại.",
                "Đã đọc cả %(count)s dòng bị ẩn: các dòng %(rows)s. Nếu các dòng ấy không thuộc bảng, hãy xóa đi rồi "
                "gửi lại.",
                len(rows),
            )
            listed = ", ".join(map(str, rows[:10])) + (" …" if len(rows) > 10 else "")
            notes.append(told % {"count": len(rows), "rows": listed})
        if joined := sum(more for _number, more in part.sheet.joined):
            told = ngettext(
                "Tệp có %(joined)s dòng chữ nằm trong ô nhiều dòng; hãy so số dòng đọc được với tệp của bạn.",
                "Tệp có %(joined)s dòng chữ nằm trong ô nhiều dòng; hãy so số dòng đọc được với tệp của bạn.",
                joined,
            )
            notes.append(told % {"joined": joined})
    return notes


def _rows(name: str, parts: Sequence[_Part], columns: Sequence[Column]) -> Table:
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


def _add_rows(table: Table, part: _Part, columns: Sequence[Column], position: int | None) -> None:
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


def _match(line: Sequence[Raw], columns: Sequence[Column]) -> dict[int, str]:
    """Position -> key for the cells of a line that are headings."""
    names = {fold(name): one.key for one in columns for name in (one.label, one.key, *one.aliases)}
    found: dict[int, str] = {}
    for index, cell in enumerate(line):
        key = names.get(_head(shown(cell)))
        if key and key not in found.values():
            found[index] = key
    return found if len(found) >= 2 else {}


def _head(written: str) -> str:
    """A heading without the star of required columns and without a unit in brackets."""
    return fold(written.split("(")[0].replace("*", ""))


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
