"""Who could be supported next, as a list: its columns, and what it can be narrowed to and sorted by."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Choice, Hidden, Search, Select
from khuyencong.core.listing.listing import Empty, Listing
from khuyencong.core.templatetags.ui import number
from khuyencong.core.text import words
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission, Reach
from khuyencong.places.queries import communes_of_district, former_districts
from khuyencong.prospects import sheets, wording
from khuyencong.prospects.queries import Board, Candidate
from khuyencong.prospects.rules import Group

# Those alike stand by priority, gain and revenue, the greatest first, then by name and key.
_TIES = ("-standing__priority", "-standing__gain", "-standing__revenue", "standing__name", "standing__key")
ORDERS = {name: (f"standing__{name}", *_TIES) for name in ("name", "priority", "gain", "revenue", "workers")}

Rows = list[Candidate]


def prospect_list(user: User, board: Board) -> Listing[Candidate]:
    """The candidates of the group asked for; by priority, the greatest first, until another order is asked for."""
    access = access_of(user)
    reaches = access.reach(Permission.PROJECTS_DRAFT), access.reach(Permission.REGISTRY_EDIT)
    return Listing(
        name=_("Danh sách cơ sở"),
        rows=board.candidates,
        columns=_columns(),
        filters=[*_filters(board), _group()],
        order="-priority",
        unique=("standing__key",),
        dress=lambda found: [_dressed(one, *reaches) for one in found],
        href=lambda row: reverse("entitlements:establishment", args=[row["one"].establishment.pk]),
        files=sheets.columns(user),
        css="next-grid",
        nothing_fits=Empty(
            "shop-window",
            _("Không có cơ sở nào khớp"),
            _("Hãy bỏ bớt điều kiện lọc ở trên."),
            (_("Bỏ hết điều kiện"), reverse("prospects:list"), "quiet"),
        ),
        empty=Empty(
            "shop-window",
            _("Chưa có cơ sở nào ở nhóm này"),
            _(
                "Danh sách này sẽ chứa các cơ sở chưa từng được hỗ trợ, xếp theo điểm ưu tiên, để lập kế hoạch đi "
                "cơ sở."
            ),
            (_("Xem danh bạ cơ sở"), reverse("establishments:list"), "quiet")
            if access.may(Permission.REGISTRY_VIEW)
            else None,
        ),
    )


def _columns() -> list[Column[dict[str, Any]]]:
    """Numbers are sorted from the greatest when first asked for."""
    cells = "prospects/cells"
    return [
        Column("name", pgettext("one", "Cơ sở"), sort=ORDERS["name"], template=f"{cells}/name.html", phone=Phone.TITLE),
        Column("commune", _("Xã, phường"), lambda row: row["one"].establishment.commune.name, phone=Phone.NONE),
        Column(
            "priority",
            _("Ưu tiên"),
            sort=ORDERS["priority"],
            template=f"{cells}/points.html",
            down_first=True,
            css="num",
        ),
        Column(
            "gain",
            _("Lợi ích một năm"),
            sort=ORDERS["gain"],
            template=f"{cells}/gain.html",
            down_first=True,
            css="num",
        ),
        Column(
            "revenue",
            _("Doanh thu"),
            sort=ORDERS["revenue"],
            template=f"{cells}/revenue.html",
            down_first=True,
            css="num",
            phone=Phone.NONE,
        ),
        Column(
            "workers",
            _("Lao động"),
            lambda row: number(row["one"].workers) or "–",
            sort=ORDERS["workers"],
            down_first=True,
            css="num",
            phone=Phone.NONE,
        ),
        Column("why", _("Vì sao"), template=f"{cells}/why.html", cell_css="small reasons-cell", phone=Phone.NONE),
    ]


def _group() -> Hidden:
    return Hidden(
        "show",
        lambda found, show: [one for one in found if one.group is Group(show)],
        default=Group.READY.value,
        valid=lambda text: text in set(Group),
    )


def _filters(board: Board) -> list[Hidden]:
    """Each select offers only what occurs among those who were never supported."""
    communes = {one.establishment.commune.code: one.establishment.commune for one in board.candidates}
    held = {one.establishment.eligible_group for one in board.candidates if one.establishment.eligible_group}
    lacking = {name for one in board.candidates for name in one.lacks}

    def industries() -> list[Choice]:
        return [(one.code, str(one)) for one in sorted(held, key=lambda group: (group.position, group.pk))]

    def places() -> list[Choice]:
        return [(code, unit.name) for code, unit in sorted(communes.items(), key=lambda pair: pair[1].folded)]

    return [
        Search(hint=_("Tên, sản phẩm, số đăng ký"), narrow=_holding),
        *_where(places, wide=len(communes) > 1),
        Select("industry", _of_industry, label=_("Nhóm ngành"), choices=industries),
        Select(
            "content",
            lambda found, code: [one for one in found if any(each.code == code for each in one.contents)],
            label=_("Được hỗ trợ nội dung"),
            choices=lambda: [(one.code, str(one)) for one in board.contents],
        ),
        Select(
            "met",
            _meeting,
            label=_("Đạt tiêu chí ưu tiên"),
            choices=lambda: [(one.key, one.name) for one in board.criteria_of_the_day],
        ),
        Select(
            "lacks",
            lambda found, fact: [one for one in found if fact in one.lacks],
            label=_("Hồ sơ còn thiếu"),
            choices=lambda: [(name, label) for name, label in wording.facts().items() if name in lacking],
            chip=lambda fact: _("Còn thiếu: %(fact)s") % {"fact": fact},
        ),
    ]


def _where(places: Callable[[], list[Choice]], wide: bool) -> list[Hidden]:
    """Commune and old district; an officer of one commune has no other to choose."""

    def districts() -> list[Choice]:
        return [(str(unit.pk), unit.name) for unit in former_districts(settings.PROVINCE_CODE)]

    if not wide:
        return [Hidden("commune", _in_commune), Hidden("district", _in_district)]
    return [
        Select("commune", _in_commune, label=_("Xã, phường"), choices=places),
        Select("district", _in_district, label=_("Huyện cũ"), choices=districts),
    ]


def _holding(found: Rows, text: str) -> Rows:
    """Every word in name, number or products; owners and telephones are not looked in."""
    asked = words(text)
    return [one for one in found if all(word in one.establishment.search for word in asked)]


def _in_commune(found: Rows, code: str) -> Rows:
    return [one for one in found if one.establishment.commune.code == code]


def _in_district(found: Rows, key: str) -> Rows:
    within = set(communes_of_district(key))
    return [one for one in found if one.establishment.commune_id in within]


def _of_industry(found: Rows, code: str) -> Rows:
    groups = ((one, one.establishment.eligible_group) for one in found)
    return [one for one, group in groups if group and group.code == code]


def _meeting(found: Rows, key: str) -> Rows:
    return [one for one in found if any(part.met and part.criterion.key == key for part in one.score.parts)]


def _dressed(one: Candidate, surveys: Reach, edits: Reach) -> dict[str, Any]:
    """What the cells of one candidate say, and what the person may do about it."""
    place = one.establishment.commune_id, one.establishment.commune.parent_id
    may_survey, fills = bool(one.contents) and surveys.covers(*place), bool(one.hinders) and edits.covers(*place)
    return {
        "one": one,
        "gain": wording.gain(one.gain),
        "interval": wording.gain_interval(one.gain) if one.gain else "",
        "why": wording.why(one),
        "parts": wording.parts(one),
        "open_to": wording.open_to(one),
        "most": wording.most(one.most) if one.most else "",
        "doubtful": one.most is not None and not one.most.norm.verified,
        "may_survey": may_survey,
        "fill": f"{reverse('establishments:edit', args=[one.establishment.pk])}#id_{one.hinders[0]}" if fills else "",
    }
