"""What is asked of the facts, and the numbers that come back: the same for every way of computing them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from khuyencong.core.periods import Window
from khuyencong.indicators import formula
from khuyencong.indicators.facts.schema import COMPLETE
from khuyencong.indicators.formula import Number
from khuyencong.planning.indicators import INDICATORS, Measure

Where = tuple[tuple[str, tuple[str | bool, ...]], ...]
Member = tuple[str, ...]  # one value for each column of a breakdown
ALL: Member = ()


@dataclass(frozen=True)
class Asked:
    """One indicator within some months (None: as it stands) and narrowed to some values of columns."""

    code: str
    window: Window | None = None
    where: Where = ()


@dataclass
class Figures:
    """Indicators by what was asked and by member of the breakdown."""

    measured: Mapping[tuple[Asked, Member], Number]
    tables: Mapping[str, frozenset[str]]
    by: tuple[str, ...] = ()
    members: frozenset[Member] = field(default_factory=frozenset)

    def value(self, asked: Asked, member: Member = ALL) -> Number:
        """The number, or None where nobody knows it or it makes no sense. Formulas are worked out here."""
        told = INDICATORS[asked.code]
        if told.measure is None:
            return formula.value(told.formula, lambda code: self.value(Asked(code, asked.window, asked.where), member))
        if not applies(told.measure, asked.where, self.by, self.tables[told.measure.table]):
            return None
        found = self.measured.get((asked, member))
        return 0 if found is None and told.measure.table in COMPLETE else found


class Figuring(Protocol):
    """Whoever computes figures."""

    def figures(self, asked: Iterable[Asked], by: tuple[str, ...] = ()) -> Figures:
        """Everything asked for, broken down by these columns (none: one sum over all)."""


def measures_of(asked: Asked) -> tuple[Asked, ...]:
    """The measured indicators that one rests on: itself, or those of its formula."""
    told = INDICATORS[asked.code]
    if told.measure is not None:
        return (asked,)
    parts = (measures_of(Asked(code, asked.window, asked.where)) for code in formula.names(told.formula))
    return tuple(dict.fromkeys(one for found in parts for one in found))


def measure_of(asked: Asked) -> Measure:
    """What a measured indicator counts. Raises ValueError for a formula."""
    measure = INDICATORS[asked.code].measure
    if measure is None:
        raise ValueError(asked.code)
    return measure


def applies(measure: Measure, where: Where, by: Iterable[str], columns: frozenset[str]) -> bool:
    """Whether the facts can be told by these columns: a budget has no commune, results have no fund."""
    return {*(column for column, _values in where), *by} <= columns
