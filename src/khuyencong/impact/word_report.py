"""The evaluation as a Word document a leader can file: question, verdict, chart, tables, method."""

import io
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from khuyencong.impact import wording
from khuyencong.impact.chart_image import event_study_png


def word_report(result: wording.Result, outcome: str, source: str) -> bytes:
    """The report as the bytes of a docx file. ``source`` says in words where the data come from."""
    document = _blank()
    log = result["question"]["log"]
    _title(document, _("BÁO CÁO ĐO TÁC ĐỘNG CỦA HỖ TRỢ KHUYẾN CÔNG"))
    _para(document, _("Câu hỏi: sự hỗ trợ đã làm %(outcome)s của cơ sở được hỗ trợ thay đổi thế nào, so với khi "
                      "không được hỗ trợ?") % {"outcome": outcome})  # fmt: skip
    _head(document, _("1. Kết luận"))
    _para(document, wording.verdict(result, outcome), bold=True)
    _bullets(document, wording.reasons(result) + wording.findings(result))
    _head(document, _("2. Biểu đồ"))
    title = _("Thay đổi của %(outcome)s theo số năm kể từ khi được hỗ trợ") % {"outcome": outcome}
    document.add_picture(io.BytesIO(event_study_png(result, title)), width=Mm(160))
    _para(
        document, _("Bên trái vạch đứng là các năm trước khi được hỗ trợ: nếu so sánh đúng, các điểm ở đó nằm quanh 0.")
    )
    _table(
        document,
        [_("Năm kể từ hỗ trợ"), _("Ước lượng"), _("Khoảng 95 %"), _("Dải cho cả đường"), _("Số cơ sở")],
        [
            [
                str(point["since"]),
                wording.amount(point["estimate"], log, signed=True),
                wording.interval(point["ci"], log),
                wording.interval(point["band"], log),
                str(point["supported"]),
            ]
            for point in result["event_study"]
        ],
    )
    _head(document, _("3. Kết luận dựa trên gì"))
    _para(document, source)
    _table(document, [_("Nội dung"), _("Giá trị")], [list(pair) for pair in wording.basis(result)])
    cautions = wording.warnings(result)
    if cautions:
        _head(document, _("4. Lưu ý khi sử dụng"))
        _bullets(document, cautions)
    _head(document, _("5. Từng năm hỗ trợ, từng năm kết quả"))
    _table(
        document,
        [_("Năm hỗ trợ"), _("Năm kết quả"), _("Ước lượng"), _("Khoảng 95 %"), _("Được hỗ trợ"), _("So sánh")],
        [
            [
                str(cell["group"]),
                str(cell["time"]),
                wording.amount(cell["estimate"], log, signed=True),
                wording.interval(cell["ci"], log),
                str(cell["supported"]),
                str(cell["controls"]),
            ]
            for cell in result["group_time"]
        ],
    )
    _head(document, _("6. Phương pháp"))
    _para(
        document,
        _(
            "Ước lượng tác động theo nhóm năm hỗ trợ và năm kết quả của Callaway và Sant’Anna (2021), Journal of "
            "Econometrics 225(2), 200–230, không dùng hồi quy hai chiều. Mỗi so sánh dùng các cơ sở có số liệu ở cả "
            "hai năm. Sai số tính từ hàm ảnh hưởng, chia cho n. Giá trị xác suất ngẫu nhiên có được bằng cách xáo "
            "trộn năm hỗ trợ giữa các cơ sở."
        ),
    )
    _para(document, _("Dấu vết của số liệu (SHA-256): %(hash)s. Số khởi tạo ngẫu nhiên: %(seed)s.") % {
        "hash": result["fingerprint"], "seed": result["question"]["seed"]})  # fmt: skip
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _blank() -> DocumentType:
    """A4 with the margins and type of official documents (decree 30/2020/NĐ-CP, annex I)."""
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


def _title(document: DocumentType, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(14)


def _head(document: DocumentType, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(text).bold = True


def _para(document: DocumentType, text: str, bold: bool = False) -> None:
    document.add_paragraph().add_run(text).bold = bold


def _bullets(document: DocumentType, lines: list[str]) -> None:
    for line in lines:
        document.add_paragraph(line, style="List Bullet")


def _table(document: DocumentType, heads: list[str], rows: list[list[Any]]) -> None:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cells, texts, bold in [
        (table.rows[0].cells, heads, True),
        *((table.add_row().cells, row, False) for row in rows),
    ]:
        for cell, text in zip(cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(str(text))
            run.bold, run.font.size = bold, Pt(11)
    document.add_paragraph()
