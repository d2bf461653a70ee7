"""Outlines made light enough to be drawn on a page. Pure."""

import json
from collections.abc import Sequence

from shapely import LinearRing, MultiPolygon, coverage_simplify, from_geojson, set_precision
from shapely.geometry.base import BaseGeometry

# How far a line may move, in degrees: about 40 m for communes, 600 m for provinces.
COMMUNE_TOLERANCE, PROVINCE_TOLERANCE = 0.0004, 0.006
_DECIMALS = 5  # about one metre


def simplified(outlines: Sequence[MultiPolygon], tolerance: float) -> list[MultiPolygon]:
    """The outlines with fewer points, in the same order; neighbours keep the line between them as one line."""
    if not outlines:
        return []
    found = []
    for before, after in zip(outlines, coverage_simplify(list(outlines), tolerance), strict=True):
        parts = _polygons(set_precision(after, 10**-_DECIMALS))
        found.append(MultiPolygon(parts) if parts else before)
    return found


def as_text(outline: MultiPolygon) -> str:
    """Compact GeoJSON, to be stored."""

    def ring(line: LinearRing) -> list[list[float]]:
        return [[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in line.coords]

    parts = [[ring(part.exterior), *map(ring, part.interiors)] for part in outline.geoms]
    return json.dumps({"type": "MultiPolygon", "coordinates": parts}, separators=(",", ":"))


def from_text(text: str) -> BaseGeometry:
    """The outline that was stored."""
    return from_geojson(text)


def _polygons(shape: BaseGeometry) -> list[BaseGeometry]:
    parts = list(getattr(shape, "geoms", [shape]))
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
