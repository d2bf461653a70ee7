"""The text of a Word document, in reading order: paragraphs with their automatic numbers, tables, breaks.

Read from the XML itself: what python-docx gives as the text of a paragraph leaves out insertions that wait for
acceptance, content controls, and numbers that Word counts. Runs in the child (core/files/apart.py).
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from khuyencong.core.files import opening
from khuyencong.law.documents.reading import closing
from khuyencong.law.documents.reading.numbering import Numbering

_HOLDERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
# Deleted or moved away, or a second form of what the first form holds already.
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_PLACING_ROWS = 3
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_HEAD = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]|^\s*Số\s*:", re.I)
_NOTE = re.compile(r"\s*[\[(]?\d{1,3}[\])]?\s*")
_MEASURE = re.compile(r"(?:^|[\s\d(])[kcdm]?m$")  # m², not a note
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WRITTEN = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def text_of(content: bytes) -> str:
    """The text, line by line. Raises Refused."""
    with opening.archive(content) as opened:
        opening.refuse_entities(opened)
    document = Document(io.BytesIO(content))
    return "\n".join(_blocks(document.element.body, Numbering(document)))


def _blocks(element: Any, numbering: Numbering) -> Iterator[str]:
    for child in element:
        if child.tag == _PARAGRAPH:
            yield numbering.number_of(child) + _text(child)
            for box in child.iter(qn("w:txbxContent")):
                if not any(above.tag in _LEFT_OUT for above in box.iterancestors()):
                    yield from _blocks(box, numbering)
        elif child.tag == _TABLE:
            yield from _table(child, numbering)
        elif child.tag in _HOLDERS:
            yield from _blocks(child, numbering)


def _table(table: Any, numbering: Numbering) -> Iterator[str]:
    """Row by row. A small table of two columns that places head or signature side by side: column by column."""
    rows = [[_cell(cell, numbering) for cell in row.iter(_CELL) if _of(cell, table)] for row in _rows(table)]
    if len(rows) <= _PLACING_ROWS and all(len(row) <= 2 for row in rows) and _only_places(rows):
        for column in range(2):
            for row in rows:
                yield from row[column] if column < len(row) else []
        return
    for row in rows:
        yield " | ".join(" ".join(cell) for cell in row)


def _only_places(rows: list[list[list[str]]]) -> bool:
    """Whether the cells hold what stands above and below a document, not amounts that belong to one another."""
    lines = [line for row in rows for cell in row for line in cell]
    return any(_HEAD.search(line) or closing.begins(line) for line in lines)


def _rows(table: Any) -> Iterator[Any]:
    for row in table.iter(_ROW):
        if next(row.iterancestors(_TABLE)) is table:
            yield row


def _of(cell: Any, table: Any) -> bool:
    return next(cell.iterancestors(_TABLE)) is table


def _cell(cell: Any, numbering: Numbering) -> list[str]:
    return [line for line in "\n".join(_blocks(cell, numbering)).splitlines() if line.strip()]


def _text(element: Any) -> str:
    """What a paragraph says; boxes of text that float over it are blocks of their own."""
    parts: list[str] = []
    for child in element:
        if child.tag in _LEFT_OUT or child.tag == qn("w:txbxContent"):
            continue
        if child.tag == qn("w:r") and _is_raised(child):
            parts.append(_raised("".join(parts), _text(child)))
        elif child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag in _WRITTEN:
            parts.append(_WRITTEN[child.tag])
        elif child.tag != qn("w:pPr"):
            parts.append(_text(child))
    return "".join(parts)


def _is_raised(run: Any) -> bool:
    raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return raised is not None and raised.get(qn("w:val")) == "superscript"


def _raised(before: str, written: str) -> str:
    """What stands above the line: the number of a note is left out, the 2 of m² is kept."""
    if not _NOTE.fullmatch(written):
        return written
    return written.translate(_RAISED) if _MEASURE.search(before) else ""
