"""The columns that the list's files share, and the list as plain rows."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from khuyencong.core.tables.plain import csv_text
from khuyencong.core.workbooks.styles import SheetColumn
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.prospects import wording
from khuyencong.prospects.queries import Candidate


def plain_rows(user: User, found: Iterable[Candidate]) -> str:
    """One fact to a column as comma-separated rows, amounts as bare numbers."""
    columns = [
        SheetColumn(_("Số đăng ký"), value=lambda one: one.establishment.code),
        SheetColumn(_("Cơ sở"), value=lambda one: one.establishment.name),
        SheetColumn(_("Xã, phường"), value=lambda one: one.establishment.commune.name),
        SheetColumn(_("Thôn, xóm, đường"), value=lambda one: one.establishment.address),
        *contact(user),
        SheetColumn(_("Sản phẩm chính"), value=lambda one: one.establishment.products),
        SheetColumn(_("Lao động"), value=lambda one: one.workers),
        SheetColumn(_("Doanh thu gần nhất (đồng)"), value=lambda one: one.revenue),
        SheetColumn(_("của năm"), value=lambda one: one.revenue_year),
        SheetColumn(_("Điểm ưu tiên"), value=lambda one: one.score.points),
        SheetColumn(_("Lợi ích có thể một năm (đồng)"), value=lambda one: one.gain.amount if one.gain else None),
        SheetColumn(_("thấp nhất (đồng)"), value=lambda one: one.gain.low if one.gain else None),
        SheetColumn(_("cao nhất (đồng)"), value=lambda one: one.gain.high if one.gain else None),
        SheetColumn(_("Vì sao"), value=lambda one: ". ".join(wording.why(one))),
        SheetColumn(_("Được hỗ trợ"), value=open_to),
        SheetColumn(_("Nội dung được hỗ trợ"), value=lambda one: "; ".join(str(each) for each in one.contents)),
        SheetColumn(_("Cần hỏi thêm"), value=lambda one: wording.missing(one.lacks)),
    ]
    rows = ([column.of(one) for column in columns] for one in found)
    return csv_text([[one.label for one in columns], *rows])


def contact(user: User) -> list[SheetColumn]:
    """Owner and telephone, only where the person may see these, place by place."""
    reach = access_of(user).reach(Permission.HISTORY_VIEW)

    def owner(one: Candidate) -> str:
        place = one.establishment
        if not reach.covers(place.commune_id, place.commune.parent_id):
            return ""
        return ", ".join(each for each in (place.owner_name, place.phone) if each)

    return [SheetColumn(_("Chủ cơ sở, điện thoại"), 15, value=owner)] if reach else []


def open_to(one: Candidate) -> str:
    """To how many contents and the most, with the words for a norm that nobody has checked."""
    told = wording.open_to(one)
    return f"{told} ({_('chưa xác minh')})" if one.most and not one.most.norm.verified else told
