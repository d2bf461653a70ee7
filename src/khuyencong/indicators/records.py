"""The records behind a number: which projects, establishments and lines were counted, each with its part."""

from dataclasses import dataclass

from khuyencong.indicators.asked import Asked, measure_of
from khuyencong.indicators.compute import Store, counted
from khuyencong.planning.indicators import Aggregate

_KEYS = ("project", "establishment", "line", "year", "month")


@dataclass(frozen=True)
class Record:
    """One fact that was counted: the keys of what it is about, when, and what it adds (None: it counts as one)."""

    project: int | None
    establishment: int | None
    line: int | None
    year: int | None
    month: int | None
    value: int | None


def records(store: Store, asked: Asked) -> list[Record]:
    """The facts behind a measured indicator; the values add up to it. A fact that adds nothing is left out."""
    measure = measure_of(asked)
    table = store.table(measure.table)
    if (condition := counted(table, asked)) is not None:
        table = table.filter(condition)
    adds = measure.aggregate is Aggregate.SUM
    keys = [name for name in _KEYS if name in table.columns]
    if measure.aggregate is Aggregate.DISTINCT:
        table = table.distinct(on=measure.column, keep="first")
    if adds:
        table = table.filter(table[measure.column] != 0)
    named = table.select(*keys, value=table[measure.column]) if adds else table.select(*keys)
    return [
        Record(**{name: row.get(name) for name in (*_KEYS, "value")})
        for row in store.rows(named.order_by([named[name] for name in keys]))
    ]
