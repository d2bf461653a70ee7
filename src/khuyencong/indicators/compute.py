"""Indicators computed by Ibis expressions over the fact tables: one grouped scan for each table and breakdown."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, SupportsInt

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from khuyencong.core.periods import Window
from khuyencong.indicators import formula
from khuyencong.indicators.facts.schema import COMPLETE
from khuyencong.indicators.formula import Number
from khuyencong.planning.indicators import INDICATORS, Aggregate, Measure

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


class Store:
    """The fact tables in an embedded DuckDB. Close it, or use it as a context manager."""

    def __init__(self, tables: Mapping[str, pa.Table], connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self._raw = connection or duckdb.connect()
        for name, table in tables.items():
            self._raw.register(name, table)
        self.columns = {name: frozenset(table.schema.names) for name, table in tables.items()}

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self._raw.close()

    @cached_property
    def _ibis(self) -> ibis.BaseBackend:
        return ibis.duckdb.from_connection(self._raw)

    def table(self, name: str) -> ir.Table:
        """One fact table, for expressions."""
        return self._ibis.table(name)

    def rows(self, expression: ir.Table) -> list[dict[str, Any]]:
        """What an expression gives."""
        found: list[dict[str, Any]] = self._ibis.to_pyarrow(expression).to_pylist()
        return found

    def figures(self, asked: Iterable[Asked], by: tuple[str, ...] = ()) -> Figures:
        """Everything asked for, broken down by these columns (none: one sum over all)."""
        wanted: dict[str, dict[str, Asked]] = defaultdict(dict)
        for one in dict.fromkeys(base for each in asked for base in measures_of(each)):
            measure = measure_of(one)
            if applies(measure, one.where, by, self.columns[measure.table]):
                wanted[measure.table][f"m{len(wanted[measure.table])}"] = one
        found: dict[tuple[Asked, Member], Number] = {}
        members: set[Member] = set()
        for name, keyed in wanted.items():
            for row in self.rows(_grouped(self.table(name), keyed, by)):
                member = tuple(row[column] for column in by)
                members.add(member)
                found |= {(one, member): _whole(row[key]) for key, one in keyed.items()}
        return Figures(found, self.columns, by, frozenset(members))


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


def counted(table: ir.Table, asked: Asked) -> ir.BooleanValue | None:
    """The condition under which a row counts; None: every row does."""
    measure = measure_of(asked)
    conditions: list[ir.BooleanValue] = []
    if asked.window is not None and "year" in table.columns:
        conditions.append(table.year == asked.window.year)
        if not asked.window.whole_year and "month" in table.columns:
            conditions.append(table.month.between(asked.window.first, asked.window.last))
    for column, values in (*measure.where, *asked.where):
        conditions.append(table[column].isin(values) if len(values) != 1 else table[column] == values[0])
    return ibis.and_(*conditions) if conditions else None


def _grouped(table: ir.Table, keyed: Mapping[str, Asked], by: tuple[str, ...]) -> ir.Table:
    windows = [one.window for one in keyed.values() if one.window]
    if len(windows) == len(keyed) and "year" in table.columns:
        table = table.filter(table.year.isin(sorted({window.year for window in windows})))
    aggregates = {key: _aggregate(table, one) for key, one in keyed.items()}
    return table.group_by(*by).agg(**aggregates) if by else table.agg(**aggregates)


def _aggregate(table: ir.Table, asked: Asked) -> ir.Scalar:
    measure = measure_of(asked)
    condition = counted(table, asked)
    if (
        "rows" in table.columns and measure.aggregate is not Aggregate.SUM
    ):  # of one year each establishment is told once
        return ibis.coalesce(table["rows"].sum(where=condition), 0)
    made: dict[Aggregate, Callable[[], ir.Scalar]] = {
        Aggregate.SUM: lambda: table[measure.column].sum(where=condition),
        Aggregate.COUNT: lambda: table.count(where=condition),
        Aggregate.DISTINCT: lambda: table[measure.column].nunique(where=condition),
    }
    return made[measure.aggregate]()


def _whole(value: SupportsInt | None) -> int | None:
    return None if value is None else int(value)
