"""Reading a file of boundaries (GeoJSON, WGS84). Pure: text in; outlines and reasons for what was refused out."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shapely import MultiPolygon, Polygon, make_valid
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from khuyencong.core.files import opening

# Where Vietnam lies, its islands included, in degrees (south, north; west, east), with some room around.
SOUTH, NORTH, WEST, EAST = 6.0, 24.0, 101.5, 118.0

_CODES = ("code", "ma", "ma_xa", "maxa", "ma_tinh", "matinh", "ward_code", "province_code", "ma_dvhc", "madvhc")
_NAMES = ("name", "ten", "ten_xa", "tenxa", "ten_tinh", "tentinh", "ward_name", "province_name", "full_name")
_DEGREES = ("crs84", "4326", "wgs84", "wgs 84")


class Problem(StrEnum):
    """Why a file, or one outline of it, cannot be used."""

    NOT_TEXT = "not-text"
    NOT_JSON = "not-json"
    NOT_COLLECTION = "not-collection"
    NO_FEATURES = "no-features"
    OTHER_PROJECTION = "other-projection"
    SWAPPED = "swapped"
    NOT_FEATURE = "not-feature"
    NOT_POLYGON = "not-polygon"
    BAD_COORDINATES = "bad-coordinates"
    OUTSIDE = "outside"
    EMPTY = "empty"
    NO_NAME = "no-name"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    OTHER_PROVINCE = "other-province"
    CODE_AND_NAME = "code-and-name"
    PART = "part"
    TWICE = "twice"


class Unreadable(Exception):
    """The file as a whole cannot be used."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(problem, detail)
        self.problem, self.detail = problem, detail


@dataclass(frozen=True)
class Feature:
    """One outline; ``number`` counts from 1 in the order of the file. Empty text: the file does not say."""

    number: int
    code: str
    name: str
    geometry: MultiPolygon


@dataclass(frozen=True)
class Refusal:
    """One outline that was not used, and why."""

    number: int
    name: str
    problem: Problem
    detail: str = ""


class _Refused(Exception):
    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(problem)
        self.problem, self.detail = problem, detail


def read(content: bytes) -> tuple[list[Feature], list[Refusal]]:
    """The outlines of a file that can be used, and those that cannot. Raises Unreadable.

    A fault that every outline has (degrees in the wrong order, metres instead of degrees) is one of the file.
    """
    features = _features(content)
    used: list[Feature] = []
    refused: list[Refusal] = []
    for number, raw in enumerate(features, 1):
        code, name = _told(raw)
        try:
            used.append(Feature(number, code, name, _outline(raw)))
        except _Refused as why:
            refused.append(Refusal(number, name or code, why.problem, why.detail))
    problems = {one.problem for one in refused}
    if not used and len(problems) == 1 and problems & {Problem.SWAPPED, Problem.OTHER_PROJECTION}:
        raise Unreadable(refused[0].problem, refused[0].detail)
    return used, refused


def _features(content: bytes) -> list[Any]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(Problem.NOT_TEXT) from error
    try:
        data = opening.json_of(text)
    except opening.Refused as refused:
        raise Unreadable(Problem.NOT_JSON, str(refused.line or "")) from refused
    if not isinstance(data, Mapping) or data.get("type") != "FeatureCollection":
        told = data.get("type") if isinstance(data, Mapping) else None
        raise Unreadable(Problem.NOT_COLLECTION, told if isinstance(told, str) else "")
    features = data.get("features")
    if not isinstance(features, list) or not features:
        raise Unreadable(Problem.NO_FEATURES)
    system = str(data["crs"]).casefold() if data.get("crs") else ""
    if system and not any(known in system for known in _DEGREES):
        raise Unreadable(Problem.OTHER_PROJECTION)
    return features


def _told(raw: Any) -> tuple[str, str]:
    """Code and name as the properties give them, under whichever of the usual keys."""
    properties = raw.get("properties") if isinstance(raw, Mapping) else None
    known = {str(key).casefold(): value for key, value in properties.items()} if isinstance(properties, Mapping) else {}

    def first(keys: tuple[str, ...]) -> str:
        for key in keys:
            value = known.get(key)
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                return str(value).strip()[:200]
        return ""

    return first(_CODES), first(_NAMES)


def _outline(raw: Any) -> MultiPolygon:
    geometry = raw.get("geometry") if isinstance(raw, Mapping) else None
    if not isinstance(geometry, Mapping):
        raise _Refused(Problem.NOT_FEATURE)
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Refused(Problem.NOT_POLYGON, kind if isinstance(kind, str) else "")
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list):
        raise _Refused(Problem.BAD_COORDINATES)
    rings = [[_ring(ring) for ring in _listed(part)] for part in parts]
    _check_place([point for part in rings for ring in part for point in ring])
    try:
        mended = make_valid(MultiPolygon([Polygon(part[0], part[1:]) for part in rings]))
    except (ValueError, GEOSException) as error:
        raise _Refused(Problem.BAD_COORDINATES) from error
    if (outline := polygons_of(mended)).is_empty:
        raise _Refused(Problem.EMPTY)
    return outline


def polygons_of(shape: BaseGeometry) -> MultiPolygon:
    """Only what has an area: mending a bad outline may leave lines and points beside it."""
    parts = [shape] if isinstance(shape, Polygon) else list(getattr(shape, "geoms", ()))
    kept: list[Polygon] = []
    for part in parts:
        if isinstance(part, Polygon):
            kept += [part] if part.area > 0 else []
        elif isinstance(part, MultiPolygon):
            kept += [one for one in part.geoms if one.area > 0]
    return MultiPolygon(kept)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise _Refused(Problem.BAD_COORDINATES)
    return value


def _ring(value: Any) -> list[tuple[float, float]]:
    points = []
    for position in _listed(value):
        if not isinstance(position, list) or len(position) < 2:
            raise _Refused(Problem.BAD_COORDINATES)
        x, y = position[:2]
        if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in (x, y)):
            raise _Refused(Problem.BAD_COORDINATES)
        try:
            points.append((float(x), float(y)))
        except OverflowError as error:
            raise _Refused(Problem.OTHER_PROJECTION) from error
    if len(points) < 3:
        raise _Refused(Problem.BAD_COORDINATES)
    return points


def _check_place(points: list[tuple[float, float]]) -> None:
    if not points:
        raise _Refused(Problem.EMPTY)
    first = points[0]
    told = f"{first[0]:g}, {first[1]:g}"
    if any(not math.isfinite(value) for point in points for value in point):
        raise _Refused(Problem.BAD_COORDINATES)
    if all(in_vietnam(x, y) for x, y in points):
        return
    if all(in_vietnam(y, x) for x, y in points):
        raise _Refused(Problem.SWAPPED, told)
    if any(abs(x) > 180 or abs(y) > 180 for x, y in points):
        raise _Refused(Problem.OTHER_PROJECTION, told)
    raise _Refused(Problem.OUTSIDE, told)


def in_vietnam(longitude: float, latitude: float) -> bool:
    """Whether a place lies in the box around Vietnam."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH
