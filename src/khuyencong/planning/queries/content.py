"""What a plan says, as plain values: frozen in its versions, compared, hashed."""

from collections.abc import Iterable, Mapping
from typing import Any

from khuyencong.planning.models import AnnualPlan


def content_of(plan: AnnualPlan, projects: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Everything of the plan. ``projects`` are known to the rooms above: code, title, support, line."""
    return {
        "year": plan.year,
        "decision": plan.decision,
        "decided_on": plan.decided_on.isoformat() if plan.decided_on else "",
        "period": plan.period.name if plan.period else "",
        "note": plan.note,
        "basis": sorted(str(one) for one in plan.legal_basis.all()),
        "budgets": [
            {"source": one.source, "programme": one.programme_id or "", "amount": one.amount}
            for one in plan.budgets.order_by("source", "programme")
        ],
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
        "goals": [
            {
                "indicator": goal.indicator,
                "baseline": "" if goal.baseline is None else f"{goal.baseline.normalize():f}",
                "baseline_year": goal.baseline_year,
                "targets": {str(one.year): f"{one.value.normalize():f}" for one in goal.targets.all()},
            }
            for goal in plan.goals.prefetch_related("targets").order_by("indicator")
        ],
        "projects": [dict(one) for one in projects],
    }
