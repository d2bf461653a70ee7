"""The list as files: a plan of visits for a commune's officer, and plain rows."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _

from khuyencong.core.text import fold
from khuyencong.law.wording import day
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.places.queries import current_province
from khuyencong.reports.next import wording
from khuyencong.reports.next.filters import Filters
from khuyencong.reports.next.queries import Board, Candidate

_HEAD_ROWS = 5


@dataclass(frozen=True)
class _Column:
    """One column: heading, width in letters, where its cells come from; without that they stay empty to fill in."""

    label: str
    width: float
    value: Callable[[Candidate], Any] | None = None


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


def visit_plan(user: User, board: Board, found: Sequence[Candidate], filters: Filters) -> bytes:
    """A workbook for A4 lying down: the visits, and on a second sheet what the columns rest on."""
    out = io.BytesIO()
    # A name that begins with = or @ is text, never a formula or a link.
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        _visits(book, user, board, found)
        _basis(book, board, filters)
    return out.getvalue()


def plain_rows(user: User, found: Iterable[Candidate]) -> str:
    """The same facts as comma-separated rows, amounts as bare numbers."""
    out = io.StringIO()
    writer = csv.writer(out)
    columns = [
        _Column(_("Số đăng ký"), 0, lambda one: one.establishment.code),
        *_facts(user, board_of_all=True),
    ]
    writer.writerow([one.label for one in columns])
    for one in found:
        writer.writerow([_bare(column.value(one)) for column in columns if column.value])
    return f"\ufeff{out.getvalue()}"  # by this mark spreadsheets know the letters


def _facts(user: User, board_of_all: bool) -> list[_Column]:
    """What is known of each; owner and telephone only where the person may see these, place by place."""
    contact = access_of(user).reach(Permission.HISTORY_VIEW)

    def owner(one: Candidate) -> str:
        place = one.establishment
        if not contact.covers(place.commune_id, place.commune.parent_id):
            return ""
        return ", ".join(each for each in (place.owner_name, place.phone) if each)

    columns = [
        _Column(_("Cơ sở"), 27, lambda one: one.establishment.name),
        _Column(_("Xã, phường"), 17, lambda one: one.establishment.commune.name) if board_of_all else None,
        _Column(_("Thôn, xóm, đường"), 15, lambda one: one.establishment.address),
        _Column(_("Chủ cơ sở, điện thoại"), 18, owner) if contact else None,
        _Column(_("Sản phẩm chính"), 17, lambda one: one.establishment.products),
        _Column(_("Lao động"), 7, lambda one: one.workers),
        _Column(_("Doanh thu gần nhất (đồng)"), 13, lambda one: one.revenue),
        _Column(_("của năm"), 6, lambda one: one.revenue_year),
        _Column(_("Điểm ưu tiên"), 7, lambda one: one.score.points),
        _Column(_("Lợi ích có thể một năm (đồng)"), 13, lambda one: one.gain.amount if one.gain else None),
        _Column(_("Vì sao"), 30, lambda one: ". ".join(wording.why(one))),
        _Column(_("Được hỗ trợ"), 17, _open_to),
        _Column(_("Cần hỏi thêm"), 17, lambda one: wording.missing(one.lacks)),
    ]
    return [one for one in columns if one is not None]


def _open_to(one: Candidate) -> str:
    told = wording.open_to(one)
    return f"{told} ({_('chưa xác minh')})" if one.most and not one.most.norm.verified else told


def _visits(book: xlsxwriter.Workbook, user: User, board: Board, found: Sequence[Candidate]) -> None:
    sheet = book.add_worksheet(_("Đi cơ sở"))
    several = len({one.establishment.commune_id for one in found}) > 1
    columns = [
        *_facts(user, several),
        _Column(_("Ngày đi"), 10),
        _Column(_("Người đi"), 13),
        _Column(_("Kết quả"), 20),
    ]
    plain = {"border": 1, "valign": "top", "text_wrap": True, "font_name": "Times New Roman", "font_size": 10}
    cell, number = book.add_format(plain), book.add_format(plain | {"num_format": "#,##0"})
    year = book.add_format(plain | {"num_format": "0"})
    head = book.add_format(plain | {"bold": True, "bg_color": "#E3F0EF", "valign": "vcenter", "align": "center"})
    _title(book, sheet, board, found, len(columns))
    for place, column in enumerate(columns):
        sheet.write_string(_HEAD_ROWS, place, column.label, head)
        sheet.set_column(place, place, column.width)
    for row, one in enumerate(found, start=_HEAD_ROWS + 1):
        for place, column in enumerate(columns):
            value = column.value(one) if column.value else None
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
    sheet.set_footer(_("&L%(title)s&RTrang &P/&N") % {"title": _("Kế hoạch đi cơ sở")})


def _title(book: xlsxwriter.Workbook, sheet: Any, board: Board, found: Sequence[Candidate], width: int) -> None:
    big = book.add_format({"bold": True, "font_size": 14, "font_name": "Times New Roman"})
    small = book.add_format({"font_size": 10, "font_name": "Times New Roman"})
    communes = {one.establishment.commune.name for one in found}
    province = current_province(settings.PROVINCE_CODE)
    where = communes.pop() if len(communes) == 1 else _("nhiều xã, phường")
    sheet.write_string(0, 0, _("Kế hoạch đi cơ sở"), big)
    sheet.write_string(1, 0, ", ".join(one for one in (where, province.name if province else "") if one), small)
    counted = _("%(n)s cơ sở, lập ngày %(day)s.") % {"n": len(found), "day": day(board.day)}
    sheet.write_string(2, 0, counted, small)
    sheet.write_string(
        3, 0, _("Nguồn: danh bạ cơ sở, kết quả hằng năm và quy định trong hệ thống; xem trang “Căn cứ”."), small
    )


def _basis(book: xlsxwriter.Workbook, board: Board, filters: Filters) -> None:
    """What the list and its columns rest on: the group, the effect, the criteria, the rules with their articles."""
    sheet = book.add_worksheet(_("Căn cứ"))
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 46, wrap)
    sheet.set_column(1, 1, 12, wrap)
    sheet.set_column(2, 2, 60, wrap)
    rows: list[tuple[Any, ...]] = [
        (wording.group_name(filters.group), "", wording.about_group(filters.group)),
        (_("Lợi ích có thể một năm"), "", board.measured.words),
        (_("Tiêu chí ưu tiên"), _("Điểm"), _("Căn cứ")),
        *((one.name, one.points, _article(one.article, one.verified)) for one in board.criteria_of_the_day),
        (_("Điều kiện được hỗ trợ"), "", _("Căn cứ")),
        *((rule.name, "", _article(rule.article, rule.verified)) for rule in board.rules),
    ]
    for row, cells in enumerate(rows):
        heading = row < 2 or cells[2] == _("Căn cứ")
        for place, value in enumerate(cells):
            sheet.write(row, place, value, bold if heading and place < 2 else wrap)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _article(article: str, verified: bool) -> str:
    told = article or _("chưa ghi căn cứ")
    return told if verified else f"{told} ({_('chưa xác minh')})"


def _bare(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula stays text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t" and value else value
