"""The records behind a cell, a page at a time and in words."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from khuyencong.core.periods import Window
from khuyencong.reports.official.cells import Part, Shown
from khuyencong.reports.official.wording import exactly

A_PAGE = 200


def part_of(part: Part, page: str | None) -> dict[str, Any]:
    """One measured indicator of the cell with one page of its records."""
    pages: Paginator[Any] = Paginator(part.rows, A_PAGE)
    shown = pages.get_page(page)
    shown.object_list = [_row(part, one) for one in shown.object_list]
    return {
        "name": part.indicator.name,
        "role": part.role_name,
        "value": exactly(part.value, part.indicator.unit),
        "when": _months(part.window) if part.window else "",
        "where": part.where,
        "count": len(part.rows),
        "page": shown,
    }


def _row(part: Part, one: Shown) -> dict[str, Any]:
    adds = 1 if one.record.value is None else one.record.value
    return {
        "record": one.record, "project": one.project, "establishment": one.establishment, "line": one.line,
        "adds": exactly(adds, part.indicator.unit),
    }  # fmt: skip


def _months(window: Window) -> str:
    told = {"first": window.first, "last": window.last, "year": window.year}
    if window.whole_year:
        return _("cả năm %(year)s") % told
    if window.first == window.last:
        return _("tháng %(first)s/%(year)s") % told
    return _("tháng %(first)s đến tháng %(last)s/%(year)s") % told
