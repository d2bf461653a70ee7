"""Tables in HTML, and Excel's XML of 2003: what many programs save under the name .xls. Runs in the child."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from khuyencong.core.files.opening import Fault, Refused
from khuyencong.core.files.sheets.sheet import MOST_SHEETS, Cell, Found, Lines

XML_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{XML_SHEET}}}"
_HIDDEN = "{urn:schemas-microsoft-com:office:excel}Visible"
_MOST_SPAN = 1000
_MOST_AT = 1_048_576
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


def web_page(text: str) -> list[Found]:
    """Each table of a page as a sheet; tables that only place others are passed over."""
    from lxml import html

    try:
        page = html.fromstring(_DECLARED.sub("", text))
    except Exception as error:  # lxml raises several kinds
        raise Refused(Fault.BROKEN) from error
    found: list[Found] = []
    taken = 0
    for table in page.iter("table"):
        if next(table.iterdescendants("table"), None) is not None:
            continue
        lines = Lines(taken)
        for row in _rows(table):
            lines.add(row)
        taken = lines.cells
        if lines.kept:
            found.append((f"Bảng {len(found) + 1}", False, lines.kept, (), ()))
        if len(found) > MOST_SHEETS:
            raise Refused(Fault.TOO_WIDE)
    if not found:
        raise Refused(Fault.BROKEN)
    return found if len(found) > 1 else [("", *found[0][1:])]


def _rows(table: Any) -> Iterator[list[Cell]]:
    """Cell by cell; one that spans others stands in the first, as in a workbook."""
    below: dict[int, int] = {}  # column -> rows that a cell from above still takes
    for row in table.iter("tr"):
        cells: list[Cell] = []
        held, below = below, {column: rows - 1 for column, rows in below.items() if rows > 1}
        for cell in row.iterchildren("td", "th"):
            while len(cells) in held:
                cells.append("")
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + wide):
                if high > 1:
                    below[column] = high - 1
            cells += [" ".join(cell.text_content().split()), *[""] * (wide - 1)]
        yield cells


def _span(cell: Any, name: str) -> int:
    told = cell.get(name, "1")
    return min(max(int(told), 1), _MOST_SPAN) if told.isascii() and told.isdecimal() and len(told) < 6 else 1


def spreadsheet(text: str) -> list[Found]:
    """The sheets of a workbook in XML of 2003."""
    from lxml import etree

    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refused(Fault.ENTITIES)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        book = etree.fromstring(_DECLARED.sub("", text).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Refused(Fault.BROKEN, error.lineno) from error
    found: list[Found] = []
    taken = 0
    for sheet in book.iter(f"{_SS}Worksheet"):
        lines = Lines(taken)
        at = 0
        for row in sheet.iterfind(f"{_SS}Table/{_SS}Row"):
            index = _index(row, at + 1)
            lines.skip(max(index - at - 1, 0))
            at = max(index, at + 1)
            lines.add(_cells(row))
        taken = lines.cells
        hidden = any((one.text or "").startswith("SheetHidden") or (one.text or "").startswith("SheetVeryHidden")
                     for one in sheet.iter(_HIDDEN))  # fmt: skip
        found.append((sheet.get(f"{_SS}Name", ""), hidden, lines.kept, (), ()))
        if len(found) > MOST_SHEETS:
            raise Refused(Fault.TOO_WIDE)
    if not found:
        raise Refused(Fault.BROKEN)
    return found


def _cells(row: Any) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row.iterchildren(f"{_SS}Cell"):
        index = _index(cell, len(cells) + 1)
        if index > 16_384:
            raise Refused(Fault.TOO_WIDE)
        cells += [""] * (index - 1 - len(cells))
        data = cell.find(f"{_SS}Data")
        told = "".join(data.itertext()) if data is not None else ""
        if not told and cell.get(f"{_SS}Formula"):
            told = cell.get(f"{_SS}Formula")
        cells.append(_value(told, data.get(f"{_SS}Type") if data is not None else None))
        across = cell.get(f"{_SS}MergeAcross", "0")
        cells += [""] * (min(int(across), _MOST_SPAN) if across.isascii() and across.isdecimal() else 0)
    return cells


def _value(told: str, kind: str | None) -> Cell:
    with suppress(ValueError):
        if kind == "Number":
            return float(told)
        if kind == "DateTime":
            return dt.datetime.fromisoformat(told)
    return told


def _index(element: Any, otherwise: int) -> int:
    told = element.get(f"{_SS}Index", "")
    if not (told.isascii() and told.isdecimal()):
        return otherwise
    if len(told) > 7 or int(told) > _MOST_AT:
        raise Refused(Fault.TOO_WIDE)
    return int(told)
