"""A report as an official Word paper (decree 30/2020/NĐ-CP, annex I): words first, the forms after them."""

from django.conf import settings
from django.utils.translation import override

from khuyencong.core import clock
from khuyencong.core.periods import named
from khuyencong.core.word.page import TURNED_WIDTH
from khuyencong.core.word.paper import Paper
from khuyencong.places.models import Unit
from khuyencong.places.queries import official_name
from khuyencong.reports.official.fill import Filled
from khuyencong.reports.official.models import Report
from khuyencong.reports.official.sections import SECTIONS
from khuyencong.reports.official.tables import ShownTable, table_of

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def paper(report: Report, forms: list[Filled]) -> bytes:
    """The bytes of a docx file, in Vietnamese whatever the language of the screen."""
    with override("vi"):
        made = Paper()
        _head(made, report)
        for number, (code, text) in enumerate(report.sections.items()):
            made.section(f"{_ROMAN[number]}. {SECTIONS[code]}")
            for line in (text.strip() or "Không có.").splitlines():
                made.para(line)
        _signature(made, report)
        made.turn()
        for number, one in enumerate(forms, start=1):
            _form(made, number, table_of(one))
        return made.content()


def _head(made: Paper, report: Report) -> None:
    unit = report.unit
    day = clock.local(report.signed_at) if report.signed_at else None
    written = f"ngày {day:%d} tháng {day:%m} năm {day:%Y}" if day else "ngày ... tháng ... năm ..."
    if unit.parent is not None:
        above, body, place = f"Tỉnh {unit.parent.short_name}", f"Ủy ban nhân dân {unit.name}", unit.short_name
    else:
        above, body, place = f"Ủy ban nhân dân {official_name(unit)}", settings.INSTALLATION.department, unit.short_name
    made.head(above.upper(), body.upper(), f"Số: {report.sign or '......../BC'}", f"{place}, {written}")
    made.title("BÁO CÁO", f"Kết quả hoạt động khuyến công {named(report.period)}")
    made.para(f"Kính gửi: {report.kind.kind().addressee}.")
    if report.version > 1:
        made.para(f"Báo cáo này thay báo cáo đã gửi trước đó (điều chỉnh lần {report.version - 1}).")


def _signature(made: Paper, report: Report) -> None:
    post = "Chủ tịch" if report.unit.kind == Unit.Kind.COMMUNE else "Giám đốc"
    made.sign(post.upper(), "Nơi nhận:", ["- Như trên;", "- Lưu: VT."])
    if report.signed_by:
        made.para(f"Người ký trên hệ thống: {report.signed_by}. Mã kiểm: {report.sha256[:16]}.")
        if report.trail:
            made.para(f"Mã cuối nhật ký của hệ thống lúc ký: {report.trail}.")
    else:
        made.para("Bản dự thảo, chưa ký.")


def _form(made: Paper, number: int, table: ShownTable) -> None:
    made.section(f"Biểu {number:02d}. {table.title}")
    if table.note:
        made.para(table.note)
    lines = bool(table.form.lines)
    heads = [table.first, *(["Đơn vị tính"] if lines else []), *table.heads]
    rows = [
        [row.label, *([row.unit] if lines else []), *([cell.text for cell in row.cells] or [""] * len(table.heads))]
        for row in table.rows
    ]
    first, unit = 75, 24 if lines else 0
    rest = (TURNED_WIDTH - first - unit) // len(table.heads)
    widths = [first, *([unit] if lines else []), *([rest] * len(table.heads))]
    made.table(heads, rows, widths, numbers_from=1 + lines, strong=[row.level != "row" for row in table.rows])
