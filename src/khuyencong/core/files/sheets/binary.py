"""Failed formulas in workbooks whose sheets are records of bytes (xls, xlsb): calamine reads them as blank.

Records as [MS-XLS] and [MS-XLSB] describe them. Runs in the child.
"""

import io
import re
import struct
from collections.abc import Iterator
from zipfile import ZipFile

from khuyencong.core.files.sheets.sheet import Aside

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
           0x2A: "#N/A", 0x2B: "#GETTING_DATA"}  # fmt: skip

# xls: two bytes of kind, two of size.
_HEAD = struct.Struct("<HH")
_BEGIN, _END, _SHEET, _VALUE, _FORMULA = 0x0809, 0x000A, 0x0085, 0x0205, 0x0006
_PLACE = struct.Struct("<HH")
# An error as a value, or as the result of a formula: what looks like one is held against the records.
_PERHAPS = re.compile(rb"\x05\x02\x08\x00.{7}\x01|\x06\x00.{8}\x02.[\x00-\x2b].{3}\xff\xff", re.DOTALL)

# xlsb: kind and size in as many bytes as they need.
_ROW, _ERROR_VALUE, _ERROR_OF_FORMULA, _BUNDLE = 0, 3, 11, 156
_NUMBER = struct.Struct("<I")


def of_old_workbook(content: bytes) -> list[Aside]:
    """The sheets of an xls file in their order; none when it is not laid out as one."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            name = next((one for one in ("Workbook", "Book") if file.exists(one)), "")
            stream = file.openstream(name).read() if name else b""
    except (OSError, ValueError, IndexError):
        return []  # calamine says what is wrong with it
    perhaps = _PERHAPS.search(stream) is not None
    starts = [_NUMBER.unpack_from(body)[0] for kind, body in _old_records(stream, 0) if kind == _SHEET]
    return [_failed_of_old(stream, start) if perhaps else Aside() for start in starts]


def parts(opened: ZipFile) -> Iterator[tuple[str, str]]:
    """Title and relation of each sheet of an xlsb file."""
    for kind, body in _records(opened.read("xl/workbook.bin")):
        if kind == _BUNDLE:
            relation, at = _text(body, 8)
            yield _text(body, at)[0], relation


def of_sheet(content: bytes) -> Aside:
    """A sheet of an xlsb file."""
    found, row = Aside(), 0
    for kind, body in _records(content):
        if kind == _ROW:
            row = _NUMBER.unpack_from(body)[0] + 1
        elif kind in (_ERROR_VALUE, _ERROR_OF_FORMULA):
            found.instead[row, _NUMBER.unpack_from(body)[0] + 1] = _ERRORS.get(body[8], "#N/A")
    return found


def _failed_of_old(stream: bytes, start: int) -> Aside:
    found = Aside()
    for kind, body in _old_records(stream, start):
        if kind == _VALUE and len(body) >= 8 and body[7]:
            code = body[6]
        elif kind == _FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
            code = body[8]
        else:
            continue
        row, column = _PLACE.unpack_from(body)
        found.instead[row + 1, column + 1] = _ERRORS.get(code, "#N/A")
    return found


def _old_records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Those of one part of the stream, with what lies within it (charts), up to its end."""
    depth = 0
    while at + _HEAD.size <= len(stream):
        kind, size = _HEAD.unpack_from(stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        yield kind, stream[at + _HEAD.size : at + _HEAD.size + size]
        at += _HEAD.size + size


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        kind, at = _grown(content, at, 2)
        size, at = _grown(content, at, 4)
        yield kind, content[at : at + size]
        at += size


def _grown(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits for each byte, the last without the eighth, and where it ends."""
    number = 0
    for index, byte in enumerate(content[at : at + most]):
        number |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            return number, at + index + 1
    return number, at + most


def _text(body: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * _NUMBER.unpack_from(body, at)[0]
    return body[at + 4 : end].decode("utf-16-le"), end
