"""The records behind a cell, a page at a time and in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.periods import Window
from khuyencong.reports.official.cells import Part, Shown
from khuyencong.reports.official.listing import record_list
from khuyencong.reports.official.wording import exactly


def part_of(part: Part, place: int, params: Mapping[str, str]) -> dict[str, Any]:
    """One measured indicator of the cell with one page of its records."""

    def adds(one: Shown) -> str:
        return exactly(1 if one.record.value is None else one.record.value, part.indicator.unit)

    return {
        "name": part.indicator.name,
        "role": part.role_name,
        "value": exactly(part.value, part.indicator.unit),
        "when": _months(part.window) if part.window else "",
        "where": part.where,
        "count": len(part.rows),
        "list": record_list(part, place, adds).show(params),
    }


def _months(window: Window) -> str:
    told = {"first": window.first, "last": window.last, "year": window.year}
    if window.whole_year:
        return _("cả năm %(year)s") % told
    if window.first == window.last:
        return _("tháng %(first)s/%(year)s") % told
    return _("tháng %(first)s đến tháng %(last)s/%(year)s") % told
