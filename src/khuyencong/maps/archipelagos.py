"""Hoàng Sa and Trường Sa: on every map of the nation, at their true places, with their names and provinces."""

from dataclasses import dataclass

from khuyencong.maps.drawing import Bounds


@dataclass(frozen=True)
class Archipelago:
    """Its name, the code of its province, where the name stands and where some of its islands lie, in degrees."""

    name: str
    province: str
    longitude: float
    latitude: float
    islands: tuple[tuple[float, float], ...]


ARCHIPELAGOS = (
    Archipelago(
        "Hoàng Sa", "48", 112.0, 17.7,
        ((111.61, 16.53), (111.5, 16.45), (111.2, 15.78), (112.33, 16.83), (112.73, 16.67), (112.3, 16.95)),
    ),
    Archipelago(
        "Trường Sa", "56", 114.0, 12.2,
        ((111.92, 8.65), (114.33, 11.43), (114.28, 11.05), (114.37, 10.38), (114.36, 10.18), (114.33, 9.88),
         (115.8, 10.73), (113.7, 8.97), (112.92, 7.9)),
    ),
)  # fmt: skip
# What every map of the nation reaches to.
AROUND: Bounds = (102.1, 7.4, 117.4, 23.5)
