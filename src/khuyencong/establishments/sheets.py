"""The registry as a workbook for those who go on working in a spreadsheet."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

import xlsxwriter
from django.utils.translation import gettext as _

from khuyencong.establishments.queries import sees_contact
from khuyencong.people.models import User

if TYPE_CHECKING:
    from khuyencong.establishments.queries import Listed


def registry_workbook(user: User, establishments: "Iterable[Listed]") -> bytes:
    """A sheet with one row for each establishment; contacts only for those who may see them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Cơ sở"))
        head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "border": 1, "text_wrap": True})
        money = book.add_format({"num_format": "#,##0"})
        columns = [
            (_("Số đăng ký"), 12), (_("Tên cơ sở"), 38), (_("Loại hình"), 18), (_("Mã số thuế"), 15),
            (_("Xã, phường"), 22), (_("Ngành nghề"), 36), (_("Sản phẩm chính"), 30), (_("Năm thành lập"), 10),
            (_("Lao động"), 10), (_("Năm doanh thu"), 10), (_("Doanh thu (đồng)"), 18), (_("Năm được hỗ trợ"), 12),
            (_("Tình trạng"), 18), (_("Chủ cơ sở"), 24), (_("Điện thoại"), 15),
        ]  # fmt: skip
        for column, (label, width) in enumerate(columns):
            sheet.write_string(0, column, label, head)
            sheet.set_column(column, column, width, money if column == 10 else None)
        sheet.freeze_panes(1, 2)
        contact: dict[int, bool] = {}
        last = 0
        for last, one in enumerate(establishments, start=1):
            if one.commune_id not in contact:
                contact[one.commune_id] = sees_contact(user, one)
            shown = contact[one.commune_id]
            cells = [
                one.code, one.name, one.get_legal_form_display(), one.tax_code, one.commune.name,
                _(one.industry.name) if one.industry else None, one.products, one.founded, one.workers, one.latest_year,
                one.latest_revenue, one.first_supported, one.get_status_display(),
                one.owner_name if shown else None, one.phone if shown else None,
            ]  # fmt: skip
            for column, cell in enumerate(cells):
                if isinstance(cell, int):
                    sheet.write_number(last, column, cell)
                elif cell:
                    sheet.write_string(last, column, str(cell))
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    return out.getvalue()
