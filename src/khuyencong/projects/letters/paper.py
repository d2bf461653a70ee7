"""A template of a letter: an official paper whose words are fields and loops (docxtpl tags)."""

from collections.abc import Sequence

from docx.shared import Pt

from khuyencong.core.word.page import LETTER
from khuyencong.core.word.paper import Paper
from khuyencong.core.word.pieces import CENTER, JUSTIFY, RIGHT, fill, set_widths


class LetterPaper(Paper):
    """Writes a template from top to bottom. Texts may hold docxtpl tags."""

    def __init__(self) -> None:
        super().__init__(LETTER)

    def letter_head(self) -> None:
        """Issuing body and number on the left, national name, motto, place and date on the right."""
        self.head("{{ co_quan_tren }}", "{{ co_quan }}", "Số: {{ so }}", "{{ noi }}, {{ ngay }}")

    def authority(self, text: str) -> None:
        """Who decides, in capitals."""
        self._line(text, bold=True, align=CENTER, before=2, after=6)

    def basis(self) -> None:
        """The legal basis, one line for each document."""
        self._line("{%p for dong in can_cu %}")
        self._line("{{ dong }}", italic=True, align=JUSTIFY, indent=True)
        self._line("{%p endfor %}")

    def article(self, number: int | str, text: str) -> None:
        """``Điều 1.`` in bold, then its text."""
        paragraph = self._line("", align=JUSTIFY, indent=True)
        paragraph.add_run(f"Điều {number}. ").bold = True
        paragraph.add_run(text)

    def when(self, condition: str) -> None:
        """From here on only when the condition holds, up to ``end_when``."""
        self._line(f"{{%p if {condition} %}}")

    def end_when(self) -> None:
        """The end of ``when``."""
        self._line("{%p endif %}")

    def each(self, loop: str, text: str) -> None:
        """One paragraph for each item: ``mot in co_so``."""
        self._line(f"{{%p for {loop} %}}")
        self._line(text, align=JUSTIFY, indent=True)
        self._line("{%p endfor %}")

    def rows(
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
                    paragraph.alignment = CENTER
                elif column > 1 and column >= len(heads) - 3:
                    paragraph.alignment = RIGHT
        self._line("", after=2)

    def signed(self, left: str = "", right: str = "") -> None:
        """Recipients on the left, who signs on the right. Without ``left``: the list of recipients."""
        one, two = self._places_to_sign()
        if left:
            fill(one, [(left, True, 14), ("", False, 14), ("", False, 14), ("", False, 14)])
        else:
            self._recipients(one, "Nơi nhận:", ("{%p for dong in noi_nhan %}", "- {{ dong }}", "{%p endfor %}"))
        self._signer(two, right or "{{ nguoi_ky.chuc_danh }}", "" if right else "{{ nguoi_ky.ten }}")
