"""Cells around points: a map for places whose boundaries nobody has brought. Pure and deterministic."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely import MultiPoint, Point, Polygon
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

_STEP = 0.001  # degrees, about 100 m: how far apart two units on the same point are put


@dataclass(frozen=True)
class Place:
    """A unit's key and its point, in degrees."""

    key: int
    longitude: float
    latitude: float


def cells(places: Sequence[Place]) -> dict[int, BaseGeometry]:
    """Key of each unit -> the part of the outline that is nearer to its point than to any other, in degrees."""
    apart = _apart(places)
    if not apart:
        return {}
    stretch = math.cos(math.radians(sum(one.latitude for one in apart) / len(apart)))
    points = [Point(one.longitude * stretch, one.latitude) for one in apart]
    outline = _outline(points)
    if len(points) == 1:
        parts: Sequence[BaseGeometry] = [outline]
    else:
        found = shapely.voronoi_polygons(MultiPoint(points), extend_to=outline.buffer(1), ordered=True)
        parts = [cell.intersection(outline) for cell in found.geoms]
    return {
        one.key: scale(part, xfact=1 / stretch, yfact=1, origin=(0, 0)) for one, part in zip(apart, parts, strict=True)
    }


def _apart(places: Sequence[Place]) -> list[Place]:
    """The same places by key; of those on one point, all but the first moved a little eastwards."""
    taken: set[tuple[int, int]] = set()
    found = []
    for one in sorted(places, key=lambda place: place.key):
        column, row = round(one.longitude / _STEP), round(one.latitude / _STEP)
        moved = one
        while (column, row) in taken:
            column += 1
            moved = Place(one.key, column * _STEP, one.latitude)
        taken.add((column, row))
        found.append(moved)
    return found


def _outline(points: Sequence[Point]) -> BaseGeometry:
    """A soft edge around all points: a disc about each, grown together where they are near."""
    reach = _spacing(points)
    discs = shapely.union_all([point.buffer(reach, quad_segs=6) for point in points])
    grown = discs.buffer(1.5 * reach, quad_segs=6).buffer(-1.5 * reach, quad_segs=6).union(discs)
    return shapely.union_all([Polygon(part.exterior) for part in getattr(grown, "geoms", [grown])])


def _spacing(points: Sequence[Point]) -> float:
    """The distance that three of four places have to their neighbour at most, in degrees of latitude."""
    if len(points) < 2:
        return 0.1
    tree = shapely.STRtree(points)
    _own, distances = tree.query_nearest(points, exclusive=True, return_distance=True)
    return float(max(sorted(distances)[len(distances) * 3 // 4], _STEP))
