"""The picture as the page and the files show it: areas with their colour, name and link, and the legend."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from khuyencong.maps import wording
from khuyencong.maps.drawing import Area, Drawing, Label
from khuyencong.maps.figures import What
from khuyencong.maps.rules import CLASSES, class_of, classes
from khuyencong.places.models import Unit

# From little to much; beside them a hatch for nought and a grey for what is out of reach.
FILLS = ("#d3ebe7", "#a0d0ca", "#63aca6", "#2a8280", "#0a4f50")
NOTHING, OUT_OF_REACH = "url(#map-nothing)", "#e4e0d6"
FEW = 5  # so many coloured areas are named even where the name is wider than the area


@dataclass(frozen=True)
class Shown:
    """One area of the picture. ``url`` empty: there is nothing to open; ``pale``: without a colour of the scale."""

    path: str
    fill: str
    title: str
    url: str
    dark: bool
    pale: bool
    small: Label | None
    large: Label | None


@dataclass(frozen=True)
class Islets:
    """An archipelago of the nation: where its islands and its name stand in the picture."""

    name: str
    province: str
    fill: str
    title: str
    x: int
    y: int
    islands: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Key:
    """One line of the legend."""

    fill: str
    text: str
    count: str


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn, in units of the drawing."""

    width: int
    height: int
    areas: tuple[Shown, ...]
    groups: tuple[Area, ...]
    legend: tuple[Key, ...]
    islets: tuple[Islets, ...] = ()
    named: bool = True


def fills(numbers: Iterable[int]) -> Callable[[int], str]:
    """The colour of each number: with fewer classes they lie further apart."""
    found = classes(numbers)

    def fill(number: int) -> str:
        place = class_of(number, found)
        return NOTHING if place is None else _colour(place, len(found))

    return fill


def _colour(place: int, count: int) -> str:
    return FILLS[CLASSES // 2] if count == 1 else FILLS[round(place * (CLASSES - 1) / (count - 1))]


def areas(
    drawing: Drawing, units: Iterable[Unit], numbers: Mapping[int, int | None], what: What, url: Callable[[Unit], str]
) -> tuple[Shown, ...]:
    """The units that are drawn. A number of None: out of reach."""
    fill = fills(number for number in numbers.values() if number)
    few = sum(bool(number) for number in numbers.values()) <= FEW
    found = []
    for unit in units:
        area, number = drawing.areas.get(unit.pk), numbers[unit.pk]
        if area is None or not area.path:
            continue
        told = _("ngoài phạm vi của bạn") if number is None else wording.figure(number, what)
        colour = OUT_OF_REACH if number is None else fill(number)
        found.append(
            Shown(
                area.path,
                colour,
                f"{unit.name}: {told}",
                "" if number is None else url(unit),
                colour in FILLS[3:],
                colour not in FILLS,
                area.outsize if few and number and area.small is None else area.small,
                area.large,
            )
        )
    return tuple(found)


def legend(numbers: Mapping[int, int | None], what: What, nation: bool = False) -> tuple[Key, ...]:
    """The classes from much to little, then nought, then what is out of reach; only what occurs."""
    found = classes(number for number in numbers.values() if number)
    keys = [
        Key(_colour(place, len(found)), wording.legend(one, what), wording.units(one.places, nation))
        for place, one in enumerate(found)
    ]
    keys.reverse()
    for value, fill, text in ((0, NOTHING, wording.nothing(what)), (None, OUT_OF_REACH, _("ngoài phạm vi của bạn"))):
        if places := sum(number == value for number in numbers.values()):
            keys.append(Key(fill, text, wording.units(places, nation)))
    return tuple(keys)
