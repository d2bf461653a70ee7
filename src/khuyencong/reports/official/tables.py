"""Filled forms as tables of texts: what the screen, the Word paper and the workbook all show."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from khuyencong.indicators.formula import Number
from khuyencong.planning.indicators import Unit
from khuyencong.reports.official.definition import Form
from khuyencong.reports.official.fill import Filled, Row, cell_of
from khuyencong.reports.official.snapshot import Difference
from khuyencong.reports.official.wording import head_of, label_of, shown, unit_of


@dataclass(frozen=True)
class ShownCell:
    """One cell: its text, its value and unit, and its place by which it can be asked about."""

    text: str
    value: Number
    unit: Unit
    row: str
    column: int


@dataclass(frozen=True)
class ShownRow:
    """One row; ``unit`` only in forms whose rows have units of their own."""

    label: str
    level: str
    unit: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True)
class ShownTable:
    """A form ready to be shown."""

    form: Form
    title: str
    note: str
    first: str
    heads: tuple[str, ...]
    rows: tuple[ShownRow, ...]


def table_of(filled: Filled) -> ShownTable:
    """A filled form in words."""
    form = filled.form
    firsts = {"content": _("Nội dung"), "fund": _("Nguồn kinh phí"), "commune": _("Xã, phường"),
              "group": _("Nhóm ngành nghề"), "province": _("Tỉnh, thành phố"), "form": _("Loại hình"),
              "district": _("Huyện cũ")}  # fmt: skip
    return ShownTable(
        form,
        _(form.title),
        _(form.note) if form.note else "",
        firsts[form.by] if form.by else _("Chỉ tiêu"),
        tuple(head_of(form, column) for column in range(len(form.columns))),
        tuple(_row(form, row) for row in filled.rows),
    )


@dataclass(frozen=True)
class Correction:
    """A cell that is no longer what was signed, in words, and its place."""

    form: Form
    title: str
    label: str
    head: str
    row: str
    column: int
    signed: str
    now: str


def correction_of(one: Difference) -> Correction:
    """A difference in words."""
    unit = _unit(one.form, Row(one.row, one.label), one.column)
    label = _(one.label) if one.label else _("Tổng cộng")
    head = head_of(one.form, one.column)
    return Correction(
        one.form, _(one.form.title), label, head, one.row, one.column, shown(one.signed, unit), shown(one.now, unit)
    )


def _row(form: Form, row: Row) -> ShownRow:
    cells = tuple(_cell(form, row, column, value) for column, value in enumerate(row.values))
    unit = unit_of(_unit(form, row, 0)) if form.lines and row.values else ""
    return ShownRow(label_of(row), row.level, unit, cells)


def _cell(form: Form, row: Row, column: int, value: Number) -> ShownCell:
    unit = _unit(form, row, column)
    return ShownCell(shown(value, unit), value, unit, row.key, column)


def _unit(form: Form, row: Row, column: int) -> Unit:
    cell = cell_of(form, row.key, column)
    if cell is None:
        raise KeyError(row.key, column)
    return cell.unit
