"""The list of projects as a workbook."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.workbooks.book import list_workbook
from khuyencong.core.workbooks.styles import Kind, SheetColumn
from khuyencong.projects.record.models import Project

Progress = Callable[[float, str], None]


def projects_workbook(projects: Sequence[Project], progress: Progress = lambda share, words: None) -> bytes:
    """One row for each project, sums of the money as formulas at the foot."""
    return list_workbook(_("Đề án"), _columns(), _telling(projects, progress), keep=2, sums=True)


def _columns() -> list[SheetColumn]:
    return [
        SheetColumn(_("Số đề án"), 16, value=lambda one: one.code),
        SheetColumn(_("Tên đề án"), 50, value=lambda one: one.title),
        SheetColumn(_("Nội dung"), 40, value=lambda one: _(one.activity.name)),
        SheetColumn(_("Nguồn kinh phí"), 22, value=lambda one: one.get_fund_display()),
        SheetColumn(_("Năm nghiệm thu"), 10, Kind.PLAIN_NUMBER, lambda one: one.accepted_year),
        SheetColumn(
            _("Cơ sở thụ hưởng"), 40, value=lambda one: "; ".join(each.name for each in one.establishments.all())
        ),
        SheetColumn(_("Hỗ trợ (đồng)"), 18, Kind.MONEY, lambda one: one.support_amount),
        SheetColumn(_("Đối ứng (đồng)"), 18, Kind.MONEY, lambda one: one.counterpart),
        SheetColumn(_("Tổng kinh phí (đồng)"), 18, Kind.MONEY, lambda one: one.total_cost),
        SheetColumn(_("Lồng ghép (đồng)"), 18, Kind.MONEY, lambda one: one.blended),
        SheetColumn(_("Đã chi (đồng)"), 18, Kind.MONEY, lambda one: _contract(one, "paid")),
        SheetColumn(_("Đã thu hồi (đồng)"), 18, Kind.MONEY, lambda one: _contract(one, "recovered")),
        SheetColumn(_("Xã, phường"), 26, value=_communes),
        SheetColumn(_("Trạng thái"), 24, value=lambda one: one.get_state_display()),
        SheetColumn(_("Từ ngày"), 12, Kind.DAY, lambda one: one.state_since),
        SheetColumn(_("Hạn của bước tiếp theo"), 12, Kind.DAY, lambda one: one.due_on),
        SheetColumn(_("Cán bộ phụ trách"), 26, value=lambda one: str(one.responsible or "")),
        SheetColumn(_("Số hợp đồng"), 18, value=lambda one: _contract(one, "number") or ""),
    ]


def _telling(projects: Sequence[Project], progress: Progress) -> Iterator[Project]:
    """The projects, with word of how far the writing has come."""
    for row, one in enumerate(projects, start=1):
        yield one
        if row % 50 == 0 or row == len(projects):
            progress(row / len(projects), _("Đang ghi đề án %(n)s/%(all)s") % {"n": row, "all": len(projects)})


def _contract(project: Project, name: str) -> Any:
    contract = getattr(project, "contract", None)
    return None if contract is None else getattr(contract, name)


def _communes(project: Project) -> str:
    return "; ".join(dict.fromkeys(one.commune.name for one in project.establishments.all()))
