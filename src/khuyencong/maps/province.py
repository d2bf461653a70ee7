"""The map of a province and the table beside it, for one person and one question."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.maps import picture
from khuyencong.maps.drawing import WIDTH, draw
from khuyencong.maps.figures import Asked, by_commune
from khuyencong.maps.picture import Picture
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.places.boundaries.queries import of_communes
from khuyencong.places.models import Unit
from khuyencong.places.queries import current_communes, district_of_communes


@dataclass(frozen=True)
class Row:
    """One commune of the table."""

    unit: Unit
    number: int
    drawn: bool


@dataclass(frozen=True)
class District:
    """Today's communes of an old district, and their sum."""

    name: str
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True)
class ProvinceMap:
    """What the page shows. ``not_drawn``: communes without an outline; ``source``: the files of the boundaries."""

    picture: Picture
    districts: tuple[District, ...]
    total: int
    within: int
    beyond: int
    not_drawn: tuple[Unit, ...]
    schematic: bool
    source: str


def province_map(user: User, province_code: str, asked: Asked, today: dt.date) -> ProvinceMap:
    """The map of the communes of a province; the sum of its numbers is that of the province within reach."""
    communes = list(current_communes(province_code))
    reach = access_of(user).reach(Permission.REPORTS_VIEW)
    counted = by_commune(user, asked, today)
    numbers = {one.pk: counted.get(one.pk, 0) if reach.covers(one.pk, one.parent_id) else None for one in communes}
    outlines = of_communes(communes)
    old = district_of_communes(province_code)
    members: dict[Unit, list[int]] = defaultdict(list)
    for one in communes:
        if one.pk in old:
            members[old[one.pk]].append(one.pk)
    outlined = bool(asked.districts)
    groups = tuple((unit.pk, unit.short_name, tuple(keys)) for unit, keys in members.items()) if outlined else ()
    drawing = draw(outlines, tuple((one.pk, one.short_name) for one in communes), groups)
    shown = Picture(
        width=WIDTH,
        height=drawing.height,
        areas=picture.areas(
            drawing, communes, numbers, asked.measure, lambda unit: reverse("maps:commune", args=[unit.code])
        ),
        groups=tuple(drawing.groups.values()),
        legend=picture.legend(numbers, asked.measure),
        named=not outlined,
    )
    mine = [Row(one, number, one.pk in outlines.shapes) for one in communes if (number := numbers[one.pk]) is not None]
    return ProvinceMap(
        picture=shown,
        districts=_by_district(mine, old),
        total=sum(row.number for row in mine),
        within=len(mine),
        beyond=len(communes) - len(mine),
        not_drawn=tuple(one for one in communes if one.pk not in outlines.shapes),
        schematic=outlines.schematic,
        source=outlines.source,
    )


def _by_district(rows: list[Row], old: dict[int, Unit]) -> tuple[District, ...]:
    grouped: dict[Unit | None, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[old.get(row.unit.pk)].append(row)
    ordered = sorted(grouped.items(), key=lambda item: (item[0] is None, item[0].folded if item[0] else ""))
    return tuple(
        District(unit.name if unit else _("Không rõ huyện cũ"), tuple(inside), sum(row.number for row in inside))
        for unit, inside in ordered
    )
