"""The reports so far, and the records behind one cell, as lists."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.listing import Empty, Listing
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.reports.official import queries
from khuyencong.reports.official.cells import Part, Shown
from khuyencong.reports.official.models import Report

_CELLS = "reports/official/cells"


def report_list(user: User) -> Listing[Report]:
    """Of every report its newest version."""
    return Listing(
        name=_("Các báo cáo đã lập"),
        rows=queries.latest(user),
        columns=[
            Column("title", _("Báo cáo"), template=f"{_CELLS}/report.html", phone=Phone.TITLE),
            Column("state", _("Trạng thái"), template=f"{_CELLS}/state.html"),
            Column("sign", _("Số, ký hiệu"), lambda one: one.sign, phone=Phone.NONE),
            Column("author", _("Người lập"), lambda one: one.drafted_by, phone=Phone.NONE),
        ],
        base=("-year", "-number", "unit__code", "unit__valid_from", "-version"),
        empty=Empty(
            "bar-chart",
            _("Chưa có báo cáo nào"),
            _("Báo cáo lập ở đây lấy số liệu từ hồ sơ, kèm phần lời gợi ý sẵn để bạn sửa."),
            (_("Lập báo cáo đầu tiên"), reverse("official:add"), "quiet")
            if may(user, Permission.REPORTS_DRAFT)
            else None,
        ),
    )


def record_list(part: Part, place: int, adds: Callable[[Shown], Any]) -> Listing[Shown]:
    """The records of one part of a cell, as they were counted; ``place`` tells the lists of one page apart."""
    return Listing(
        name=str(part.indicator.name),
        rows=part.rows,
        columns=[
            Column("record", _("Hồ sơ"), template=f"{_CELLS}/record.html", phone=Phone.TITLE),
            Column("establishment", _("Cơ sở"), template=f"{_CELLS}/establishment.html", phone=Phone.NONE),
            Column("month", _("Tháng"), template=f"{_CELLS}/month.html", cell_css="nowrap", phone=Phone.NONE),
            Column("adds", _("Tính vào"), adds, css="num"),
        ],
        unique=(),
        size=200,
        turning=f".{place}",
    )
