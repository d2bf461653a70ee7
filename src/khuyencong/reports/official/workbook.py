"""A report as an Excel workbook: a sheet for each form, numbers as numbers (money in whole VND)."""

import io

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from khuyencong.core.periods import named
from khuyencong.planning.indicators import Unit
from khuyencong.reports.official.definition import SHARES
from khuyencong.reports.official.models import Report
from khuyencong.reports.official.tables import ShownTable

_FORMATS = {Unit.VND: "#,##0", Unit.COUNT: "#,##0", Unit.PERCENT: "0.0", Unit.TIMES: "0.00"}
_UNITS = {Unit.VND: "đồng", Unit.PERCENT: "%", Unit.TIMES: "lần", Unit.COUNT: ""}


def workbook(report: Report, tables: list[ShownTable]) -> bytes:
    """The bytes of an xlsx file; each sheet prints on A4 landscape, one page wide."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    styles = _Styles(book)
    for number, table in enumerate(tables, start=1):
        sheet = book.add_worksheet(_("Biểu %(n)02d") % {"n": number})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{report.sha256[:16]}&R&P/&N")
        _write(sheet, styles, report, table)
    book.close()
    return out.getvalue()


class _Styles:
    """Cell formats, made when first asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **how: object) -> Format:
        key = tuple(sorted(how.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_name": "Times New Roman", "font_size": 12, **how})
        return self.made[key]


def _write(sheet: Worksheet, styles: _Styles, report: Report, table: ShownTable) -> None:
    lines = bool(table.form.lines)
    sheet.write(0, 0, table.title, styles.of(bold=True, font_size=14))
    sheet.write(1, 0, f"{report.unit.name}, {named(report.period)}", styles.of(italic=True))
    if table.note:
        sheet.write(2, 0, table.note, styles.of(italic=True))
    heads = [table.first, *([_("Đơn vị tính")] if lines else []), *(_head(table, at) for at in range(len(table.heads)))]
    head = styles.of(bold=True, border=1, text_wrap=True, align="center", valign="vcenter", bg_color="#E3EFEE")
    for at, text in enumerate(heads):
        sheet.write(4, at, text, head)
    for at, row in enumerate(table.rows, start=5):
        strong = {"bold": True} if row.level != "row" else {}
        sheet.write(at, 0, row.label, styles.of(border=1, text_wrap=True, indent=int(row.level == "row"), **strong))
        if lines:
            unit = _UNITS[row.cells[0].unit] if row.cells else ""
            sheet.write(at, 1, unit, styles.of(border=1, **strong))
        for place, cell in enumerate(row.cells, start=1 + lines):
            style = styles.of(border=1, num_format=_FORMATS[cell.unit], **strong)
            if cell.value is None:
                sheet.write_blank(at, place, None, style)
            else:
                sheet.write_number(at, place, float(cell.value), style)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(heads) - 1, 18)
    sheet.freeze_panes(5, 1)


def _head(table: ShownTable, column: int) -> str:
    """The head with the unit of the workbook: whole đồng, not millions."""
    told = table.form.columns[column]
    if table.form.by and told.at not in SHARES and table.rows and table.rows[0].cells[column].unit is Unit.VND:
        return f"{_(told.label)} ({_('đồng')})"
    return table.heads[column]
