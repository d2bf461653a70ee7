"""The yearly report of the invented province equals a recomputation by plain SQL, cell by cell."""

from decimal import Decimal

import pytest

from khuyencong.core import clock
from khuyencong.core.periods import Kind, Period, Window
from khuyencong.indicators.asked import Asked
from khuyencong.indicators.compute import Store
from khuyencong.indicators.facts.load import load
from khuyencong.indicators.facts.schema import COMPLETE
from khuyencong.indicators.formula import names
from khuyencong.indicators.formula import value as worked_out
from khuyencong.people.models import User
from khuyencong.places.models import Unit
from khuyencong.planning.indicators import INDICATORS
from khuyencong.reports.official import queries
from khuyencong.reports.official.definition import At
from khuyencong.reports.official.fill import cell_of
from khuyencong.reports.official.models import Report, ReportDefinition
from tests.demo import yearly_sql as sql

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded"), pytest.mark.clock]

THIS_YEAR = clock.today().year
EVERY_YEAR = range(2012, THIS_YEAR + 1)
ADDITIVE = ("projects_approved", "projects_accepted", "support_approved", "support_accepted", "counterpart_accepted",
            "investment_accepted", "establishments_supported", "disbursed", "results_reported", "workers", "revenue",
            "tax_paid")  # fmt: skip


def report_of(year, kind="department"):
    definition = ReportDefinition.objects.get(sort="kind", code=kind)
    province = Unit.objects.get(code="04", parent=None, valid_to=None)
    return Report(kind=definition, unit=province, period_kind="year", year=year)


class Sql:
    """Cells by SQL: the same words of a form, other ways to the numbers."""

    def __init__(self, year):
        self.year, self.known = year, {}
        self.districts = sql.districts()

    def of(self, code, year, by="", where=()):
        """Member -> value of an indicator."""
        told = INDICATORS[code]
        if told.measure is None:
            parts = {name: self.of(name, year, by, where) for name in names(told.formula)}
            members = {member for part in parts.values() for member in part}
            return {m: worked_out(told.formula, lambda name, m=m: parts[name].get(m)) for m in members}
        if code == "plan_amount":
            if where:
                return {"": sql.plan(year, "fund").get(where[0][1][0])}
            return sql.plan(year, by)
        key = (year, by, where)
        if key not in self.known:
            condition = " AND ".join(f"{name} = '{values[0]}'" for name, values in where) or "1 = 1"
            self.known[key] = sql.indicators(year, by, condition)
        return self.known[key][code]

    def cell(self, form, row, column):
        """A cell of a form; a district is the sum of its communes."""
        cell = cell_of(form, row, column)
        own = [one for one in cell.where if form.by and one[0] in (form.by, form.grouped)]
        where = tuple(one for one in cell.where if one not in own)
        by, member = (own[0][0], own[0][1][0]) if own else ("", "")
        if by == "district":
            communes = [commune for commune, name in self.districts.items() if name == member]
            return sum(self._value(cell, "commune", commune, where) or 0 for commune in communes)
        return self._value(cell, {"group": "trade"}.get(by, by), member, where)

    def _value(self, cell, by, member, where):
        told = INDICATORS[cell.value].measure
        nothing = 0 if told is not None and told.table in COMPLETE else None

        def of(code, year):
            return self.of(code, year, by, where).get(member, nothing)

        now = of(cell.value, self.year)
        if cell.at in (At.PERIOD, At.TO_DATE, At.PLAN_YEAR):
            return now
        if cell.at is At.LAST_YEAR:
            return of(cell.value, self.year - 1)
        plan = self.of("plan_amount", self.year, by, where).get(member) if cell.plan else None
        if cell.at is At.PLAN:
            return plan
        base = plan if cell.at is At.AGAINST_PLAN else of(cell.value, self.year - 1)
        return None if now is None or not base else Decimal(100 * now) / base


@pytest.mark.parametrize("ago", [1, 2, 7])
def test_cell_by_cell(ago):
    year = THIS_YEAR - ago
    report, own = report_of(year), Sql(year)
    officer = User.objects.get(username="can.bo")
    compared = 0
    for filled in queries.filled(officer, report):
        for row in filled.rows:
            for column, value in enumerate(row.values):
                expected = own.cell(filled.form, row.key, column)
                told = (filled.form.code, row.label, filled.form.columns[column].label)
                if isinstance(value, Decimal):
                    assert float(value) == pytest.approx(float(expected), abs=1e-6), told
                else:
                    assert value == expected, told
                compared += 1
    assert compared > 300


def test_no_row_of_the_report_is_missing():
    """The other way round: every commune, content, fund that SQL knows stands in the form."""
    officer = User.objects.get(username="can.bo")
    by_place = next(one for one in queries.filled(officer, report_of(THIS_YEAR - 2)) if one.form.code == "by-place")
    shown = {row.key.removeprefix("commune=") for row in by_place.rows if row.level == "row"}
    known = sql.indicators(THIS_YEAR - 2, "commune")
    columns = [column.value for column in by_place.form.columns]
    assert shown == {member for code in columns for member, value in known[code].items() if value}


def test_communes_add_up_to_the_province_in_every_year():
    officer = User.objects.get(username="can.bo")
    with Store(load(officer)) as store:
        for year in EVERY_YEAR:
            asked = [Asked(code, Window(year)) for code in ADDITIVE]
            whole = store.figures(asked)
            for by in (("commune",), ("district",), ("district", "commune")):
                parts = store.figures(asked, by)
                for one in asked:
                    found = [parts.value(one, member) for member in parts.members]
                    assert sum(value or 0 for value in found) == (whole.value(one) or 0), (year, one.code, by)


def test_the_years_add_up_to_what_the_projects_hold():
    """Up to this year, across the reform of 2025: nothing falls between two years or two sets of communes."""
    officer = User.objects.get(username="can.bo")
    with Store(load(officer)) as store:
        asked = [Asked(code, Window(year)) for year in EVERY_YEAR for code in ("support_accepted", "disbursed")]
        figures = store.figures(asked)
        sums = {
            code: sum(figures.value(one) for one in asked if one.code == code)
            for code in ("support_accepted", "disbursed")
        }
    ((support,),) = sql.rows(
        THIS_YEAR - 1, "SELECT SUM(support_amount) FROM projects_project WHERE accepted_year IS NOT NULL"
    )
    ((paid,),) = sql.rows(THIS_YEAR - 1, "SELECT SUM(paid) - SUM(recovered) FROM projects_contract")
    assert sums == {"support_accepted": support, "disbursed": paid}


def test_the_reports_of_the_communes_add_up_to_that_of_the_department():
    officer = User.objects.get(username="can.bo")
    period = Period(Kind.YEAR, THIS_YEAR - 2)
    asked = [Asked(code, period.window) for code in ADDITIVE]
    with Store(load(officer)) as store:
        figures = store.figures(asked)
        whole = {one.code: figures.value(one) or 0 for one in asked}
    sums = dict.fromkeys(whole, 0)
    for commune in Unit.objects.filter(parent__code="04", kind="commune", valid_to=None):
        with Store(load(officer, commune)) as store:
            figures = store.figures(asked)
            for one in asked:
                sums[one.code] += figures.value(one) or 0
    assert sums == whole
