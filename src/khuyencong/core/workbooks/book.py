"""The one place that writes xlsx: cells are written by what they are, and text is never run, followed or lost."""

import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from khuyencong.core.workbooks import plain
from khuyencong.core.workbooks.styles import FOOT, FORMATS, HEAD, PLAIN, Kind, SheetColumn, Style

_A4 = 9
_UPRIGHT = 95  # letters that stand side by side on A4 upright in a size that can be read
_FIRST_DAY = dt.date(1900, 3, 1)  # before it, spreadsheets count days wrongly or not at all
_TO_CHOOSE = 2000  # rows under a heading that offer its list


class Book:
    """A workbook under way; ``content`` closes it."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._out, options)
        self._formats: dict[tuple[Style, bool], Format] = {}
        self._names: list[str] = []

    def sheet(self, title: str) -> "Sheet":
        """A further sheet."""
        self._names.append(plain.sheet_name(title, self._names))
        return Sheet(self, self._book.add_worksheet(self._names[-1]), self._names[-1])

    def content(self) -> bytes:
        """The bytes of the file."""
        self._book.close()
        return self._out.getvalue()

    def format(self, style: Style, quoted: bool = False) -> Format:
        """The style as the file knows it; ``quoted``: a text that stays one when it is edited."""
        if (style, quoted) not in self._formats:
            self._formats[style, quoted] = self._book.add_format(_properties(style) | {"quote_prefix": quoted})
        return self._formats[style, quoted]


class Sheet:
    """A sheet that is written from the top down; ``at``: the row that comes next, counted from 0."""

    def __init__(self, book: Book, sheet: Worksheet, name: str) -> None:
        self._book, self._sheet, self.name, self.at = book, sheet, name, 0
        self._width = 0.0
        self._head: int | None = None
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        self.footer()

    def widths(self, widths: Sequence[float], styles: Sequence[Style] = ()) -> None:
        """How wide the columns are, in letters; with styles for cells that are still to be filled in."""
        for column, width in enumerate(widths):
            style = self._book.format(styles[column]) if column < len(styles) and styles[column] != PLAIN else None
            self._sheet.set_column(column, column, width, style)
        self._width = sum(widths)
        self.lie_down(self._width > _UPRIGHT)

    def row(self, cells: Iterable[Any], style: Style | Sequence[Style] = PLAIN, height: float | None = None) -> None:
        """The next row; one style for all cells or one for each. ``height`` in points."""
        for column, value in enumerate(cells):
            self._write(self.at, column, value, style if isinstance(style, Style) else style[column])
        if height is not None:
            self._sheet.set_row(self.at, height)
        self.at += 1

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.at += rows

    def head(
        self, labels: Sequence[str], style: Style | Sequence[Style] = HEAD, keep: int = 1, height: float | None = None
    ) -> None:
        """The heading row: it and the ``keep`` first columns stay in sight, and it stands on every printed page."""
        self._head = self.at
        self.row(labels, style, height)
        self._sheet.freeze_panes(self.at, keep)
        self._sheet.repeat_rows(self._head)

    def table(self, columns: Sequence[SheetColumn], rows: Iterable[Any], keep: int = 1, sums: bool = False) -> None:
        """Heading, rows with filters on them and, where asked, the sums of the money as formulas at the foot."""
        self.widths([one.width for one in columns])
        self.head([one.label for one in columns], keep=keep)
        first, styles = self.at, [Style(kind=one.kind) for one in columns]
        totals = dict.fromkeys((at for at, one in enumerate(columns) if one.kind is Kind.MONEY), 0)
        for row in rows:
            cells = [column.of(row) for column in columns]
            for column in totals:
                totals[column] += cells[column] or 0
            self.row(cells, styles)
        self._sheet.autofilter(first - 1, 0, max(self.at - 1, first), len(columns) - 1)
        if sums and self.at > first:
            for column, total in totals.items():
                name = xl_col_to_name(column)
                style = self._book.format(replace(FOOT, kind=Kind.MONEY))
                self._sheet.write_formula(self.at, column, f"=SUM({name}{first + 1}:{name}{self.at})", style, total)
            self.at += 1

    def note(self, column: int, words: str) -> None:
        """A note on the last row's cell."""
        self._sheet.write_comment(self.at - 1, column, plain.text(words))

    def choose(self, column: int, source: "Sheet", options: Sequence[str], title: str, words: str) -> None:
        """Offer the options below the heading.

        They stand on a sheet of their own: a list in the rule itself holds 255 characters only.
        """
        for line, option in enumerate(options):
            source._write(line, column, option, PLAIN)
        name = xl_col_to_name(column)
        quoted = source.name.replace("'", "''")
        self._sheet.data_validation(
            self.at, column, self.at - 1 + _TO_CHOOSE, column,
            {
                "validate": "list",
                "source": f"='{quoted}'!${name}$1:${name}${len(options)}",
                "error_title": plain.cut(plain.text(title), 32),
                "error_message": plain.cut(plain.text(words), 255),
            },
        )  # fmt: skip

    def lie_down(self, lying: bool = True) -> None:
        """Print on A4 lying down, or upright."""
        if lying:
            self._sheet.set_landscape()
        else:
            self._sheet.set_portrait()

    def margins(self, side: float, top: float, bottom: float) -> None:
        """White around the printed page, in inches."""
        self._sheet.set_margins(left=side, right=side, top=top, bottom=bottom)

    def footer(self, left: str = "", page: str = "") -> None:
        """What stands at the foot of a printed page: a text, and the number of the page after the word for it."""
        told = [plain.text(one).replace("&", "&&") for one in (left, page)]
        beginning = f"&L{told[0]}" if left else ""
        self._sheet.set_footer(f"{beginning}&R{told[1]}{' ' if page else ''}&P/&N")

    def _write(self, row: int, column: int, value: Any, style: Style) -> None:
        if isinstance(value, Decimal | float) and not math.isfinite(value):
            value = None
        if isinstance(value, dt.date) and dt.date(value.year, value.month, value.day) < _FIRST_DAY:
            value = f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
        if value is None or value == "":
            failed = self._sheet.write_blank(row, column, None, self._book.format(style)) if style != PLAIN else 0
        elif isinstance(value, dt.datetime | dt.date):
            kind = Kind.MOMENT if isinstance(value, dt.datetime) and style.kind is not Kind.DAY else Kind.DAY
            dated = replace(style, kind=kind)
            failed = self._sheet.write_datetime(row, column, value, self._book.format(dated))
        elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            failed = self._sheet.write_number(row, column, value, self._book.format(style) if style != PLAIN else None)
        else:
            words = plain.text(str(value))
            quoted = plain.acts(words)
            marked = self._book.format(style, quoted) if quoted or style != PLAIN else None
            failed = self._sheet.write_string(row, column, words, marked)
        if failed:
            raise ValueError(f"a sheet has no place for row {row + 1}, column {column + 1}")


def list_workbook(
    title: str, columns: Sequence[SheetColumn], rows: Iterable[Any], *, keep: int = 1, sums: bool = False
) -> bytes:
    """One row for each thing; the ``keep`` first columns stay in sight; ``sums``: of the money, at the foot."""
    book = Book()
    book.sheet(title).table(columns, rows, keep, sums)
    return book.content()


def _properties(style: Style) -> dict[str, Any]:
    """The style in the words of the library."""
    told: dict[str, Any] = {
        "num_format": FORMATS[style.kind],
        "bold": style.bold,
        "italic": style.italic,
        "border": int(style.border),
        "top": int(style.line_above),
        "text_wrap": style.wrap,
        "align": "center" if style.centred else "",
        "valign": "vcenter" if style.centred else "top" if style.top else "",
        "indent": style.indent,
        "font_name": style.font,
        "font_size": style.size,
        "font_color": style.ink,
        "bg_color": style.ground,
    }
    return {name: value for name, value in told.items() if value}
