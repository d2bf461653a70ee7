"""The map of the provinces, with what this database holds of each; the archipelagos are always on it."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from khuyencong.maps import picture, wording
from khuyencong.maps.archipelagos import ARCHIPELAGOS, AROUND
from khuyencong.maps.drawing import WIDTH, Drawing, draw
from khuyencong.maps.figures import Asked, by_commune
from khuyencong.maps.picture import Islets, Picture
from khuyencong.people.models import User
from khuyencong.places.boundaries.queries import of_provinces
from khuyencong.places.models import Unit

SIZES = (36, 64)  # of letters: the picture is tall, so it is shown smaller than that of a province


@dataclass(frozen=True)
class NationMap:
    """What the page shows; ``rows`` are provinces that have a number, the largest first."""

    picture: Picture
    rows: tuple[tuple[Unit, int], ...]
    total: int
    without: int
    schematic: bool
    source: str


def nation_map(user: User, asked: Asked, today: dt.date) -> NationMap:
    """The provinces of today, each with the sum of its communes within reach."""
    provinces = list(Unit.objects.filter(kind=Unit.Kind.PROVINCE, valid_to=None).order_by("folded"))
    counted = by_commune(user, asked, today)
    above = dict(Unit.objects.filter(pk__in=counted).values_list("pk", "parent_id"))
    sums: Counter[int] = Counter()
    for commune, number in counted.items():
        sums[above[commune]] += number
    numbers: dict[int, int | None] = {one.pk: sums[one.pk] for one in provinces}
    outlines = of_provinces()
    drawing = draw(outlines, tuple((one.pk, one.short_name) for one in provinces), also=AROUND, sizes=SIZES)
    fill = picture.fills(number for number in numbers.values() if number)
    shown = Picture(
        width=WIDTH,
        height=drawing.height,
        areas=picture.areas(drawing, provinces, numbers, asked.measure, _address),
        groups=(),
        legend=picture.legend(numbers, asked.measure, nation=True),
        islets=_islets(provinces, sums, drawing, fill, asked),
    )
    rows = sorted(((one, sums[one.pk]) for one in provinces if sums[one.pk]), key=lambda row: (-row[1], row[0].folded))
    return NationMap(
        picture=shown,
        rows=tuple(rows),
        total=sum(sums.values()),
        without=len(provinces) - len(rows),
        schematic=outlines.schematic,
        source=outlines.source,
    )


def _address(province: Unit) -> str:
    return reverse("maps:province") if province.code == settings.PROVINCE_CODE else ""


def _islets(
    provinces: list[Unit], sums: Counter[int], drawing: Drawing, fill: Callable[[int], str], asked: Asked
) -> tuple[Islets, ...]:
    """The archipelagos in the colour of their provinces. A province not found would leave one nameless: KeyError."""
    by_code = {one.code: one for one in provinces}
    found = []
    for one in ARCHIPELAGOS:
        province = by_code[one.province]
        number = sums[province.pk]
        x, y = drawing.at(one.longitude, one.latitude)
        found.append(
            Islets(
                name=one.name,
                province=province.short_name,
                fill=fill(number),
                title=f"{province.name}: {wording.figure(number, asked.measure)}",
                x=x,
                y=y,
                islands=tuple(drawing.at(*place) for place in one.islands),
            )
        )
    return tuple(found)
