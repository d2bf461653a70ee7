"""Workbooks of every kind that calamine reads (xlsx, xlsm, xls, xlsb, ods). Runs in the child."""

import io
import zipfile
from typing import Any

from khuyencong.core.files.opening import Fault, Refused
from khuyencong.core.files.sheets import beside, binary
from khuyencong.core.files.sheets.sheet import MOST_SHEETS, Aside, Cell, Found, Line, Lines

_OLD = b"\xd0\xcf"  # the container of an xls file
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the part of an old container that holds an encrypted workbook

MOST_AREA = 16_000_000  # calamine lays out all cells between the first and the last


def read(content: bytes) -> list[Found]:
    """All sheets that hold cells. Raises Refused."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    if content.startswith(_OLD) and _ENCRYPTED in content:
        raise Refused(Fault.PASSWORD)
    told = beside.told(content) if zipfile.is_zipfile(io.BytesIO(content)) else {}
    _refuse_far(told)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise Refused(Fault.PASSWORD) from error
    if len(book.sheets_metadata) > MOST_SHEETS:
        raise Refused(Fault.TOO_WIDE)
    if content.startswith(_OLD):
        told = dict(zip((one.name for one in book.sheets_metadata), binary.of_old_workbook(content), strict=False))
    found: list[Found] = []
    taken = 0
    for one in book.sheets_metadata:
        if one.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(one.name)
        aside = told.get(one.name, Aside())
        lines = _lines(one.name, sheet, aside, taken)
        taken = lines.cells
        found.append((one.name, one.visible is not SheetVisibleEnum.Visible, lines.kept, aside.hidden_rows, ()))
    return found


def _lines(title: str, sheet: Any, aside: Aside, taken: int) -> Lines:
    if sheet.total_height * sheet.total_width > MOST_AREA:
        raise Refused(Fault.TOO_WIDE, detail=title)
    lines = Lines(taken)
    before = [""] * (sheet.start or (0, 0))[1]  # blank rows above are given, blank columns in front are not
    for row in sheet.iter_rows():
        lines.add(before + row)
    for (number, column), text in aside.instead.items():
        _put(lines.kept, number, column, text)
    return lines


def _put(lines: list[Line], row: int, column: int, text: Cell) -> None:
    """What calamine leaves blank, in its place."""
    lines += [()] * (row - len(lines))
    line = list(lines[row - 1])
    line += [""] * (column - len(line))
    if line[column - 1] in ("", None):
        line[column - 1] = text
        lines[row - 1] = tuple(line)


def _refuse_far(told: dict[str, Aside]) -> None:
    for title, aside in told.items():
        if aside.last_row * aside.last_column > MOST_AREA:
            cell = f"{beside.column_letters(aside.last_column)}{aside.last_row}"
            raise Refused(Fault.TOO_WIDE, detail=f"{title}!{cell}")
