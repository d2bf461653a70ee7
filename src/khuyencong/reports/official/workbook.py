"""A report as an Excel workbook: a sheet for each form, numbers as numbers (money in whole VND)."""

from dataclasses import replace

from django.utils.translation import gettext as _

from khuyencong.core.periods import named
from khuyencong.core.workbooks.book import Book, Sheet
from khuyencong.core.workbooks.styles import OFFICIAL_FONT, Kind, Style
from khuyencong.planning.indicators import Unit
from khuyencong.reports.official.definition import SHARES
from khuyencong.reports.official.models import Report
from khuyencong.reports.official.tables import ShownTable

_KINDS = {Unit.VND: Kind.MONEY, Unit.COUNT: Kind.NUMBER, Unit.PERCENT: Kind.SHARE, Unit.TIMES: Kind.TIMES}
_UNITS = {Unit.VND: "đồng", Unit.PERCENT: "%", Unit.TIMES: "lần", Unit.COUNT: ""}

_TITLE = Style(font=OFFICIAL_FONT, size=14, bold=True)
_NOTE = Style(font=OFFICIAL_FONT, size=12, italic=True)
_CELL = Style(font=OFFICIAL_FONT, size=12, border=True)
_HEAD = replace(_CELL, bold=True, wrap=True, centred=True, ground="#E3EFEE")


def workbook(report: Report, tables: list[ShownTable]) -> bytes:
    """The bytes of an xlsx file; each sheet prints on A4 landscape, one page wide."""
    book = Book()
    for number, table in enumerate(tables, start=1):
        sheet = book.sheet(_("Biểu %(n)02d") % {"n": number})
        _write(sheet, report, table)
        sheet.lie_down()
        sheet.footer(left=report.sha256[:16])
    return book.content()


def _write(sheet: Sheet, report: Report, table: ShownTable) -> None:
    lines = bool(table.form.lines)
    sheet.row([table.title], _TITLE)
    sheet.row([f"{report.unit.name}, {named(report.period)}"], _NOTE)
    sheet.row([table.note], _NOTE)
    sheet.skip()
    heads = [table.first, *([_("Đơn vị tính")] if lines else []), *(_head(table, at) for at in range(len(table.heads)))]
    sheet.widths([44, *(18 for _each in heads[1:])])
    sheet.head(heads, _HEAD)
    for row in table.rows:
        style = replace(_CELL, bold=row.level != "row")
        label = replace(style, wrap=True, indent=int(row.level == "row"))
        unit = [_UNITS[row.cells[0].unit] if row.cells else ""] if lines else []
        sheet.row(
            [row.label, *unit, *(one.value for one in row.cells)],
            [label, *(style for _each in unit), *(replace(style, kind=_KINDS[one.unit]) for one in row.cells)],
        )


def _head(table: ShownTable, column: int) -> str:
    """The head with the unit of the workbook: whole đồng, not millions."""
    told = table.form.columns[column]
    if table.form.by and told.at not in SHARES and table.rows and table.rows[0].cells[column].unit is Unit.VND:
        return f"{_(told.label)} ({_('đồng')})"
    return table.heads[column]
