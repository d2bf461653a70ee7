"""Indicators computed by Ibis expressions over the fact tables: one grouped scan for each table and breakdown."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, SupportsInt

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from khuyencong.indicators.asked import Asked, Figures, Member, applies, measure_of, measures_of
from khuyencong.indicators.facts.schema import SCHEMAS
from khuyencong.indicators.formula import Number
from khuyencong.planning.indicators import Aggregate


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


def ready() -> None:
    """Have Ibis import now what it imports when first asked: before a server answers anybody, not while it does."""
    with Store({"plan": SCHEMAS["plan"].empty_table()}) as store:
        store.figures([Asked("plan_amount")], ("fund",))


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
    made: dict[Aggregate, Callable[[], ir.Scalar]] = {
        Aggregate.SUM: lambda: table[measure.column].sum(where=condition),
        Aggregate.COUNT: lambda: table.count(where=condition),
        Aggregate.DISTINCT: lambda: table[measure.column].nunique(where=condition),
    }
    return made[measure.aggregate]()


def _whole(value: SupportsInt | None) -> int | None:
    return None if value is None else int(value)
