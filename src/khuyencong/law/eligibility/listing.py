"""The communes as a list, each with what it counts as on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from khuyencong.core.days import read_day
from khuyencong.core.listing.columns import Column, Phone
from khuyencong.core.listing.filters import Day, Search, Select
from khuyencong.core.listing.listing import Empty, Listing
from khuyencong.core.text import words
from khuyencong.law.eligibility.models import AreaStatus
from khuyencong.law.eligibility.queries import statuses_on
from khuyencong.places.models import Unit
from khuyencong.places.queries import current_communes

ALL = 10_000  # a form acts on the rows that it shows: they stand on one page


@dataclass(frozen=True)
class Area:
    """A commune and what it counts as."""

    unit: Unit
    statuses: list[AreaStatus]


def area_list(params: Mapping[str, str], today: dt.date) -> Listing[Area]:
    """Every commune of the province, in the order of their names."""
    day = read_day(params.get("day", "")) or today
    held: dict[int, list[AreaStatus]] = {}
    for one in statuses_on(day).select_related("document"):
        held.setdefault(one.unit_id, []).append(one)
    shown = [(str(value), str(label).capitalize()) for value, label in AreaStatus.Kind.choices]
    return Listing(
        name=_("Xã, phường"),
        rows=[Area(unit, held.get(unit.pk, [])) for unit in current_communes(settings.PROVINCE_CODE)],
        columns=[
            Column("name", _("Xã, phường"), lambda one: one.unit.name, phone=Phone.TITLE),
            Column("kind", _("Diện"), template="law/cells/area.html"),
        ],
        filters=[
            Search(hint=_("Tên xã, phường"), narrow=_named),
            Select(
                "kind",
                _of_kind,
                label=_("Diện"),
                choices=lambda: [*shown, ("none", _("Không thuộc diện nào"))],
            ),
            Day("day", label=_("Ngày"), id="day", otherwise=today),
        ],
        unique=(),
        size=ALL,
        empty=Empty("geo-alt", _("Không có xã, phường nào khớp"), _("Hãy bỏ bớt điều kiện lọc ở trên.")),
    )


def _named(found: list[Area], text: str) -> list[Area]:
    return [one for one in found if all(word in one.unit.folded for word in words(text))]


def _of_kind(found: list[Area], kind: str) -> list[Area]:
    if kind == "none":
        return [one for one in found if not one.statuses]
    if kind not in AreaStatus.Kind.values:
        return found
    return [one for one in found if any(each.kind == kind for each in one.statuses)]
