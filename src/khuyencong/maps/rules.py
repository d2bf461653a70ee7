"""How numbers become classes of a map. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

CLASSES = 5


@dataclass(frozen=True)
class Class:
    """Numbers that have one colour: from the smallest to the largest that occurs, and how many places have them."""

    low: int
    high: int
    places: int


def classes(numbers: Iterable[int], at_most: int = CLASSES) -> list[Class]:
    """The numbers above nought in classes of about as many places each; equal numbers are always together."""
    known = sorted(number for number in numbers if number > 0)
    tops = sorted({known[-(-len(known) * step // at_most) - 1] for step in range(1, at_most + 1)}) if known else []
    found: list[Class] = []
    for top in tops:
        inside = [number for number in known if number <= top and (not found or number > found[-1].high)]
        found.append(Class(inside[0], top, len(inside)))
    return found


def class_of(number: int, found: list[Class]) -> int | None:
    """Which class a number is in; None for nought."""
    return next((place for place, one in enumerate(found) if one.low <= number <= one.high), None)
