"""The list of projects as a workbook."""

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from khuyencong.projects.models import Project


def projects_workbook(projects: Iterable[Project]) -> bytes:
    """One row for each project, sums as formulas at the foot."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Đề án"))
        head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "border": 1, "text_wrap": True})
        money = book.add_format({"num_format": "#,##0"})
        total = book.add_format({"num_format": "#,##0", "bold": True, "top": 1})
        columns = [
            (_("Số đề án"), 16), (_("Tên đề án"), 50), (_("Nội dung"), 40), (_("Nguồn kinh phí"), 22),
            (_("Năm nghiệm thu"), 10), (_("Cơ sở thụ hưởng"), 40), (_("Hỗ trợ (đồng)"), 18), (_("Đối ứng (đồng)"), 18),
            (_("Tổng kinh phí (đồng)"), 18),
        ]  # fmt: skip
        for column, (label, width) in enumerate(columns):
            sheet.write_string(0, column, label, head)
            sheet.set_column(column, column, width)
        row = 0
        for row, one in enumerate(projects, start=1):
            names = "; ".join(establishment.name for establishment in one.establishments.all())
            texts = [one.code, one.title, _(one.activity.name), one.get_fund_display()]
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text)
            if one.accepted_year:
                sheet.write_number(row, 4, one.accepted_year)
            sheet.write_string(row, 5, names)
            for column, amount in enumerate((one.support_amount, one.counterpart, one.total_cost), start=6):
                sheet.write_number(row, column, amount, money)
        if row:
            for column, letter in ((6, "G"), (7, "H"), (8, "I")):
                sheet.write_formula(row + 1, column, f"=SUM({letter}2:{letter}{row + 1})", total)
        sheet.freeze_panes(1, 2)
    return out.getvalue()
