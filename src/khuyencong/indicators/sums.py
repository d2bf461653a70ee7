"""Figures of pages that everybody opens: from sums that the database keeps or makes, without an engine.

What can be told: acceptance of projects by year, payments of one year, plans, results, establishments. A report, which
tells everything down to its records, asks the ``Store`` of all facts (``compute``); both tell the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from khuyencong.establishments.queries import communes_of_registry
from khuyencong.indicators.asked import Asked, Figures, Member, Where, applies, measure_of, measures_of
from khuyencong.indicators.facts.load import adopted_lines
from khuyencong.indicators.facts.summed import Row, Summed
from khuyencong.indicators.formula import Number
from khuyencong.people.models import User
from khuyencong.people.queries import over_a_province
from khuyencong.people.rules import Permission
from khuyencong.planning.indicators import Aggregate, Measure

_PLACE = ("commune", "district", "province")
_PROJECT = (*_PLACE, "fund", "content", "year")
# What the rows of each table can be told by.
_COLUMNS = {
    "milestones": frozenset({*_PROJECT, "event"}),
    "payments": frozenset({*_PROJECT, "month"}),
    "plan": frozenset({"fund", "content", "year"}),
    "results": frozenset({*_PLACE, "year", "supported"}),
    "establishments": frozenset({*_PLACE, "status", "supported"}),
    "visits": frozenset(),
}


def sums(user: User, year: int) -> "Sums":
    """The sums of all that the person may see; ``year``: whose payments are told."""
    summed = Summed({one.pk: one for one in communes_of_registry(user, Permission.REPORTS_VIEW)})
    plan = adopted_lines() if over_a_province(user, Permission.REPORTS_VIEW) else ()
    return Sums(
        {
            "milestones": summed.accepted(),
            "payments": summed.payments(year),
            "plan": list(plan),
            "results": summed.results(),
            "establishments": summed.establishments(),
        }
    )


class Sums:
    """Rows of sums by table."""

    def __init__(self, tables: Mapping[str, list[Row]]) -> None:
        self._years: defaultdict[tuple[str, int | None], list[Row]] = defaultdict(list)
        for name, rows in tables.items():
            self._years[name, None] = rows
            for row in rows:
                if "year" in row:
                    self._years[name, row["year"]].append(row)

    def figures(self, asked: Iterable[Asked], by: tuple[str, ...] = ()) -> Figures:
        """Everything asked for, broken down by these columns (none: one sum over all)."""
        found: dict[tuple[Asked, Member], Number] = {}
        members: defaultdict[str, set[Member]] = defaultdict(lambda: set() if by else {()})
        measured = {one: measure_of(one) for each in asked for one in measures_of(each)}
        told = {
            one: measure
            for one, measure in measured.items()
            if applies(measure, one.where, by, _COLUMNS[measure.table])
        }
        for one, measure in told.items():
            year = one.window.year if one.window and "year" in _COLUMNS[measure.table] else None
            for row in self._years.get((measure.table, year), ()):
                member = tuple(row[column] for column in by)
                members[measure.table].add(member)
                if _counts(row, one, measure.where) and (added := _adds(row, measure)) is not None:
                    found[one, member] = (found.get((one, member)) or 0) + added
        for one, measure in told.items():
            if measure.aggregate is not Aggregate.SUM:  # where nobody is counted there are none; a sum is not known
                for member in members[measure.table]:
                    found.setdefault((one, member), 0)
        return Figures(found, _COLUMNS, by, frozenset().union(*members.values()))


def _counts(row: Row, asked: Asked, own: Where) -> bool:
    window = asked.window
    if window and not window.whole_year and "month" in row and not window.first <= row["month"] <= window.last:
        return False
    return all(row[column] in values for column, values in (*own, *asked.where))


def _adds(row: Row, measure: Measure) -> int | None:
    """What a row adds; a year of an establishment is told once, so that counting these is adding their numbers."""
    added: int | None = row[measure.column] if measure.aggregate is Aggregate.SUM else row["rows"]
    return added
