"""What is drawn of some units. Pure."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, eq=False)
class Outlines:
    """Key of each unit that can be drawn -> its outline in degrees. The same object while nothing changed.

    ``schematic``: cells around points, not boundaries; ``source``: the files the boundaries came from.
    """

    shapes: dict[int, BaseGeometry]
    schematic: bool
    source: str = ""
