"""The list as a plan of visits: a workbook for A4 lying down, to print or to fill in."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.text import fold
from khuyencong.core.workbooks.book import Book, Sheet
from khuyencong.core.workbooks.styles import HEAD, OFFICIAL_FONT, Kind, SheetColumn, Style
from khuyencong.law.documents.status_wording import day
from khuyencong.people.models import User
from khuyencong.places.queries import official_name
from khuyencong.prospects import wording
from khuyencong.prospects.queries import Board, Candidate
from khuyencong.prospects.rules import Group
from khuyencong.prospects.sheets import contact, open_to

_BIG = Style(font=OFFICIAL_FONT, size=14, bold=True)
_SMALL = Style(font=OFFICIAL_FONT, size=10)
_CELL = Style(font=OFFICIAL_FONT, size=10, border=True, top=True, wrap=True)
_HEAD = replace(HEAD, font=OFFICIAL_FONT, size=10, centred=True)


def workbook(user: User, board: Board, found: Sequence[Candidate], group: Group, narrowed: Iterable[str]) -> bytes:
    """The visits, and on a second sheet what they rest on; ``narrowed``: the filters in force, in words."""
    book = Book()
    _visits(book.sheet(_("Đi cơ sở")), user, board, found)
    _basis(book.sheet(_("Căn cứ")), board, group, narrowed)
    return book.content()


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


def _visits(sheet: Sheet, user: User, board: Board, found: Sequence[Candidate]) -> None:
    several = len({one.establishment.commune_id for one in found}) > 1
    columns = _plan_columns(user, several)
    _title(sheet, board, found)
    sheet.skip()
    sheet.widths([one.width for one in columns])
    sheet.head(
        [one.label for one in columns], _HEAD, height=_height([(column.label, column.width) for column in columns])
    )
    styles = [replace(_CELL, kind=one.kind) for one in columns]
    for one in found:
        values = [column.of(one) for column in columns]
        texts = [(value, column.width) for value, column in zip(values, columns, strict=True) if isinstance(value, str)]
        sheet.row(values, styles, _height(texts))
    sheet.lie_down()
    sheet.margins(side=0.4, top=0.5, bottom=0.6)
    sheet.footer(_("Kế hoạch đi cơ sở"), _("Trang"))


def _height(texts: Iterable[tuple[str, float]], least: int = 2) -> float:
    """High enough for texts in columns so many letters wide: not every programme finds out by itself."""
    # A column's width is told in letters of a larger type than ours.
    lines = (sum(math.ceil(len(line) / (1.2 * width)) or 1 for line in text.split("\n")) for text, width in texts)
    return 13.5 * max(least, *lines, 1)


def _title(sheet: Sheet, board: Board, found: Sequence[Candidate]) -> None:
    communes = {one.establishment.commune.name for one in found}
    provinces = {official_name(place.parent) for one in found if (place := one.establishment.commune).parent}
    where = communes.pop() if len(communes) == 1 else _("nhiều xã, phường")
    counted = ngettext("%(n)s cơ sở, lập ngày %(day)s.", "%(n)s cơ sở, lập ngày %(day)s.", len(found))
    sheet.row([_("Kế hoạch đi cơ sở")], _BIG)
    for line in (
        ", ".join([where, *sorted(provinces)]),
        counted % {"n": len(found), "day": day(board.day)},
        _("Nguồn: danh bạ cơ sở, kết quả hằng năm và quy định trong hệ thống; xem trang “Căn cứ”."),
    ):
        sheet.row([line], _SMALL)


def _plan_columns(user: User, several: bool) -> list[SheetColumn]:
    """What fits on a sheet of A4 in letters that can be read, with room to write."""
    commune = SheetColumn(_("Xã, phường"), 12, value=lambda one: one.establishment.commune.name)
    return [
        SheetColumn(_("Cơ sở, sản phẩm"), 24, value=_name_and_products),
        *([commune] if several else []),
        SheetColumn(_("Thôn, xóm, đường"), 12, value=lambda one: one.establishment.address),
        *contact(user),
        SheetColumn(_("Lao động"), 6, Kind.NUMBER, lambda one: one.workers),
        SheetColumn(_("Doanh thu gần nhất (đồng)"), 14, Kind.MONEY, lambda one: one.revenue),
        SheetColumn(_("của năm"), 5, Kind.PLAIN_NUMBER, lambda one: one.revenue_year),
        SheetColumn(_("Điểm ưu tiên"), 6, Kind.NUMBER, lambda one: one.score.points),
        SheetColumn(_("Doanh thu có thể thêm một năm"), 13, value=_gain),
        SheetColumn(_("Vì sao"), 22, value=_reasons),
        SheetColumn(_("Cần hỏi thêm"), 14, value=lambda one: wording.missing(one.lacks)),
        SheetColumn(_("Ngày đi"), 9),
        SheetColumn(_("Người đi"), 10),
        SheetColumn(_("Kết quả"), 18),
    ]


def _name_and_products(one: Candidate) -> str:
    return "\n".join(part for part in (one.establishment.name, one.establishment.products) if part)


def _reasons(one: Candidate) -> str:
    return ". ".join(part for part in (*wording.why(one), open_to(one)) if part)


def _gain(one: Candidate) -> str:
    return f"{wording.gain(one.gain)}, {wording.gain_interval(one.gain)}" if one.gain else ""


def _basis(sheet: Sheet, board: Board, group: Group, narrowed: Iterable[str]) -> None:
    """What the list and its columns rest on: the group, the effect, the criteria, the rules with their articles."""
    bold, wrap = Style(bold=True, top=True), Style(wrap=True, top=True)
    sheet.widths([46, 12, 60], [wrap] * 3)
    rows: list[tuple[Any, ...]] = [
        (wording.group_name(group), "", wording.about_group(group)),
        (_("Điều kiện lọc"), "", "; ".join(narrowed) or _("không lọc")),
        (_("Doanh thu có thể thêm một năm"), "", board.measured.words),
        (_("Tiêu chí ưu tiên"), _("Điểm"), _("Căn cứ")),
        *((one.name, one.points, _article(one.article, one.verified)) for one in board.criteria_of_the_day),
        (_("Điều kiện được hỗ trợ"), "", _("Căn cứ")),
        *((rule.name, "", _article(rule.article, rule.verified)) for rule in board.rules),
    ]
    for row, cells in enumerate(rows):
        heading = row < 3 or cells[2] == _("Căn cứ")
        sheet.row(
            cells,
            [bold, bold, wrap] if heading else [wrap] * 3,
            _height([(cells[0], 36), (cells[2], 48)], least=1) + 2,
        )
    sheet.lie_down()


def _article(article: str, verified: bool) -> str:
    told = article or _("chưa ghi căn cứ")
    return told if verified else f"{told} ({_('chưa xác minh')})"
