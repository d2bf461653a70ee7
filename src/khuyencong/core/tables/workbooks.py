"""Workbooks for people: the template to fill in, and the rows that could not be taken, with the reasons."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.tables.cells import shown
from khuyencong.core.tables.columns import Column
from khuyencong.core.tables.planning import Planned
from khuyencong.core.workbooks.book import Book, Sheet
from khuyencong.core.workbooks.styles import HEAD, PLAIN, Kind, Style

_REQUIRED = Style(bold=True, wrap=True, ground="#0B6E6E", ink="#FFFFFF")
_WRONG = Style(ground="#FBEAE8", ink="#B3261E")
_REASON = Style(wrap=True, ink="#B3261E")
_AS_TEXT = Style(kind=Kind.TYPED_TEXT)


def template(title: str, columns: Sequence[Column]) -> bytes:
    """An empty workbook with headings, notes and drop-downs, and a sheet that explains each column."""
    book = Book()
    sheet = book.sheet(title)
    _explain(book.sheet(_("Hướng dẫn")), columns)
    lists = book.sheet(_("Danh mục"))
    sheet.widths(
        [one.width for one in columns], [_AS_TEXT if isinstance(one.example, str) else PLAIN for one in columns]
    )
    sheet.head(
        [f"{one.label} *" if one.required else one.label for one in columns],
        [_REQUIRED if one.required else HEAD for one in columns],
    )
    for index, column in enumerate(columns):
        if column.help:
            sheet.note(index, column.help[:1].upper() + column.help[1:])
        if column.options:
            told = _("Chọn trong danh sách"), _("Hãy chọn một giá trị trong danh sách thả xuống.")
            sheet.choose(index, lists, list(column.options.values()), *told)
    return book.content()


def refused_rows(title: str, columns: Sequence[Column], rows: Sequence[Planned]) -> bytes:
    """The rows as they were read, with the reasons in a last column; can be mended and imported again."""
    book = Book()
    sheet = book.sheet(title)
    present = [one for one in columns if any(one.key in planned.row.raw for planned in rows)] or list(columns)
    several = len({planned.row.sheet for planned in rows}) > 1
    where = [_("Trang tính trong tệp gốc")] if several else []
    sheet.widths([*(one.width for one in present), *([24] if several else []), 18, 80])
    sheet.head([*(one.label for one in present), *where, _("Dòng trong tệp gốc"), _("Lý do")])
    for planned in rows:
        bad = {problem.key for problem in planned.problems}
        marks = [_WRONG if one.key in bad else PLAIN for one in present]
        told = [*([planned.row.sheet] if several else []), planned.row.number]
        sheet.row([*_as_read(planned, present), *told, _reasons(planned)], [*marks, *(PLAIN for _one in told), _REASON])
    return book.content()


def _as_read(planned: Planned, present: Sequence[Column]) -> Iterator[Any]:
    for column in present:
        raw = planned.row.raw.get(column.key)
        yield raw if isinstance(raw, int | float) and not isinstance(raw, bool) else shown(raw)


def _reasons(planned: Planned) -> str:
    told = "\n".join(f"{one.column}: “{one.value}”, {one.message}" for one in planned.problems)
    return told or _("Có thể trùng với: %(label)s") % {"label": planned.existing_label}


def _explain(sheet: Sheet, columns: Sequence[Column]) -> None:
    wrapped = Style(wrap=True, top=True)
    sheet.widths([30, 10, 70, 36], [wrapped] * 4)
    sheet.head([_("Cột"), _("Bắt buộc"), _("Ghi gì"), _("Ví dụ")])
    for column in columns:
        labels = list(column.options.values())
        options = "; ".join([*labels[:12], *(["…"] if len(labels) > 12 else [])])
        told = [column.help, _("Chọn một trong: %(options)s") % {"options": options} if options else ""]
        what = ". ".join(part for part in told if part)
        sheet.row([column.label, _("có") if column.required else "", what, str(column.example)], wrapped)
    sheet.skip()
    sheet.row([_("Ô để trống không làm thay đổi giá trị đã có.")], wrapped)
    sheet.row([_("Ví dụ ở trang này chỉ để tham khảo, không được nhập.")], wrapped)
