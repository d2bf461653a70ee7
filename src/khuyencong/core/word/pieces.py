"""What a page is made of: lines in a cell, the rule under a title, tables with their widths."""

from collections.abc import Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from khuyencong.core.text import on_paper

CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def write(paragraph: Paragraph, text: str) -> Run:
    """Add text to the paragraph; whatever was stored, the file can be opened."""
    return paragraph.add_run(on_paper(text))


def fill(
    cell: _Cell,
    lines: Sequence[tuple[str, bool, int]],
    italic: bool = False,
    rule: Mm | None = None,
    align: WD_ALIGN_PARAGRAPH = CENTER,
) -> None:
    """Write (text, bold, points) one below the other; ``rule``: the length of a line below them."""
    paragraph = cell.paragraphs[0]
    for number, (text, bold, size) in enumerate(lines):
        paragraph = paragraph if number == 0 else cell.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)
        run = write(paragraph, text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if rule is not None:
        last = cell.add_paragraph()
        last.alignment = align
        last.paragraph_format.space_after = Pt(4)
        draw_rule(last, rule, cell.width)


def draw_rule(paragraph: Paragraph, length: int, room: int) -> None:
    """A thin line of this length in the middle of the room: the rule under a motto or a title."""
    side = int((room - length) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = max(side, 0)
    paragraph.paragraph_format.line_spacing = Pt(4)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def set_widths(made: Table, widths: Sequence[int]) -> None:
    """Set the widths (mm) of columns and cells alike: Word reads the cells, LibreOffice the columns."""
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def repeat_head(made: Table) -> None:
    """The first row comes again on each page."""
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeated)
