"""The columns that the list's files share, and the list as plain rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from khuyencong.core.listing import columns as listed
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.prospects import wording
from khuyencong.prospects.queries import Candidate


@dataclass(frozen=True)
class Column:
    """One column: heading, where its cells come from (nowhere: they stay empty to fill in), width in letters."""

    label: str
    value: Callable[[Candidate], Any] | None = None
    width: float = 0


def columns(user: User) -> list[listed.Column[Candidate]]:
    """The columns of the list as plain rows: one fact to each, amounts as bare numbers."""
    found = [
        Column(_("Số đăng ký"), lambda one: one.establishment.code),
        Column(_("Cơ sở"), lambda one: one.establishment.name),
        Column(_("Xã, phường"), lambda one: one.establishment.commune.name),
        Column(_("Thôn, xóm, đường"), lambda one: one.establishment.address),
        *contact(user),
        Column(_("Sản phẩm chính"), lambda one: one.establishment.products),
        Column(_("Lao động"), lambda one: one.workers),
        Column(_("Doanh thu gần nhất (đồng)"), lambda one: one.revenue),
        Column(_("của năm"), lambda one: one.revenue_year),
        Column(_("Điểm ưu tiên"), lambda one: one.score.points),
        Column(_("Lợi ích có thể một năm (đồng)"), lambda one: one.gain.amount if one.gain else None),
        Column(_("thấp nhất (đồng)"), lambda one: one.gain.low if one.gain else None),
        Column(_("cao nhất (đồng)"), lambda one: one.gain.high if one.gain else None),
        Column(_("Vì sao"), lambda one: ". ".join(wording.why(one))),
        Column(_("Được hỗ trợ"), open_to),
        Column(_("Nội dung được hỗ trợ"), lambda one: "; ".join(str(each) for each in one.contents)),
        Column(_("Cần hỏi thêm"), lambda one: wording.missing(one.lacks)),
    ]
    return [listed.Column(f"{place}", one.label, value=one.value) for place, one in enumerate(found)]


def contact(user: User) -> list[Column]:
    """Owner and telephone, only where the person may see these, place by place."""
    reach = access_of(user).reach(Permission.HISTORY_VIEW)

    def owner(one: Candidate) -> str:
        place = one.establishment
        if not reach.covers(place.commune_id, place.commune.parent_id):
            return ""
        return ", ".join(each for each in (place.owner_name, place.phone) if each)

    return [Column(_("Chủ cơ sở, điện thoại"), owner, 15)] if reach else []


def open_to(one: Candidate) -> str:
    """To how many contents and the most, with the words for a norm that nobody has checked."""
    told = wording.open_to(one)
    return f"{told} ({_('chưa xác minh')})" if one.most and not one.most.norm.verified else told
