"""The columns that the list's files share, and the list as plain rows."""

from django.utils.translation import gettext as _

from khuyencong.core.listing.columns import Column
from khuyencong.core.workbooks.styles import SheetColumn
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.prospects import wording
from khuyencong.prospects.queries import Candidate


def columns(user: User) -> list[Column[Candidate]]:
    """The columns of the list as plain rows: one fact to each, amounts as bare numbers."""
    found = [
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
        SheetColumn(_("Doanh thu có thể thêm một năm (đồng)"), value=lambda one: one.gain.amount if one.gain else None),
        SheetColumn(_("thấp nhất (đồng)"), value=lambda one: one.gain.low if one.gain else None),
        SheetColumn(_("cao nhất (đồng)"), value=lambda one: one.gain.high if one.gain else None),
        SheetColumn(_("Vì sao"), value=lambda one: ". ".join(wording.why(one))),
        SheetColumn(_("Được hỗ trợ"), value=open_to),
        SheetColumn(_("Nội dung được hỗ trợ"), value=lambda one: "; ".join(str(each) for each in one.contents)),
        SheetColumn(_("Cần hỏi thêm"), value=lambda one: wording.missing(one.lacks)),
    ]
    return [Column(f"{place}", one.label, value=one.of) for place, one in enumerate(found)]


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
