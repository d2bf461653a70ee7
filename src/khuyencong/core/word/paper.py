"""The one builder of official papers: whoever writes one brings the words; page and form are the same for all."""

import io
from collections.abc import Sequence

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from khuyencong.core.word import page
from khuyencong.core.word.page import REPORT, TEXT_WIDTH, Form
from khuyencong.core.word.pieces import CENTER, JUSTIFY, LEFT, RIGHT, draw_rule, fill, repeat_head, set_widths, write

# The nation's name and motto stand in Vietnamese on every official paper, whatever the language of the screen.
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"


class Paper:
    """Writes a paper from top to bottom."""

    def __init__(self, form: Form = REPORT) -> None:
        self._form, self._document = form, page.blank(form)

    def content(self) -> bytes:
        """The bytes of a docx file."""
        return page.to_bytes(self._document)

    def head(self, above: str, body: str, number: str, place_and_day: str) -> None:
        """The issuing body under the one above it, its number; the national name and motto, place and day."""
        table = self._document.add_table(rows=2, cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_widths(table, (67, 98))
        left, right = table.rows[0].cells
        fill(left, [(above, False, 12), (body, True, 13)], rule=Mm(20))
        fill(right, [(_NATION, True, 12), (_MOTTO, True, 13)], rule=Mm(60))
        left, right = table.rows[1].cells
        fill(left, [(number, False, 13)])
        fill(right, [(place_and_day, False, 13)], italic=True)

    def national_head(self) -> None:
        """For contracts and minutes between parties: the national name over the whole width."""
        for text, size in ((_NATION, 13), (_MOTTO, 14)):
            self._line(text, bold=True, size=size, align=CENTER, after=0)
        rule = self._line("", align=CENTER, after=8)
        draw_rule(rule, Mm(62), Mm(TEXT_WIDTH))

    def title(self, name: str, about: str = "", number: str = "") -> None:
        """The kind of document in capitals, its number, what it is about below."""
        self._line(name, bold=True, size=14, align=CENTER, before=10, after=0)
        if number:
            self._line(number, align=CENTER, after=2)
        if about:
            paragraph = self._line(about, bold=True, align=CENTER, after=2)
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(15)
        draw_rule(self._line("", align=CENTER, after=6), Mm(66), Mm(TEXT_WIDTH))

    def section(self, text: str) -> None:
        """The head of a part; stays with what follows."""
        paragraph = self._line(text, bold=True, before=6 if self._form.justified else 10)
        paragraph.paragraph_format.keep_with_next = True

    def para(self, text: str, bold: bool = False, indent: bool = True) -> None:
        """A paragraph of the body."""
        justified = self._form.justified
        self._line(text, bold=bold, align=JUSTIFY if justified else None, indent=indent and justified)

    def bullets(self, lines: Sequence[str]) -> None:
        """A list of short lines."""
        for line in lines:
            write(self._document.add_paragraph(style="List Bullet"), line)

    def picture(self, content: bytes) -> None:
        """A picture as wide as the text."""
        self._document.add_picture(io.BytesIO(content), width=Mm(TEXT_WIDTH - 5))

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[object]],
        widths: Sequence[int] = (),
        numbers_from: int | None = None,
        strong: Sequence[bool] = (),
    ) -> None:
        """A table with lines; its head comes again on each page. ``widths`` in mm.

        ``numbers_from``: the first column of numbers, which stand to the right; ``strong``: which rows are bold.
        """
        made = self._document.add_table(rows=len(rows) + 1, cols=len(heads), style="Table Grid")
        bold = [True, *(strong or [False] * len(rows))]
        # A cell is looked up row by row: through the table, python-docx counts all cells each time.
        for number, (row, texts) in enumerate(zip(made.rows, (heads, *rows), strict=True)):
            for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                for line, written in enumerate(str(text).split("\n")):
                    paragraph = cell.paragraphs[0] if line == 0 else cell.add_paragraph()
                    paragraph.paragraph_format.space_after = Pt(2)
                    if number and numbers_from is not None and column >= numbers_from:
                        paragraph.alignment = RIGHT
                    run = write(paragraph, written)
                    run.bold, run.font.size = bold[number], Pt(11)
        if widths:
            set_widths(made, widths)
        repeat_head(made)
        self._document.add_paragraph()

    def sign(self, post: str, recipients_head: str, recipients: Sequence[str], name: str = "") -> None:
        """Who receives it, small, on the left; the post of who signs, room for the signature and the name."""
        left, right = self._places_to_sign()
        self._recipients(left, recipients_head, recipients)
        self._signer(right, post, name)

    def turn(self) -> None:
        """From here on, pages that lie down."""
        page.turn(self._document)

    def _places_to_sign(self) -> tuple[_Cell, _Cell]:
        # A signature stands on one page, never without the words it is put under.
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        table = self._document.add_table(rows=1, cols=2)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        set_widths(table, (82, 83))
        left, right = table.rows[0].cells
        return left, right

    def _recipients(self, cell: _Cell, head: str, lines: Sequence[str]) -> None:
        fill(cell, [(head, True, 12)], italic=True, align=LEFT)
        for text in lines:
            paragraph = cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            write(paragraph, text).font.size = Pt(11)

    def _signer(self, cell: _Cell, post: str, name: str) -> None:
        size = self._form.size
        fill(cell, [(post, True, size), ("", False, size), ("", False, size), ("", False, size)])
        paragraph = cell.add_paragraph()
        paragraph.alignment = CENTER
        write(paragraph, name).bold = True

    def _line(
        self,
        text: str,
        bold: bool = False,
        italic: bool = False,
        size: int | None = None,
        align: WD_ALIGN_PARAGRAPH | None = None,
        before: int = 0,
        after: int | None = None,
        indent: bool = False,
    ) -> Paragraph:
        paragraph = self._document.add_paragraph()
        below = self._form.after if after is None else after
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(below)
        if align is not None:
            paragraph.alignment = align
        if indent:
            paragraph.paragraph_format.first_line_indent = Mm(10)
        if text:
            run = write(paragraph, text)
            run.bold, run.italic = bold, italic
            if size:
                run.font.size = Pt(size)
        return paragraph
