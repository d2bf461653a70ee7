"""The list of projects as a workbook."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from khuyencong.projects.record.models import Project

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class _Column:
    """One column: heading, width, how a cell is written ("text", "year", "money", "day"), where it comes from."""

    label: str
    width: int
    kind: str
    value: Callable[[Project], Any]


def _columns() -> list[_Column]:
    return [
        _Column(_("Số đề án"), 16, "text", lambda one: one.code),
        _Column(_("Tên đề án"), 50, "text", lambda one: one.title),
        _Column(_("Nội dung"), 40, "text", lambda one: _(one.activity.name)),
        _Column(_("Nguồn kinh phí"), 22, "text", lambda one: one.get_fund_display()),
        _Column(_("Năm nghiệm thu"), 10, "year", lambda one: one.accepted_year),
        _Column(
            _("Cơ sở thụ hưởng"), 40, "text", lambda one: "; ".join(each.name for each in one.establishments.all())
        ),
        _Column(_("Hỗ trợ (đồng)"), 18, "money", lambda one: one.support_amount),
        _Column(_("Đối ứng (đồng)"), 18, "money", lambda one: one.counterpart),
        _Column(_("Tổng kinh phí (đồng)"), 18, "money", lambda one: one.total_cost),
        _Column(_("Lồng ghép (đồng)"), 18, "money", lambda one: one.blended),
        _Column(_("Đã chi (đồng)"), 18, "money", lambda one: _contract(one, "paid")),
        _Column(_("Đã thu hồi (đồng)"), 18, "money", lambda one: _contract(one, "recovered")),
        _Column(_("Xã, phường"), 26, "text", _communes),
        _Column(_("Trạng thái"), 24, "text", lambda one: one.get_state_display()),
        _Column(_("Từ ngày"), 12, "day", lambda one: one.state_since),
        _Column(_("Hạn của bước tiếp theo"), 12, "day", lambda one: one.due_on),
        _Column(_("Cán bộ phụ trách"), 26, "text", lambda one: str(one.responsible or "")),
        _Column(_("Số hợp đồng"), 18, "text", lambda one: _contract(one, "number") or ""),
    ]


def projects_workbook(projects: Sequence[Project], progress: Progress = lambda share, words: None) -> bytes:
    """One row for each project, sums of the money as formulas at the foot."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Đề án"))
        head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "border": 1, "text_wrap": True})
        money = book.add_format({"num_format": "#,##0"})
        total = book.add_format({"num_format": "#,##0", "bold": True, "top": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        columns = _columns()
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.label, head)
            sheet.set_column(at, at, column.width)
        row = 0
        for row, one in enumerate(projects, start=1):
            for at, column in enumerate(columns):
                value = column.value(one)
                if column.kind == "text":
                    sheet.write_string(row, at, value)
                elif value is None:
                    continue
                elif column.kind == "day":
                    sheet.write_datetime(row, at, value, day)
                else:
                    sheet.write_number(row, at, value, money if column.kind == "money" else None)
            if row % 50 == 0 or row == len(projects):
                progress(row / len(projects), _("Đang ghi đề án %(n)s/%(all)s") % {"n": row, "all": len(projects)})
        if row:
            for at, column in enumerate(columns):
                if column.kind == "money":
                    letter = xlsxwriter.utility.xl_col_to_name(at)
                    sheet.write_formula(row + 1, at, f"=SUM({letter}2:{letter}{row + 1})", total)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)
    return out.getvalue()


def _contract(project: Project, name: str) -> Any:
    contract = getattr(project, "contract", None)
    return None if contract is None else getattr(contract, name)


def _communes(project: Project) -> str:
    return "; ".join(dict.fromkeys(one.commune.name for one in project.establishments.all()))
