"""Who could be supported next, as a list: its columns, and what it can be narrowed to and sorted by."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuyencong.core.addresses import of_records
from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Choice, Hidden, Search, Select
from khuyencong.core.listing.listing import Empty, Listing
from khuyencong.core.templatetags.ui import number
from khuyencong.core.text import words
from khuyencong.establishments.models import EstablishmentStanding
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission, Reach
from khuyencong.places.queries import communes_of_district, former_districts
from khuyencong.prospects import sheets, wording
from khuyencong.prospects.alike import Alike
from khuyencong.prospects.order import ORDERS
from khuyencong.prospects.queries import Board, Candidate
from khuyencong.prospects.rules import Group

Rows = QuerySet[EstablishmentStanding]


def prospect_list(user: User, board: Board) -> Listing[EstablishmentStanding]:
    """Those of the group asked for; by priority, the greatest first, until another order is asked for."""
    access, answers = access_of(user), of_records("entitlements:establishment")
    reaches = access.reach(Permission.PROJECTS_DRAFT), access.reach(Permission.REGISTRY_EDIT)
    filters = [*_filters(board), _group(board)]

    listing: Listing[EstablishmentStanding] = Listing(
        name=_("Danh sách cơ sở"),
        rows=board.rows,
        columns=_columns(),
        filters=filters,
        order="-priority",
        dress=lambda found: [_dressed(one, *reaches) for one in board.candidates(found)],
        href=lambda row: answers(row["one"].establishment.pk),
        files=sheets.columns(user),
        count=lambda params: sum(one.n for one in alike_found(board, listing, params)),
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
    return listing


def alike_found(board: Board, listing: Listing[EstablishmentStanding], params: Mapping[str, str]) -> list[Alike]:
    """Those whom the filters leave, alike by alike."""
    asked = listing.asked(params)
    known = _alike_known(board, asked)
    return board.found(asked, listing.narrowed(params)) if known is None else known


def _alike_known(board: Board, asked: Mapping[str, str]) -> list[Alike] | None:
    """Those alike whom the filters leave, where these look at nothing in which those alike differ; else None."""
    fits: dict[str, Callable[[Alike, str], bool]] = {
        "show": lambda one, show: one.group is Group(show),
        "commune": lambda one, code: one.commune.code == code,
        "district": lambda one, key: one.commune.pk in communes_of_district(key),
        "industry": lambda one, code: one.eligible_group is not None and one.eligible_group.code == code,
        "content": lambda one, code: any(each.code == code for each in board.open_to(one.answers)),
    }
    values = {name: value for name, value in asked.items() if value}
    if set(values) - set(fits):
        return None
    return [one for one in board.judged.alike if all(fits[name](one, value) for name, value in values.items())]


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
            _("Doanh thu thêm một năm"),
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


def _group(board: Board) -> Hidden:
    def of(found: Rows, show: str) -> Rows:
        kept = found.filter(board.judged.in_group(Group(show)))
        # To these some content is open: whether they gain hangs on the revenue alone, which the order looks at next.
        return kept.annotate(gains=Cast(Value(1), IntegerField())) if show == Group.READY else kept

    return Hidden("show", of, default=Group.READY.value, valid=lambda text: text in set(Group))


def _filters(board: Board) -> list[Hidden]:
    """Each select offers only what occurs among those who were never supported."""
    alike = board.judged.alike
    communes = {one.commune.code: one.commune for one in alike}
    held = {one.eligible_group for one in alike if one.eligible_group}
    contents = {one.code: one for one in board.contents}

    def of_industry(found: Rows, code: str) -> Rows:
        return found.filter(eligible_group_id__in=[one.pk for one in held if one.code == code])

    def industries() -> list[Choice]:
        return [(one.code, str(one)) for one in sorted(held, key=lambda group: (group.position, group.pk))]

    def places() -> list[Choice]:
        return [(code, unit.name) for code, unit in sorted(communes.items(), key=lambda pair: pair[1].folded)]

    return [
        Search(hint=_("Tên, sản phẩm, số đăng ký"), narrow=_holding),
        *_where(places, wide=len(communes) > 1),
        Select("industry", of_industry, label=_("Nhóm ngành"), choices=industries),
        Select(
            "content",
            lambda found, code: found.filter(board.judged.where(lambda all: contents.get(code) in board.open_to(all))),
            label=_("Được hỗ trợ nội dung"),
            choices=lambda: [(one.code, str(one)) for one in board.contents],
        ),
        Select(
            "met",
            lambda found, key: found.filter(board.points.met(key)),
            label=_("Đạt tiêu chí ưu tiên"),
            choices=lambda: [(one.key, one.name) for one in board.criteria_of_the_day],
        ),
        Select(
            "lacks",
            lambda found, fact: found.filter(board.lacks(fact)),
            label=_("Hồ sơ còn thiếu"),
            choices=lambda: [(name, label) for name, label in wording.facts().items() if name in board.lacking],
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
    for word in words(text):
        found = found.filter(establishment__search__contains=word)
    return found


def _in_commune(found: Rows, code: str) -> Rows:
    return found.filter(commune__code=code)


def _in_district(found: Rows, key: str) -> Rows:
    return found.filter(commune_id__in=list(communes_of_district(key)))


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
