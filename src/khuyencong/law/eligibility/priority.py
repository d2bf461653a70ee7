"""The priority score of a case: the points of every criterion that it meets, with its parts shown."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a criterion looks at."""

    AREA = "area"
    NEW_RURAL = "new-rural"
    INDUSTRY = "industry"
    LOCAL_MATERIAL = "local-material"
    LABOUR = "labour"
    EXPORT = "export"


@dataclass(frozen=True)
class Criterion:
    """One criterion. ``values``: the area grades or industry groups that count; ``threshold``: workers, or VND."""

    key: str
    kind: Kind
    name: str
    points: int
    valid_from: dt.date
    valid_to: dt.date | None = None
    values: frozenset[str] = frozenset()
    threshold: int | None = None
    article: str = ""
    verified: bool = False

    def holds(self, day: dt.date) -> bool:
        """Whether it is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Facts:
    """What is known. ``areas``: what the commune counts as; None or empty elsewhere: not known.

    ``listed``: the kinds of area for which a list of communes is in force. A commune that is in no list of a kind
    is not of that kind; where there is no list at all, nobody knows.
    """

    areas: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    industry: str = ""
    local_material: bool | None = None
    workers: int | None = None
    export_value: int | None = None


@dataclass(frozen=True)
class Part:
    """One criterion and the points it gave; ``met`` None: the fact is missing, so no points."""

    criterion: Criterion
    met: bool | None
    points: int


@dataclass(frozen=True)
class Score:
    """The points, of how many, and the parts."""

    points: int
    most: int
    parts: tuple[Part, ...]


def score(criteria: Iterable[Criterion], facts: Facts, day: dt.date) -> Score:
    """Add the points. Of several criteria of one kind only the best one met counts (grades of the same thing)."""
    holding = sorted((c for c in criteria if c.holds(day)), key=_place)
    parts: list[Part] = []
    counted: set[Kind] = set()
    for criterion in holding:
        met = _met(criterion, facts)
        points = criterion.points if met and criterion.kind not in counted else 0
        if points:
            counted.add(criterion.kind)
        parts.append(Part(criterion, met, points))
    best = {kind: max(c.points for c in holding if c.kind is kind) for kind in {c.kind for c in holding}}
    return Score(sum(part.points for part in parts), sum(best.values()), tuple(parts))


def _place(one: Criterion) -> tuple[object, ...]:
    exact = (one.key, one.valid_from, str(one.valid_to), sorted(one.values), str(one.threshold))
    return (list(Kind).index(one.kind), -one.points, *exact)


def _met(criterion: Criterion, facts: Facts) -> bool | None:
    if criterion.kind in (Kind.AREA, Kind.NEW_RURAL):
        if criterion.values & facts.areas:
            return True
        return False if criterion.values <= facts.listed else None
    if criterion.kind is Kind.INDUSTRY:
        return facts.industry in criterion.values if facts.industry else None
    if criterion.kind is Kind.LOCAL_MATERIAL:
        return facts.local_material
    amount = facts.workers if criterion.kind is Kind.LABOUR else facts.export_value
    return None if amount is None else amount >= (criterion.threshold or 1)
