"""Outlines in degrees become paths of a picture, with names where there is room. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import shapely
from shapely import LineString, Polygon
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from khuyencong.places.boundaries.outlines import Outlines

WIDTH = 1600  # of every picture, in its own units
MARGIN = 24
# Heights of letters that can be read: on a desk a unit is about 0.4 of a pixel, on a phone 0.2.
SIZES = (28, 56)
_LETTER = 0.5  # the usual width of a letter, in its height


@dataclass(frozen=True)
class Label:
    """A name that fits, in one or two lines."""

    lines: tuple[str, ...]
    x: int
    y: int
    size: int


@dataclass(frozen=True)
class Area:
    """One unit in the picture; ``small``: the name as it fits on a desk, ``large``: on a phone.

    ``outsize``: the name in one line on a desk, whether it fits or not.
    """

    key: int
    path: str
    outsize: Label | None
    small: Label | None
    large: Label | None


@dataclass(frozen=True)
class Drawing:
    """A picture's height, its units, and where a place in degrees stands in it."""

    height: int
    areas: Mapping[int, Area]
    groups: Mapping[int, Area]
    scale: float
    stretch: float
    west: float
    north: float

    def at(self, longitude: float, latitude: float) -> tuple[int, int]:
        """The place in the picture."""
        x = (longitude - self.west) * self.stretch * self.scale + MARGIN
        return round(x), round((self.north - latitude) * self.scale + MARGIN)


Names = tuple[tuple[int, str], ...]
Bounds = tuple[float, float, float, float]  # west, south, east, north
Groups = tuple[tuple[int, str, tuple[int, ...]], ...]


@lru_cache(maxsize=8)
def draw(
    outlines: Outlines,
    names: Names,
    groups: Groups = (),
    also: Bounds | None = None,
    sizes: tuple[int, int] = SIZES,
) -> Drawing:
    """The picture of these outlines: equirectangular, shortened east-west by the cosine of its middle latitude.

    ``groups``: key, name and members of what is outlined as a whole; ``also``: degrees that must be inside;
    ``sizes``: of letters, on a desk and on a phone.
    """
    west, south, east, north = _bounds(outlines.shapes, also)
    stretch = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * stretch, 1e-6)
    height = round((north - south) * scale + 2 * MARGIN)
    matrix = [stretch * scale, 0, 0, -scale, MARGIN - west * stretch * scale, MARGIN + north * scale]
    flat = {key: affine_transform(shape, matrix) for key, shape in outlines.shapes.items()}
    called = dict(names)
    areas = {key: _area(key, shape, called.get(key, ""), sizes) for key, shape in flat.items()}
    whole = {}
    for key, name, members in groups:
        inside = [flat[one] for one in members if one in flat]
        if inside:
            whole[key] = _area(key, shapely.union_all(inside).buffer(1.5).buffer(-1.5), name, sizes)
    return Drawing(height, areas, whole, scale, stretch, west, north)


def _bounds(shapes: Mapping[int, BaseGeometry], also: Bounds | None) -> Bounds:
    boxes = [shape.bounds for shape in shapes.values()] + ([also] if also else [])
    if not boxes:
        return (0.0, 0.0, 1.0, 1.0)
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _area(key: int, shape: BaseGeometry, name: str, sizes: tuple[int, int]) -> Area:
    parts = [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon) and not part.is_empty]
    if not parts:
        return Area(key, "", None, None, None)
    path = "".join(_ring(ring.coords) for part in parts for ring in (part.exterior, *part.interiors))
    largest = max(parts, key=lambda part: part.area)
    x, y = shapely.maximum_inscribed_circle(largest, tolerance=4).coords[0]
    outsize = Label((name,), round(x), round(y), sizes[0]) if name else None
    small, large = (_label(name, largest, x, y, size) for size in sizes)
    return Area(key, path, outsize, small, large)


def _ring(coordinates: shapely.coords.CoordinateSequence) -> str:
    """One closed line in whole units, each step from the one before; steps of nothing left out."""
    points = [(round(x), round(y)) for x, y in coordinates]
    steps = [f"M{points[0][0]} {points[0][1]}"]
    for (x0, y0), (x1, y1) in pairwise(points[:-1]):
        if (x0, y0) != (x1, y1):
            steps.append(f"l{x1 - x0} {y1 - y0}")
    return "".join(steps) + "z" if len(steps) > 2 else ""


def _label(name: str, shape: Polygon, x: float, y: float, size: int) -> Label | None:
    """The name around a spot, in one line if it fits, else in two, else not at all."""
    if not name:
        return None
    for lines in _broken(name):
        half = len(lines) * size * 0.5
        need = max(len(line) for line in lines) * size * _LETTER
        if all(_room(shape, x, row) >= need for row in (y - half, y, y + half)):
            return Label(lines, round(x), round(y - (len(lines) - 1) * size * 0.58), size)
    return None


def _broken(name: str) -> list[tuple[str, ...]]:
    words = name.split()
    cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    return [(name,), *sorted(cuts, key=lambda lines: max(map(len, lines)))[:1]]


def _room(shape: Polygon, x: float, y: float) -> float:
    """How wide a line centred on x may be at this height."""
    west, _south, east, _north = shape.bounds
    across = shape.intersection(LineString([(west - 1, y), (east + 1, y)]))
    for part in getattr(across, "geoms", [across]):
        left, _low, right, _high = part.bounds if not part.is_empty else (1, 0, 0, 0)
        if left <= x <= right:
            return 2 * min(x - left, right - x)
    return 0
