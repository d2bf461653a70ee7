"""A workbook whose sheet is records of bytes (xlsb), which no library here writes."""

import io
import struct
import zipfile

SCHEMAS = "http://schemas.openxmlformats.org"
TYPES = f"""<Types xmlns="{SCHEMAS}/package/2006/content-types"><Default Extension="bin"
 ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"""
LINKS = f"""<Relationships xmlns="{SCHEMAS}/package/2006/relationships"><Relationship Id="rId1"
 Type="{SCHEMAS}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"""


def xlsb(*lines, title="Trang 1"):
    """Lines of texts, of whole numbers, and of errors: ``b"*"`` is #N/A as a value, ``b"*="`` as a formula's result."""
    cells = b"".join(
        _record(0, struct.pack("<I", row) + bytes(13)) + b"".join(_cell(*one) for one in enumerate(line))
        for row, line in enumerate(lines)
    )
    reach = struct.pack("<4I", 0, len(lines) - 1, 0, max(map(len, lines)) - 1)
    sheet = _record(129) + _record(148, reach) + _record(145) + cells + _record(146) + _record(130)
    bundle = _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text(title))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", TYPES)
        made.writestr("xl/workbook.bin", _record(131) + _record(143) + bundle + _record(144) + _record(132))
        made.writestr("xl/_rels/workbook.bin.rels", LINKS)
        made.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()


def _cell(column, value):
    if isinstance(value, str):
        kind, body = 6, _text(value)
    elif isinstance(value, bytes):
        kind, body = (11, value[:1] + bytes(10)) if value.endswith(b"=") else (3, value)
    else:
        kind, body = 5, struct.pack("<d", value)
    return _record(kind, struct.pack("<II", column, 0) + body)


def _text(written):
    return struct.pack("<I", len(written)) + written.encode("utf-16-le")


def _record(kind, body=b""):
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(body)]) + body
