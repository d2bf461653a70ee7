"""The list as a plan of visits: a workbook for A4 lying down, to print or to fill in."""

import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.text import fold
from khuyencong.law.documents.status_wording import day
from khuyencong.people.models import User
from khuyencong.places.queries import official_name
from khuyencong.prospects import wording
from khuyencong.prospects.queries import Board, Candidate
from khuyencong.prospects.rules import Group
from khuyencong.prospects.sheets import Column, contact, open_to

_HEAD_ROWS = 5


def workbook(user: User, board: Board, found: Sequence[Candidate], group: Group, narrowed: Iterable[str]) -> bytes:
    """The visits, and on a second sheet what they rest on; ``narrowed``: the filters in force, in words."""
    out = io.BytesIO()
    # A name that begins with = or @ is text, never a formula or a link.
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        _visits(book, user, board, found)
        _basis(book, board, group, narrowed)
    return out.getvalue()


def in_order_of_visit(found: Iterable[Candidate]) -> list[Candidate]:
    """Commune by commune, hamlet by hamlet (unknown ones last), the greatest priority first."""
    return sorted(
        found,
        key=lambda one: (
            one.establishment.commune.folded,
            not one.establishment.address.strip(),
            fold(one.establishment.address),
            -one.score.points,
            one.establishment.folded_name,
            one.establishment.pk,
        ),
    )


def _visits(book: xlsxwriter.Workbook, user: User, board: Board, found: Sequence[Candidate]) -> None:
    sheet = book.add_worksheet(_("Đi cơ sở"))
    several = len({one.establishment.commune_id for one in found}) > 1
    columns = _plan_columns(user, several)
    plain = {"border": 1, "valign": "top", "text_wrap": True, "font_name": "Times New Roman", "font_size": 10}
    cell, number = book.add_format(plain), book.add_format(plain | {"num_format": "#,##0"})
    year = book.add_format(plain | {"num_format": "0"})
    head = book.add_format(plain | {"bold": True, "bg_color": "#E3F0EF", "valign": "vcenter", "align": "center"})
    _title(book, sheet, board, found)
    for place, column in enumerate(columns):
        sheet.write_string(_HEAD_ROWS, place, column.label, head)
        sheet.set_column(place, place, column.width)
    sheet.set_row(_HEAD_ROWS, _height([(column.label, column.width) for column in columns]))
    for row, one in enumerate(found, start=_HEAD_ROWS + 1):
        values = [column.value(one) if column.value else None for column in columns]
        texts = [(value, column.width) for value, column in zip(values, columns, strict=True) if isinstance(value, str)]
        sheet.set_row(row, _height(texts))
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            if isinstance(value, int):
                sheet.write_number(row, place, value, year if column.label == _("của năm") else number)
            else:
                sheet.write(row, place, value or None, cell)
    sheet.freeze_panes(_HEAD_ROWS + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROWS)
    sheet.set_footer(f"&L{_('Kế hoạch đi cơ sở')}&R{_('Trang')} &P/&N")


def _height(texts: Iterable[tuple[str, float]], least: int = 2) -> float:
    """High enough for texts in columns so many letters wide: not every programme finds out by itself."""
    # A column's width is told in letters of a larger type than ours.
    lines = (sum(math.ceil(len(line) / (1.2 * width)) or 1 for line in text.split("\n")) for text, width in texts)
    return 13.5 * max(least, *lines, 1)


def _title(book: xlsxwriter.Workbook, sheet: Any, board: Board, found: Sequence[Candidate]) -> None:
    big = book.add_format({"bold": True, "font_size": 14, "font_name": "Times New Roman"})
    small = book.add_format({"font_size": 10, "font_name": "Times New Roman"})
    communes = {one.establishment.commune.name for one in found}
    provinces = {official_name(place.parent) for one in found if (place := one.establishment.commune).parent}
    where = communes.pop() if len(communes) == 1 else _("nhiều xã, phường")
    sheet.write_string(0, 0, _("Kế hoạch đi cơ sở"), big)
    sheet.write_string(1, 0, ", ".join([where, *sorted(provinces)]), small)
    counted = ngettext("%(n)s cơ sở, lập ngày %(day)s.", "%(n)s cơ sở, lập ngày %(day)s.", len(found))
    sheet.write_string(2, 0, counted % {"n": len(found), "day": day(board.day)}, small)
    sheet.write_string(
        3, 0, _("Nguồn: danh bạ cơ sở, kết quả hằng năm và quy định trong hệ thống; xem trang “Căn cứ”."), small
    )


def _plan_columns(user: User, several: bool) -> list[Column]:
    """What fits on a sheet of A4 in letters that can be read, with room to write."""
    commune = Column(_("Xã, phường"), lambda one: one.establishment.commune.name, 12)
    return [
        Column(_("Cơ sở, sản phẩm"), _name_and_products, 24),
        *([commune] if several else []),
        Column(_("Thôn, xóm, đường"), lambda one: one.establishment.address, 12),
        *contact(user),
        Column(_("Lao động"), lambda one: one.workers, 6),
        Column(_("Doanh thu gần nhất (đồng)"), lambda one: one.revenue, 14),
        Column(_("của năm"), lambda one: one.revenue_year, 5),
        Column(_("Điểm ưu tiên"), lambda one: one.score.points, 6),
        Column(_("Lợi ích có thể một năm"), _gain, 13),
        Column(_("Vì sao"), _reasons, 22),
        Column(_("Cần hỏi thêm"), lambda one: wording.missing(one.lacks), 14),
        Column(_("Ngày đi"), width=9),
        Column(_("Người đi"), width=10),
        Column(_("Kết quả"), width=18),
    ]


def _name_and_products(one: Candidate) -> str:
    return "\n".join(part for part in (one.establishment.name, one.establishment.products) if part)


def _reasons(one: Candidate) -> str:
    return ". ".join(part for part in (*wording.why(one), open_to(one)) if part)


def _gain(one: Candidate) -> str:
    return f"{wording.gain(one.gain)}, {wording.gain_interval(one.gain)}" if one.gain else ""


def _basis(book: xlsxwriter.Workbook, board: Board, group: Group, narrowed: Iterable[str]) -> None:
    """What the list and its columns rest on: the group, the effect, the criteria, the rules with their articles."""
    sheet = book.add_worksheet(_("Căn cứ"))
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 46, wrap)
    sheet.set_column(1, 1, 12, wrap)
    sheet.set_column(2, 2, 60, wrap)
    rows: list[tuple[Any, ...]] = [
        (wording.group_name(group), "", wording.about_group(group)),
        (_("Điều kiện lọc"), "", "; ".join(narrowed) or _("không lọc")),
        (_("Lợi ích có thể một năm"), "", board.measured.words),
        (_("Tiêu chí ưu tiên"), _("Điểm"), _("Căn cứ")),
        *((one.name, one.points, _article(one.article, one.verified)) for one in board.criteria_of_the_day),
        (_("Điều kiện được hỗ trợ"), "", _("Căn cứ")),
        *((rule.name, "", _article(rule.article, rule.verified)) for rule in board.rules),
    ]
    for row, cells in enumerate(rows):
        sheet.set_row(row, _height([(cells[0], 36), (cells[2], 48)], least=1) + 2)
        heading = row < 3 or cells[2] == _("Căn cứ")
        for place, value in enumerate(cells):
            sheet.write(row, place, value, bold if heading and place < 2 else wrap)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _article(article: str, verified: bool) -> str:
    told = article or _("chưa ghi căn cứ")
    return told if verified else f"{told} ({_('chưa xác minh')})"
