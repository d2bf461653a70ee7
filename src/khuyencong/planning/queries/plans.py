"""Plans as they stand, for the pages."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum
from django.http import Http404

from khuyencong.planning import wording
from khuyencong.planning.models import AnnualPlan, Fund, Goal, PeriodPlan, PlanBudget, PlanLine, PlanVersion
from khuyencong.planning.queries.basis import Basis, basis_on
from khuyencong.planning.queries.content import content_of_period
from khuyencong.planning.rules.versions import compare


@dataclass(frozen=True)
class Sums:
    """Money of a plan in VND: promised by its budgets (without other programmes), in lines, committed, spent."""

    budget: int
    amount: int
    committed: int
    disbursed: int


@dataclass(frozen=True)
class FundLines:
    """The lines of one fund, their sums, and what its budget leaves."""

    fund: str
    name: str
    lines: tuple[PlanLine, ...]
    budget: int | None
    amount: int
    committed: int
    disbursed: int

    @property
    def left(self) -> int:
        """What of the budget no line holds; below zero: the lines pass it."""
        return (self.budget or 0) - self.amount


def annual_plans() -> QuerySet[AnnualPlan]:
    """All plans of years, the latest first."""
    return AnnualPlan.objects.select_related("period").order_by("-year")


def get_plan(year: int) -> AnnualPlan:
    """The plan of a year. Raises Http404."""
    found = annual_plans().filter(year=year).first()
    if found is None:
        raise Http404
    return found


def get_period(pk: int) -> PeriodPlan:
    """The plan of a period. Raises Http404."""
    found = PeriodPlan.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def sums_by_plan() -> dict[int, Sums]:
    """Key of each plan -> its money."""
    funds = PlanBudget.objects.filter(source__in=Fund.values).exclude(annual=None).order_by()
    budgets = dict(funds.values_list("annual").annotate(total=Sum("amount")))
    rows = (
        PlanLine.objects.order_by()
        .values_list("plan")
        .annotate(amount=Sum("amount"), committed=Sum("committed"), disbursed=Sum("disbursed"))
    )
    lines = {key: rest for key, *rest in rows}
    return {key: Sums(budgets.get(key, 0), *lines.get(key, (0, 0, 0))) for key in {*budgets, *lines}}


def by_fund(plan: AnnualPlan) -> list[FundLines]:
    """The lines, fund by fund, each with its budget; a fund with neither is left out."""
    budgets = {one.source: one.amount for one in plan.budgets.all()}
    lines = list(plan.lines.select_related("activity").order_by("fund", "activity__position", "name"))
    found = []
    for fund in Fund:
        of_it = tuple(one for one in lines if one.fund == fund)
        if of_it or fund in budgets:
            for one in of_it:
                one.plan = plan
            found.append(
                FundLines(
                    fund.value, str(fund.label), of_it, budgets.get(fund),
                    sum(one.amount for one in of_it), sum(one.committed for one in of_it),
                    sum(one.disbursed for one in of_it),
                )
            )  # fmt: skip
    return found


def basis_of(plan: AnnualPlan | PeriodPlan, today: dt.date) -> list[Basis]:
    """What the plan rests on, as it stands on the day of its decision, of today while it is a draft."""
    return basis_on(plan.legal_basis.all(), plan.decided_on or today)


def goals_of(plan: AnnualPlan | PeriodPlan) -> list[dict[str, Any]]:
    """The goals with their values in words."""
    found = []
    for goal in Goal.objects.filter(**_owner(plan)).prefetch_related("targets"):
        found.append(
            {
                "goal": goal,
                "meant": goal.meant,
                "baseline": wording.quantity(goal.indicator, goal.baseline) if goal.baseline is not None else "",
                "targets": [(one.year, wording.quantity(goal.indicator, one.value)) for one in goal.targets.all()],
            }
        )
    return found


def differences(plan: AnnualPlan, number: int) -> tuple[PlanVersion, list[dict[str, Any]]]:
    """A version and what it changed of the one before, in words. Raises Http404."""
    versions = {one.number: one for one in plan.versions.select_related("by")}
    if number not in versions:
        raise Http404
    before = versions[number - 1].content if number - 1 in versions else {}
    found = compare(before, versions[number].content)
    return versions[number], [wording.difference(one) for one in found]


def adjusted_by(plan: PeriodPlan) -> list[dict[str, Any]]:
    """What the adjustment of a period plan changes of the plan that it replaces, in words."""
    before = content_of_period(plan.replaces) if plan.replaces else {}
    found = compare(before, content_of_period(plan))
    return [wording.difference(one) for one in found]


def _owner(plan: AnnualPlan | PeriodPlan) -> dict[str, Any]:
    return {"annual": plan} if isinstance(plan, AnnualPlan) else {"period": plan}
