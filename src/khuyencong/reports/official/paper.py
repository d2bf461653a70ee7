"""A report as an official Word paper (decree 30/2020/NĐ-CP, annex I): words first, the forms after them."""

from django.utils.translation import override
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm

from khuyencong.core import clock, word
from khuyencong.core.periods import named
from khuyencong.places.models import Unit
from khuyencong.places.queries import official_name
from khuyencong.reports.official.fill import Filled
from khuyencong.reports.official.models import Report
from khuyencong.reports.official.sections import SECTIONS
from khuyencong.reports.official.tables import ShownTable, table_of

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_LANDSCAPE_WIDTH = 297 - 20 - 20  # mm: A4 turned, less its margins


def paper(report: Report, forms: list[Filled]) -> bytes:
    """The bytes of a docx file, in Vietnamese whatever the language of the screen."""
    with override("vi"):
        document = word.blank()
        _head(document, report)
        for number, (code, text) in enumerate(report.sections.items()):
            word.head(document, f"{_ROMAN[number]}. {SECTIONS[code]}")
            for line in (text.strip() or "Không có.").splitlines():
                word.para(document, line)
        _signature(document, report)
        _turn(document)
        for number, one in enumerate(forms, start=1):
            _form(document, number, table_of(one))
        return word.to_bytes(document)


def _head(document: word.DocumentType, report: Report) -> None:
    unit = report.unit
    day = clock.local(report.signed_at) if report.signed_at else None
    written = f"ngày {day:%d} tháng {day:%m} năm {day:%Y}" if day else "ngày ... tháng ... năm ..."
    if unit.kind == Unit.Kind.COMMUNE:
        above, body, place = f"Tỉnh {unit.parent.short_name}", f"Ủy ban nhân dân {unit.name}", unit.short_name
    else:
        above, body, place = f"Ủy ban nhân dân {official_name(unit)}", "Sở Công Thương", unit.short_name
    word.official_head(document, above, body, f"Số: {report.sign or '......../BC'}", f"{place}, {written}")
    word.title(document, "BÁO CÁO", f"Kết quả hoạt động khuyến công {named(report.period)}")
    word.para(document, f"Kính gửi: {report.kind.kind().addressee}.")
    if report.version > 1:
        word.para(document, f"Báo cáo này thay báo cáo đã gửi trước đó (điều chỉnh lần {report.version - 1}).")


def _signature(document: word.DocumentType, report: Report) -> None:
    post = "Chủ tịch" if report.unit.kind == Unit.Kind.COMMUNE else "Giám đốc"
    word.signature(document, "Nơi nhận:", ["Như trên;", "Lưu: VT."], post)
    if report.signed_by:
        word.para(document, f"Người ký trên hệ thống: {report.signed_by}. Mã kiểm: {report.sha256[:16]}.")
    else:
        word.para(document, "Bản dự thảo, chưa ký.")


def _turn(document: word.DocumentType) -> None:
    """The forms stand on pages turned sideways."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)


def _form(document: word.DocumentType, number: int, table: ShownTable) -> None:
    word.head(document, f"Biểu {number:02d}. {table.title}")
    if table.note:
        word.para(document, table.note)
    lines = bool(table.form.lines)
    heads = [table.first, *(["Đơn vị tính"] if lines else []), *table.heads]
    rows = [
        [row.label, *([row.unit] if lines else []), *([cell.text for cell in row.cells] or [""] * len(table.heads))]
        for row in table.rows
    ]
    first, unit = 75, 24 if lines else 0
    rest = (_LANDSCAPE_WIDTH - first - unit) // len(table.heads)
    widths = [first, *([unit] if lines else []), *([rest] * len(table.heads))]
    word.table(document, heads, rows, widths, numbers_from=1 + lines, strong=[row.level != "row" for row in table.rows])
