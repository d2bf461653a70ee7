"""What calamine does not tell of an archive: failed formulas, formulas without a stored value, hidden rows, far cells.

It reads all of these as blank, or takes all memory for a cell at XFD1048576. Patterns over the bytes find them in a
small part of the time that a parser takes; a plain look tells first whether there is anything to find. Runs in the
child.
"""

import io
import re
import xml.etree.ElementTree as ET  # entities are refused before
from collections.abc import Iterator
from html import unescape
from zipfile import ZipFile

from khuyencong.core.files import opening
from khuyencong.core.files.opening import Fault, Refused
from khuyencong.core.files.sheets import binary
from khuyencong.core.files.sheets.sheet import MOST_TOLD, Aside

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_MOST_REPEATED = 1_048_576

_P = rb"(?:\w+:)?"  # some programs write a prefix
_AT = rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']"
_FAR = re.compile(rb"r=[\"'](?:[A-Z]{3}\d|[A-Z]{1,2}\d{7})")  # right of ZZ, or below the millionth row
_FILLED = re.compile(rb"<" + _P + rb"c\s(?:[^>]*\s)?r=[\"']([A-Z]{1,3})(\d{1,7})[\"'](?:[^>]*[^/>])?>(?!</)")
_FAILED = re.compile(
    rb"<" + _P + rb"c\s([^>]*\bt=[\"']e[\"'][^>]*)>(?:(?!</" + _P + rb"c>).)*?<" + _P + rb"v>([^<]*)<", re.DOTALL
)
_FORMULA = re.compile(
    rb"<" + _P + rb"c\s([^>]*[^/>])>\s*<" + _P + rb"f\b[^>]*?(?:/>|>([^<]*)</" + _P + rb"f>)\s*(<" + _P
    + rb"v\s*/>|<" + _P + rb"v></" + _P + rb"v>)?\s*</" + _P + rb"c>"
)  # fmt: skip
_HIDDEN_ROW = re.compile(rb"<" + _P + rb"row\s([^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*)>")
_POSITION = re.compile(_AT)
_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")


def told(content: bytes) -> dict[str, Aside]:
    """Title -> what is told of the sheet. Raises Refused."""
    with opening.archive(io.BytesIO(content)) as opened:
        opening.refuse_entities(opened)
        names = set(opened.namelist())
        if "content.xml" in names:
            return _of_open_document(opened)
        return {
            title: (binary.of_sheet if part.endswith(".bin") else _of_sheet)(opened.read(part))
            for title, part in _parts(opened)
            if part in names
        }


def _parts(opened: ZipFile) -> Iterator[tuple[str, str]]:
    """Title and part of each sheet of an xlsx or xlsb file."""
    names = set(opened.namelist())
    book = next((one for one in ("workbook.xml", "workbook.bin") if f"xl/{one}" in names), "")
    if f"xl/_rels/{book}.rels" not in names:
        return
    try:
        links = {one.get("Id"): one.get("Target", "") for one in _tree(opened, f"xl/_rels/{book}.rels").iter()}
        for title, relation in binary.parts(opened) if book.endswith(".bin") else _sheets(opened):
            target = links.get(relation, "")
            yield title, target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    except ET.ParseError as error:
        raise Refused(Fault.BROKEN) from error


def _sheets(opened: ZipFile) -> Iterator[tuple[str, str]]:
    for one in _tree(opened, "xl/workbook.xml").iter():
        if one.tag.endswith("}sheet"):
            yield one.get("name", ""), one.get(f"{_R}id", "")


def _tree(opened: ZipFile, part: str) -> ET.Element:
    return ET.fromstring(opened.read(part))  # noqa: S314 see the import


def _of_sheet(xml: bytes) -> Aside:
    found = Aside()
    if _FAR.search(xml):
        for match in _FILLED.finditer(xml):
            found.last_row = max(found.last_row, int(match[2]))
            found.last_column = max(found.last_column, column_number(match[1].decode()))
    for match in _FAILED.finditer(xml) if b't="e"' in xml or b"t='e'" in xml else ():
        _note(found, match[1], match[2].decode(errors="replace"))
    if b"<f" in xml or b":f" in xml:
        for match in _FORMULA.finditer(xml):
            if not (match[3] and (b't="str"' in match[1] or b"t='str'" in match[1])):  # the value is an empty text
                _note(found, match[1], "=" + unescape((match[2] or b"").decode(errors="replace"))[:200])
    if b"hidden=" in xml:
        rows = (_NUMBER.search(match[1]) for match in _HIDDEN_ROW.finditer(xml))
        found.hidden_rows = tuple(int(row[1]) for row in rows if row)[:MOST_TOLD]
    return found


def _note(found: Aside, attributes: bytes, text: str) -> None:
    if at := _POSITION.search(attributes):
        found.instead[int(at[2]), column_number(at[1].decode())] = text


def _of_open_document(opened: ZipFile) -> dict[str, Aside]:
    """LibreOffice marks what failed; a cell may be repeated."""
    xml = opened.read("content.xml")
    if b'value-type="error"' not in xml:
        return {}
    found: dict[str, Aside] = {}
    try:
        for table in ET.fromstring(xml).iter(  # noqa: S314 see the import
            f"{_TABLE}table"
        ):
            aside = found.setdefault(table.get(f"{_TABLE}name", ""), Aside())
            row = 0
            for line in table.iter(f"{_TABLE}table-row"):
                _note_failed(aside, line, row + 1)
                row += _repeated(line, "rows")
    except ET.ParseError as error:
        raise Refused(Fault.BROKEN) from error
    return found


def _note_failed(aside: Aside, line: ET.Element, row: int) -> None:
    column = 0
    for cell in line:
        if cell.tag == f"{_TABLE}table-cell" and cell.get(f"{_CALC}value-type") == "error":
            aside.instead[row, column + 1] = "".join("".join(one.itertext()) for one in cell.iter(f"{_TEXT}p"))
        column += _repeated(cell, "columns")


def _repeated(element: ET.Element, what: str) -> int:
    told = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return min(int(told), _MOST_REPEATED) if told.isascii() and told.isdecimal() and len(told) < 9 else 1


def column_number(letters: str) -> int:
    """``A`` -> 1, ``XFD`` -> 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 -> ``A``, 16384 -> ``XFD``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
