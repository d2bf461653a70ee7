"""Plans and lines for tests."""

import datetime as dt

from khuyencong.core import clock
from khuyencong.law.models import ActivityType, LegalDocument
from khuyencong.planning.actions.periods import Content, Expected
from khuyencong.planning.actions.plans import Money
from khuyencong.planning.models import AnnualPlan, PlanBudget, PlanLine, PlanState

MILLION = 1_000_000
DAY = dt.date(2026, 1, 15)
FAR = dt.date(2099, 12, 31)  # a day that has not come


def basis(*codes):
    """Documents of the library; without codes one that holds."""
    return tuple(LegalDocument.objects.filter(code__in=codes or ("45-2012-nd-cp",)))


def machinery():
    """The content that most projects have."""
    return ActivityType.objects.get(code="machinery")


def period_content(local=10**9, projects=5, **values):
    """What is said of a plan of five years with this much local money and so many projects."""
    said = {"name": "Giai đoạn thử", "first_year": 2026, "last_year": 2030, "areas": "Xã A"} | values
    return Content(
        said,
        budgets=(Money("local", local),),
        basis=basis(),
        expected=(Expected(machinery(), "local", projects, local),),
    )


def make_plan(year=2026, state=PlanState.ADOPTED, **fields):
    """The plan of a year, adopted unless said otherwise; the one that is there if there is one."""
    decided = min(dt.date(year, 1, 15), clock.today())  # in the first days of a year, nobody has decided ahead of them
    values = {"state": state, "decision": f"{year % 100}/QĐ-UBND", "decided_on": decided}
    if state == PlanState.DRAFT:
        values = {"state": state}
    return AnnualPlan.objects.get_or_create(year=year, defaults=values | fields)[0]


def make_line(year=2026, **fields):
    """A line of an adopted plan of the year."""
    values = {"fund": "local", "name": "Dòng thử", "amount": 10**9}
    return PlanLine.objects.create(plan=make_plan(year), **(values | fields))


def set_budget(plan, **amounts):
    """``set_budget(plan, local=10**9)``."""
    for source, amount in amounts.items():
        PlanBudget.objects.update_or_create(annual=plan, source=source, programme=None, defaults={"amount": amount})
