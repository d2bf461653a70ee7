"""Word documents in the form of official papers (decree 30/2020/NĐ-CP, annex I): page, type, head, signature.

Whoever writes a report brings the words; page and form are the same for all.
"""

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

TEXT_WIDTH = 165  # mm: A4 less the margins

# The nation's name and motto stand in Vietnamese on every official paper, whatever the language of the screen.
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"


def blank() -> DocumentType:
    """A4 with the margins and type of official documents: 20 mm above and below, 30 left, 15 right."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(13)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    normal.paragraph_format.space_after = Pt(6)
    return document


def to_bytes(document: DocumentType) -> bytes:
    """The document as the bytes of a docx file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def official_head(document: DocumentType, above: str, body: str, sign: str, place_and_day: str) -> None:
    """The issuing body under the one above it, the national name and motto; number and sign, place and day."""
    table = _bare_table(document, 2, (70, TEXT_WIDTH - 70))
    left, right = table.rows[0].cells
    _centred(left, above.upper(), size=12)
    _centred(left, body.upper(), bold=True, size=12, another=True).runs[0].underline = True
    _centred(right, _NATION, bold=True, size=12)
    _centred(right, _MOTTO, bold=True, size=13, another=True).runs[0].underline = True
    left, right = table.rows[1].cells
    _centred(left, sign, size=13)
    _centred(right, place_and_day, italic=True, size=13)
    document.add_paragraph()


def signature(document: DocumentType, recipients_head: str, recipients: Sequence[str], post: str) -> None:
    """Who receives it, small, on the left; the post of who signs, with room for the signature, on the right."""
    document.add_paragraph()
    left, right = _bare_table(document, 1, (85, TEXT_WIDTH - 85)).rows[0].cells
    head = left.paragraphs[0].add_run(recipients_head)
    head.bold = head.italic = True
    head.font.size = Pt(12)
    for recipient in recipients:
        paragraph = left.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"- {recipient}").font.size = Pt(11)
    _centred(right, post.upper(), bold=True, size=13)
    for _line in range(4):
        right.add_paragraph()


def title(document: DocumentType, *lines: str) -> None:
    """The name of the document, and below it what it is about."""
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(line)
        run.bold, run.font.size = True, Pt(14)
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)


def head(document: DocumentType, text: str) -> None:
    """The head of a part; stays with what follows."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(text).bold = True


def para(document: DocumentType, text: str, bold: bool = False) -> None:
    """A paragraph."""
    document.add_paragraph().add_run(text).bold = bold


def bullets(document: DocumentType, lines: Sequence[str]) -> None:
    """A list of short lines."""
    for line in lines:
        document.add_paragraph(line, style="List Bullet")


def table(
    document: DocumentType,
    heads: Sequence[str],
    rows: Sequence[Sequence[object]],
    widths: Sequence[int] = (),
    numbers_from: int | None = None,
    strong: Sequence[bool] = (),
) -> None:
    """A table with lines; its head comes again on each page. ``widths`` in mm.

    ``numbers_from``: the first column of numbers, which stand to the right; ``strong``: which rows are bold.
    """
    made = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    bold = [True, *(strong or [False] * len(rows))]
    for number, (cells, texts) in enumerate(
        [(made.rows[0].cells, heads), *((made.add_row().cells, row) for row in rows)]
    ):
        for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            for line, written in enumerate(str(text).split("\n")):
                paragraph = cell.paragraphs[0] if line == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(2)
                if number and numbers_from is not None and column >= numbers_from:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                run = paragraph.add_run(written)
                run.bold, run.font.size = bold[number], Pt(11)
    if widths:
        set_widths(made, widths)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeated)
    document.add_paragraph()


def _bare_table(document: DocumentType, rows: int, widths: tuple[int, int]) -> Table:
    made: Table = document.add_table(rows=rows, cols=2)
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_widths(made, widths)
    return made


def set_widths(made: Table, widths: Sequence[int]) -> None:
    """Set the widths (mm) of columns and cells alike: Word reads the cells, LibreOffice the columns."""
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _centred(
    cell: _Cell, text: str, bold: bool = False, italic: bool = False, size: int = 13, another: bool = False
) -> Paragraph:
    paragraph: Paragraph = cell.add_paragraph() if another else cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph
