"""How numbers and heads of forms are told on screens and papers."""

from decimal import Decimal

from django.utils.translation import gettext as _

from khuyencong.core.templatetags.ui import number
from khuyencong.indicators.formula import Number
from khuyencong.planning.indicators import Unit
from khuyencong.reports.official.definition import SHARES, Cell, Form
from khuyencong.reports.official.fill import Row

MILLION = 1_000_000
NOTHING = "–"


def shown(value: Number, unit: Unit) -> str:
    """A value as a form has it: money in million VND, shares with one decimal; a dash where nobody knows."""
    if value is None:
        return NOTHING
    if unit is Unit.VND:
        return plain(Decimal(value) / MILLION, 3)
    return plain(value, {Unit.PERCENT: 1, Unit.TIMES: 2}.get(unit, 0))


def plain(value: float | Decimal, most: int) -> str:
    """In the local form, with at most so many decimals and no zeros at the end."""
    rounded = round(Decimal(value), most).normalize()
    return number(format(rounded, "f"), max(0, -int(rounded.as_tuple().exponent)))


def exactly(value: Number, unit: Unit) -> str:
    """In full, with its unit: on the page that explains a cell."""
    if value is None:
        return _("không có số liệu")
    words = {Unit.VND: "₫", Unit.PERCENT: "%", Unit.TIMES: _("lần"), Unit.COUNT: ""}
    return f"{plain(value, 2)} {words[unit]}".strip()


def unit_of(unit: Unit) -> str:
    """The unit as it stands in a form."""
    return {Unit.VND: _("triệu đồng"), Unit.PERCENT: "%", Unit.TIMES: _("lần"), Unit.COUNT: ""}[unit]


def head_of(form: Form, column: int) -> str:
    """The head of a column with its unit, where the column has one of its own."""
    told = form.columns[column]
    if told.at in SHARES:
        return f"{_(told.label)} (%)"
    if form.by and (unit := unit_of(Cell(told.value, told.at).unit)):
        return f"{_(told.label)} ({unit})"
    return _(told.label)


def label_of(row: Row) -> str:
    """The label of a row."""
    return _("Tổng cộng") if row.level == "total" else _(row.label)
