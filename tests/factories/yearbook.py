"""Figures of the province."""

from decimal import Decimal

from khuyencong.core import clock
from khuyencong.yearbook.models import MacroFigure, MacroIndicator


def make_macro_figure(province, code="poverty-rate", year=2020, **fields):
    """A figure of the province, read somewhere and verified by nobody."""
    values = {"value": Decimal("22.06"), "source": "Niên giám thử, trang 5", "entered_at": clock.now(), **fields}
    indicator, _new = MacroIndicator.objects.get_or_create(code=code, defaults={"name": "Tỷ lệ", "unit": "percent"})
    return MacroFigure.objects.create(indicator=indicator, province=province, year=year, **values)
