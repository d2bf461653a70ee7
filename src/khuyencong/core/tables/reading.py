"""Reading a workbook or csv file into rows that know where they came from."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.files import opening
from khuyencong.core.files.sentences import cannot_open
from khuyencong.core.language import every_form
from khuyencong.core.tables.cells import Raw, shown, text
from khuyencong.core.tables.columns import CellProblem, Column
from khuyencong.core.text import fold

Lines = Sequence[Sequence[Raw]]

LOOK_FOR_HEADS = 15  # rows at the top among which the headings may stand
MOST_ROWS = 200_000

# Money is read in đồng: a column in millions would otherwise be a million times too small, without a word.
_OTHER_UNIT = re.compile(r"\b(nghin|ngan|trieu|ty|thousand|million|billion) (dong|vnd)\b|\b(trd|tr d)\b")


class TableError(Exception):
    """The file as a whole cannot be read; the message says why, in words."""


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

    ``sheet`` is empty for a csv file, which has none.
    """

    file: str
    sheet: str
    rows: list[Row]
    labels: dict[str, str]
    unknown: list[str]

    def refuse(self, row: Row, key: str, message: str) -> None:
        """Say what is wrong with a cell."""
        raw = shown(row.raw.get(key))
        row.problems.append(CellProblem(self.sheet, row.number, self.labels.get(key, key), raw, message, key))


def read_table(path: Path, columns: Sequence[Column], name: str = "", sheet: str | None = None) -> Table:
    """Read the first sheet (or the named one) that has the headings.

    Raises TableError: not a workbook or csv, no such sheet, required headings missing, no rows.
    """
    name = name or path.name
    sheets = _sheets(path, name, columns)
    if sheet is not None:
        sheets = [one for one in sheets if fold(one[0]) == fold(sheet)]
        if not sheets:
            raise TableError(_("Tệp không có trang tính “%(sheet)s”.") % {"sheet": sheet})
    best: tuple[int, list[str]] | None = None
    for title, lines in sheets:
        for index, line in enumerate(lines[:LOOK_FOR_HEADS]):
            found = _match(line, columns)
            missing = [one.label for one in columns if one.required and one.key not in found.values()]
            if found and not missing:
                return _rows(name, title, lines, index, found, columns)
            if found and (best is None or len(missing) < best[0]):
                best = (len(missing), missing)
    if best is None:
        expected = ", ".join(one.label for one in columns if one.required)
        raise TableError(_("Không tìm thấy dòng tiêu đề. Cần các cột: %(columns)s.") % {"columns": expected})
    raise TableError(_("Thiếu cột bắt buộc: %(columns)s.") % {"columns": ", ".join(best[1])})


def _rows(name: str, title: str, lines: Lines, heads: int, found: dict[int, str], columns: Sequence[Column]) -> Table:
    _refuse_other_units(lines[: heads + 1])
    # A column that is not in the file may be at fault too, by what is already known.
    labels = {one.key: one.label for one in columns} | {key: text(lines[heads][index]) for index, key in found.items()}
    ours = {fold(form) for head in ("Dòng trong tệp gốc", "Lý do") for form in every_form(head)}
    unknown = [
        text(cell)
        for index, cell in enumerate(lines[heads])
        if shown(cell) and index not in found and fold(shown(cell)) not in ours
    ]
    table = Table(name, title, [], labels, unknown)
    for number, line in enumerate(lines[heads + 1 :], start=heads + 2):
        raw = {key: line[index] if index < len(line) else None for index, key in found.items()}
        if not any(shown(cell) for cell in raw.values()):
            continue
        row = Row(number, raw, {}, [])
        table.rows.append(row)
        if len(table.rows) > MOST_ROWS:
            raise TableError(_("Tệp có trên %(most)s dòng; hãy chia nhỏ.") % {"most": MOST_ROWS})
        for column in columns:
            _read_cell(table, row, column, found)
    if not table.rows:
        raise TableError(_("Dưới dòng tiêu đề không có dòng số liệu nào."))
    return table


def _refuse_other_units(lines: Lines) -> None:
    for line in lines:
        for cell in line:
            if _OTHER_UNIT.search(fold(shown(cell))):
                raise TableError(
                    _("Tệp ghi tiền theo đơn vị khác: “%(cell)s”. Hãy đổi mọi số tiền ra đồng, rồi ghi lại ô này.")
                    % {"cell": text(cell)}
                )


def _read_cell(table: Table, row: Row, column: Column, found: dict[int, str]) -> None:
    raw = row.raw.get(column.key)
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
    return max(
        readings, key=lambda lines: max((len(_match(line, columns)) for line in lines[:LOOK_FOR_HEADS]), default=0)
    )


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1258")
