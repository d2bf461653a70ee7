"""The results that supported establishments still owe, as a list."""

from collections.abc import Mapping

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from khuyencong.core.addresses import year_in
from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Choice, Hidden, Select
from khuyencong.core.listing.listing import Empty, Listing
from khuyencong.projects.results.queries import Missing, by_commune

Rows = list[Missing]


def due_list(owed: Rows, params: Mapping[str, str], may_widen: bool) -> Listing[Missing]:
    """What is owed, the oldest year first. ``may_widen``: the page shows all of the place, or the person's own part."""

    def years() -> list[Choice]:
        return [(f"{year}", f"{year}") for year in sorted({one.year for one in owed})]

    def communes() -> list[Choice]:
        counted = by_commune(_of_year(owed, params.get("year", "")))
        return [(name, f"{name} ({n})") for name, n in counted.items()]

    return Listing(
        name=_("Kết quả còn thiếu"),
        rows=owed,
        columns=[
            Column("name", _("Cơ sở"), template="projects/cells/owing.html", phone=Phone.TITLE),
            Column("year", _("Năm"), lambda one: str(one.year)),
            Column("commune", _("Xã, phường"), lambda one: one.establishment.commune.name, phone=Phone.NONE),
            Column("project", _("Đề án"), lambda one: Truncator(one.project.title).chars(80), phone=Phone.NONE),
        ],
        filters=[
            *([Hidden("all", valid=lambda text: text == "yes")] if may_widen else []),
            Select("year", _of_year, label=_("Năm"), choices=years, chipped=False),
            Select("commune", _in_commune, label=_("Xã, phường"), choices=communes, chipped=False),
        ],
        base=("year", "establishment__commune__folded", "establishment__folded_name"),
        unique=("establishment__pk",),
        empty=Empty("check-circle-fill", _("Không thiếu kết quả nào")),
    )


def _of_year(found: Rows, year: str) -> Rows:
    told = year_in(year)
    return [one for one in found if one.year == told] if told else found


def _in_commune(found: Rows, name: str) -> Rows:
    return [one for one in found if one.establishment.commune.name == name]
