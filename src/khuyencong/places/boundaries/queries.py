"""What can be drawn: boundaries that were brought, else cells around points."""

from collections.abc import Sequence
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from khuyencong.places.boundaries.outlines import Outlines
from khuyencong.places.boundaries.schematic import Place, cells
from khuyencong.places.boundaries.simplifying import from_text
from khuyencong.places.models import Boundary, Unit

# East of it lie only the archipelagos: cells around their points would be no likeness of them.
OPEN_SEA = 110.5


def of_communes(communes: Sequence[Unit]) -> Outlines:
    """The communes by their boundaries if any of them has one, else by cells around their points."""
    keys = [one.pk for one in communes]
    rows = Boundary.objects.filter(unit__in=keys).order_by("unit")
    if found := tuple(rows.values_list("unit_id", "geometry", "source")):
        return _real(found)
    return _around(tuple(_place(one) for one in communes if one.longitude is not None))


def of_provinces() -> Outlines:
    """Today's provinces by their boundaries, else each by the cells of its communes; archipelagos left out."""
    rows = Boundary.objects.filter(unit__kind=Unit.Kind.PROVINCE, unit__valid_to=None).order_by("unit")
    if found := tuple(rows.values_list("unit_id", "geometry", "source")):
        return _real(found)
    points = Unit.objects.filter(kind=Unit.Kind.COMMUNE, valid_to=None, longitude__lt=OPEN_SEA).order_by("pk")
    return _joined(tuple(points.values_list("pk", "longitude", "latitude", "parent_id")))


def _place(one: Unit) -> Place:
    return Place(one.pk, float(one.longitude or 0), float(one.latitude or 0))


@lru_cache(maxsize=4)
def _real(rows: tuple[tuple[int, str, str], ...]) -> Outlines:
    sources = sorted({source for _key, _text, source in rows})
    return Outlines({key: from_text(text) for key, text, _source in rows}, False, ", ".join(sources))


@lru_cache(maxsize=4)
def _around(places: tuple[Place, ...]) -> Outlines:
    return Outlines(cells(places), True)


@lru_cache(maxsize=1)
def _joined(rows: tuple[tuple[int, float, float, int], ...]) -> Outlines:
    found = cells(tuple(Place(*row[:3]) for row in rows))
    members: dict[int, list[BaseGeometry]] = {}
    for key, _x, _y, province in rows:
        members.setdefault(province, []).append(found[key])
    return Outlines({key: shapely.union_all(shapes) for key, shapes in members.items()}, True)
