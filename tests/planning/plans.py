"""Plans and lines for tests."""

import datetime as dt

from khuyencong.core import clock
from khuyencong.planning.models import AnnualPlan, PlanBudget, PlanLine, PlanState

DAY = dt.date(2026, 1, 15)


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
