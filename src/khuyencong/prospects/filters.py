"""What the list can be narrowed to and sorted by."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuyencong.core import lists
from khuyencong.core.lists import Chip, Choice, Head, Select, chips_of
from khuyencong.core.text import fold
from khuyencong.law.models import EligibleGroup
from khuyencong.places.queries import communes_of_district, former_districts
from khuyencong.prospects import wording
from khuyencong.prospects.queries import Board, Candidate
from khuyencong.prospects.rules import ORDERS, Group, ranked


@dataclass(frozen=True)
class Filters(lists.Filters):
    """What the list is narrowed to. ``show``: a group; ``met``: a criterion of priority; ``lacks``: a missing fact."""

    commune: str = ""
    district: str = ""
    industry: str = ""
    content: str = ""
    met: str = ""
    lacks: str = ""
    show: str = Group.READY.value
    sort: str = "-priority"

    @property
    def group(self) -> Group:
        """The group shown; what is not understood shows those who could be supported."""
        return Group(self.show) if self.show in set(Group) else Group.READY


def narrowed(board: Board, filters: Filters) -> list[Candidate]:
    """The candidates of the group asked for that pass every filter, in the order asked for."""
    within = set(communes_of_district(filters.district)) if filters.district else None
    words = fold(filters.q).split()
    found = [
        one
        for one in board.candidates
        if one.group is filters.group and _passes(one, filters) and _holds(one, words)
        and (within is None or one.establishment.commune_id in within)
    ]  # fmt: skip
    return ranked(found, lambda one: one.standing, order_of(filters.sort))


def order_of(sort: str) -> str:
    """The order asked for; what is not understood is by priority."""
    return sort if sort.removeprefix("-") in ORDERS else "-priority"


def selects(board: Board, filters: Filters) -> list[Select]:
    """The filters above the list, with only what occurs among those who were never supported."""
    communes = {one.establishment.commune.code: one.establishment.commune for one in board.candidates}
    held = {one.establishment.eligible_group_id for one in board.candidates}
    lacking = {name for one in board.candidates for name in one.lacks}
    choices: dict[str, tuple[str, list[Choice]]] = {
        "commune": (
            _("Xã, phường"),
            [(code, unit.name) for code, unit in sorted(communes.items(), key=lambda pair: pair[1].folded)],
        ),
        "district": (_("Huyện cũ"), [(str(unit.pk), unit.name) for unit in former_districts(settings.PROVINCE_CODE)]),
        "industry": (_("Nhóm ngành"), [(one.code, str(one)) for one in EligibleGroup.objects.all() if one.pk in held]),
        "content": (_("Được hỗ trợ nội dung"), [(one.code, str(one)) for one in board.contents]),
        "met": (_("Đạt tiêu chí ưu tiên"), [(one.key, one.name) for one in board.criteria_of_the_day]),
        "lacks": (_("Hồ sơ còn thiếu"), [(name, label) for name, label in wording.facts().items() if name in lacking]),
    }
    if len(communes) < 2:  # an officer of one commune has no other to choose
        del choices["commune"], choices["district"]
    return [Select(name, label, items, getattr(filters, name)) for name, (label, items) in choices.items()]


def chips(shown: Iterable[Select], filters: Filters) -> list[Chip]:
    """The filters in force; a missing fact is told as missing."""
    lacking = {"lacks": _("Còn thiếu: %(fact)s")}
    found = chips_of(filters, shown)
    return [Chip(one.name, lacking[one.name] % {"fact": one.text}) if one.name in lacking else one for one in found]


def heads(sort: str) -> list[Head]:
    """The columns of the list; numbers are sorted from the greatest when first asked for."""
    columns = [
        ("name", pgettext("one", "Cơ sở"), ""),
        ("", _("Xã, phường"), "wide"),
        ("priority", _("Ưu tiên"), "num"),
        ("gain", _("Lợi ích một năm"), "num"),
        ("revenue", _("Doanh thu"), "num wide"),
        ("workers", _("Lao động"), "num wide"),
        ("", _("Vì sao"), "wide"),
    ]
    return [_head(key, label, css, sort) for key, label, css in columns]


def _head(key: str, label: str, css: str, sort: str) -> Head:
    if not key:
        return Head(label, "", "", css)
    one = Head.of(key, label, css, sort)
    return one if key == "name" or one.direction else Head(label, f"-{key}", "", css)


def _passes(one: Candidate, filters: Filters) -> bool:
    place = one.establishment
    industry = place.eligible_group.code if place.eligible_group else ""
    return (
        filters.commune in ("", place.commune.code)
        and filters.industry in ("", industry)
        and (not filters.content or any(each.code == filters.content for each in one.contents))
        and (not filters.met or any(part.met and part.criterion.key == filters.met for part in one.score.parts))
        and (not filters.lacks or filters.lacks in one.lacks)
    )


def _holds(one: Candidate, words: list[str]) -> bool:
    """Every word in name, number or products; owners and telephones are not looked in."""
    return all(word in one.establishment.search for word in words)
