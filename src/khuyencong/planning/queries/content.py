"""What a plan says, as plain values: frozen in its versions, compared, hashed."""

from collections.abc import Iterable, Mapping
from typing import Any

from khuyencong.planning.models import AnnualPlan, PeriodPlan


def content_of(plan: AnnualPlan, projects: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Everything of the plan. ``projects`` are known to the rooms above: code, title, support, line."""
    return {
        "year": plan.year,
        "decision": plan.decision,
        "decided_on": plan.decided_on.isoformat() if plan.decided_on else "",
        "period": plan.period.name if plan.period else "",
        "note": plan.note,
        **_common(plan),
        "lines": [
            {
                "key": one.pk,
                "fund": one.fund,
                "activity": one.activity.code if one.activity else "",
                "name": one.name,
                "amount": one.amount,
            }
            for one in plan.lines.select_related("activity").order_by("fund", "name")
        ],
        "projects": [dict(one) for one in projects],
    }


def content_of_period(plan: PeriodPlan) -> dict[str, Any]:
    """What a period plan says, in the shape in which versions are compared: its contents stand as lines."""
    return {
        **_common(plan),
        "lines": [
            {"fund": one.fund, "name": str(one.activity), "amount": one.amount}
            for one in plan.contents.select_related("activity")
        ],
    }


def _common(plan: AnnualPlan | PeriodPlan) -> dict[str, Any]:
    return {
        "basis": sorted(str(one) for one in plan.legal_basis.all()),
        "budgets": [
            {"source": one.source, "programme": one.programme_id or "", "amount": one.amount}
            for one in plan.budgets.order_by("source", "programme")
        ],
        "goals": [
            {
                "indicator": goal.indicator,
                "baseline": "" if goal.baseline is None else f"{goal.baseline.normalize():f}",
                "baseline_year": goal.baseline_year,
                "targets": {str(one.year): f"{one.value.normalize():f}" for one in goal.targets.all()},
            }
            for goal in plan.goals.prefetch_related("targets").order_by("indicator")
        ],
    }
