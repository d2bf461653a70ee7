"""A sheet in the form of decree 30/2020/NĐ-CP, annex I: A4, Times New Roman, the head, the signature block."""

from collections.abc import Sequence

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from khuyencong.core.word import blank, set_widths, to_bytes

_CENTER, _JUSTIFY, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.RIGHT


class Paper:
    """Writes a template from top to bottom. Texts may hold docxtpl tags."""

    def __init__(self) -> None:
        self._document = blank()
        normal = self._document.styles["Normal"]
        normal.font.size, normal.paragraph_format.space_after = Pt(14), Pt(4)

    def content(self) -> bytes:
        """The template as the bytes of a docx file."""
        return to_bytes(self._document)

    def head(self) -> None:
        """Issuing body and number on the left, national name, motto, place and date on the right."""
        table = self._document.add_table(rows=2, cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        set_widths(table, (67, 98))
        left, right = table.rows[0].cells
        _write(left, [("{{ co_quan_tren }}", False, 12), ("{{ co_quan }}", True, 13)], rule=Mm(20))
        _write(
            right,
            [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, 12), ("Độc lập - Tự do - Hạnh phúc", True, 13)],
            rule=Mm(60),
        )
        left, right = table.rows[1].cells
        _write(left, [("Số: {{ so }}", False, 13)])
        _write(right, [("{{ noi }}, {{ ngay }}", False, 13)], italic=True)

    def national_head(self) -> None:
        """For contracts and minutes between parties: the national name over the whole width."""
        for text, size in (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13), ("Độc lập - Tự do - Hạnh phúc", 14)):
            self._line(text, bold=True, size=size, align=_CENTER, after=0)
        rule = self._line("", align=_CENTER, after=8)
        _border(rule, Mm(62), Mm(165))

    def title(self, name: str, about: str = "", number: bool = False) -> None:
        """The kind of document in capitals, what it is about below."""
        self._line(name, bold=True, size=14, align=_CENTER, before=10, after=0)
        if number:
            self._line("Số: {{ so }}", align=_CENTER, after=2)
        if about:
            paragraph = self._line(about, bold=True, align=_CENTER, after=2)
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(15)
        _border(self._line("", align=_CENTER, after=6), Mm(66), Mm(165))

    def authority(self, text: str) -> None:
        """Who decides, in capitals."""
        self._line(text, bold=True, align=_CENTER, before=2, after=6)

    def basis(self) -> None:
        """The legal basis, one line for each document."""
        self._line("{%p for dong in can_cu %}")
        self._line("{{ dong }}", italic=True, align=_JUSTIFY, indent=True)
        self._line("{%p endfor %}")

    def para(self, text: str, bold: bool = False, indent: bool = True) -> None:
        """A paragraph of the body."""
        self._line(text, bold=bold, align=_JUSTIFY, indent=indent)

    def article(self, number: int | str, text: str) -> None:
        """``Điều 1.`` in bold, then its text."""
        paragraph = self._line("", align=_JUSTIFY, indent=True)
        paragraph.add_run(f"Điều {number}. ").bold = True
        paragraph.add_run(text)

    def section(self, text: str) -> None:
        """A heading within the body."""
        paragraph = self._line(text, bold=True, before=6)
        paragraph.paragraph_format.keep_with_next = True

    def when(self, condition: str) -> None:
        """From here on only when the condition holds, up to ``end_when``."""
        self._line(f"{{%p if {condition} %}}")

    def end_when(self) -> None:
        """The end of ``when``."""
        self._line("{%p endif %}")

    def each(self, loop: str, text: str) -> None:
        """One paragraph for each item: ``mot in co_so``."""
        self._line(f"{{%p for {loop} %}}")
        self._line(text, align=_JUSTIFY, indent=True)
        self._line("{%p endfor %}")

    def table(
        self, heads: Sequence[str], loop: str, cells: Sequence[str], widths: Sequence[int], foot: Sequence[str] = ()
    ) -> None:
        """A table with one row for each item; numbers (after the second column) to the right. Widths in mm."""
        rows = [heads, [f"{{%tr for {loop} %}}", *[""] * (len(heads) - 1)], cells]
        rows += [["{%tr endfor %}", *[""] * (len(heads) - 1)], *([foot] if foot else [])]
        table = self._document.add_table(rows=len(rows), cols=len(heads), style="Table Grid")
        set_widths(table, widths)
        for line, texts in enumerate(rows):
            for column, (cell, text) in enumerate(zip(table.rows[line].cells, texts, strict=True)):
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(1)
                run = paragraph.add_run(text)
                run.font.size = Pt(12)
                run.bold = line == 0 or (bool(foot) and line == len(rows) - 1)
                if line == 0:
                    paragraph.alignment = _CENTER
                elif column > 1 and column >= len(heads) - 3:
                    paragraph.alignment = _RIGHT
        self._line("", after=2)

    def sign(self, left: str = "", right: str = "") -> None:
        """Recipients on the left, who signs on the right. Without ``left``: the list of recipients."""
        # A signature stands on one page, never without the words it is put under.
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        table = self._document.add_table(rows=1, cols=2)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        set_widths(table, (82, 83))
        one, two = table.rows[0].cells
        if left:
            _write(one, [(left, True, 14), ("", False, 14), ("", False, 14), ("", False, 14)])
        else:
            _write(one, [("Nơi nhận:", True, 12)], italic=True, align=WD_ALIGN_PARAGRAPH.LEFT)
            for text in ("{%p for dong in noi_nhan %}", "- {{ dong }}", "{%p endfor %}"):
                paragraph = one.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.add_run(text).font.size = Pt(11)
        _write(
            two, [(right or "{{ nguoi_ky.chuc_danh }}", True, 14), ("", False, 14), ("", False, 14), ("", False, 14)]
        )
        name = two.add_paragraph()
        name.alignment = _CENTER
        name.add_run("{{ nguoi_ky.ten }}" if not right else "").bold = True

    def _line(
        self,
        text: str,
        bold: bool = False,
        italic: bool = False,
        size: int | None = None,
        align: WD_ALIGN_PARAGRAPH | None = None,
        before: int = 0,
        after: int = 4,
        indent: bool = False,
    ) -> Paragraph:
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        if align is not None:
            paragraph.alignment = align
        if indent:
            paragraph.paragraph_format.first_line_indent = Mm(10)
        if text:
            run = paragraph.add_run(text)
            run.bold, run.italic = bold, italic
            if size:
                run.font.size = Pt(size)
        return paragraph


def _write(
    cell: _Cell,
    lines: Sequence[tuple[str, bool, int]],
    italic: bool = False,
    rule: Mm | None = None,
    align: WD_ALIGN_PARAGRAPH = _CENTER,
) -> None:
    paragraph = cell.paragraphs[0]
    for number, (text, bold, size) in enumerate(lines):
        paragraph = paragraph if number == 0 else cell.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if rule is not None:
        last = cell.add_paragraph()
        last.alignment = align
        last.paragraph_format.space_after = Pt(4)
        _border(last, rule, cell.width)


def _border(paragraph: Paragraph, length: int, room: int) -> None:
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
