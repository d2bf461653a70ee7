"""Workbooks for people: the template to fill in, and the rows that could not be taken, with the reasons."""

import io
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from khuyencong.core.tables.cells import shown
from khuyencong.core.tables.columns import Column
from khuyencong.core.tables.planning import Planned

_ROWS_WITH_LISTS = 2000


def template(title: str, columns: Sequence[Column]) -> bytes:
    """An empty workbook with headings, notes and drop-downs, and a sheet that explains each column."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title[:31])
        _explain(book, columns)
        lists = book.add_worksheet(_("Danh mục"))
        required = book.add_format({"bold": True, "bg_color": "#0B6E6E", "font_color": "white", "text_wrap": True})
        optional = book.add_format({"bold": True, "bg_color": "#E3F0EF", "text_wrap": True, "border": 1})
        as_text = book.add_format({"num_format": "@"})
        for index, column in enumerate(columns):
            label = f"{column.label} *" if column.required else column.label
            sheet.write_string(0, index, label, required if column.required else optional)
            sheet.set_column(index, index, column.width, as_text if isinstance(column.example, str) else None)
            if column.help:
                sheet.write_comment(0, index, column.help[:1].upper() + column.help[1:])
            if column.options:
                _drop_down(sheet, lists, index, list(column.options.values()))
        sheet.freeze_panes(1, 1)
    return out.getvalue()


def refused_rows(title: str, columns: Sequence[Column], rows: Sequence[Planned]) -> bytes:
    """The rows as they were read, with the reasons in a last column; can be mended and imported again."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "bg_color": "#E3F0EF", "text_wrap": True, "border": 1})
        wrong = book.add_format({"bg_color": "#FBEAE8", "font_color": "#B3261E"})
        reason = book.add_format({"text_wrap": True, "font_color": "#B3261E"})
        present = [c for c in columns if any(c.key in planned.row.raw for planned in rows)] or list(columns)
        for index, column in enumerate(present):
            sheet.write_string(0, index, column.label, head)
            sheet.set_column(index, index, column.width)
        sheet.write_string(0, len(present), _("Dòng trong tệp gốc"), head)
        sheet.write_string(0, len(present) + 1, _("Lý do"), head)
        sheet.set_column(len(present) + 1, len(present) + 1, 80)
        for line, planned in enumerate(rows, start=1):
            bad = {problem.key for problem in planned.problems}
            for index, column in enumerate(present):
                raw = planned.row.raw.get(column.key)
                style = wrong if column.key in bad else None
                if isinstance(raw, int | float) and not isinstance(raw, bool):
                    sheet.write_number(line, index, raw, style)
                else:
                    sheet.write_string(line, index, shown(raw), style)
            sheet.write_number(line, len(present), planned.row.number)
            told = "\n".join(f"{one.column}: “{one.value}”, {one.message}" for one in planned.problems)
            told = told or _("Có thể trùng với: %(label)s") % {"label": planned.existing_label}
            sheet.write_string(line, len(present) + 1, told, reason)
        sheet.freeze_panes(1, 1)
    return out.getvalue()


def _explain(book: xlsxwriter.Workbook, columns: Sequence[Column]) -> None:
    sheet = book.add_worksheet(_("Hướng dẫn"))
    bold = book.add_format({"bold": True, "bg_color": "#E3F0EF"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for index, (label, width) in enumerate([(_("Cột"), 30), (_("Bắt buộc"), 10), (_("Ghi gì"), 70), (_("Ví dụ"), 36)]):
        sheet.write_string(0, index, label, bold)
        sheet.set_column(index, index, width, wrap)
    for line, column in enumerate(columns, start=1):
        labels = list(column.options.values())
        options = "; ".join([*labels[:12], *(["…"] if len(labels) > 12 else [])])
        told = [column.help, _("Chọn một trong: %(options)s") % {"options": options} if options else ""]
        sheet.write_string(line, 0, column.label)
        sheet.write_string(line, 1, _("có") if column.required else "")
        sheet.write_string(line, 2, ". ".join(part for part in told if part))
        sheet.write_string(line, 3, str(column.example))
    sheet.write_string(len(columns) + 2, 0, _("Ô để trống không làm thay đổi giá trị đã có."))
    sheet.write_string(len(columns) + 3, 0, _("Ví dụ ở trang này chỉ để tham khảo, không được nhập."))


def _drop_down(sheet: Worksheet, lists: Worksheet, index: int, options: list[str]) -> None:
    """The options stand on a sheet of their own: a list in the validation itself holds 255 characters only."""
    for line, option in enumerate(options):
        lists.write_string(line, index, option)
    name = xl_col_to_name(index)
    source = f"='{_('Danh mục')}'!${name}$1:${name}${len(options)}"
    sheet.data_validation(
        1, index, _ROWS_WITH_LISTS, index,
        {
            "validate": "list",
            "source": source,
            "error_title": _("Chọn trong danh sách"),
            "error_message": _("Hãy chọn một giá trị trong danh sách thả xuống."),
        },
    )  # fmt: skip
