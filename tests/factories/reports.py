"""Reports made for tests."""

from khuyencong.core import clock
from khuyencong.core.periods import Kind, Period
from khuyencong.reports.official import actions
from khuyencong.reports.official.models import ReportDefinition
from tests.factories.establishments import make_establishment, make_result
from tests.factories.projects import make_project

YEAR = Period(Kind.YEAR, 2024)


def kind(code="department"):
    """A kind of report that comes with the product."""
    return ReportDefinition.objects.get(sort="kind", code=code)


def records(commune):
    """An establishment supported in 2024, with its result of the year."""
    establishment = make_establishment(commune)
    project = make_project(establishment, year=2024, support=100_000_000)
    result = make_result(establishment, 2024, workers=5, revenue=900_000_000)
    return establishment, project, result


def drafted(officer, unit, period=YEAR, code="department"):
    """A draft."""
    return actions.draft(officer, kind(code), unit, period)


def signed(officer, leader, unit, period=YEAR, code="department"):
    """A report that went all the way."""
    report = drafted(officer, unit, period, code)
    actions.send(officer, report.pk)
    return actions.sign(leader, report.pk, "12/BC-SCT")


def ahead():
    """A year that has not begun."""
    return Period(Kind.YEAR, clock.today().year + 1)
