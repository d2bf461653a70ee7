"""What a draft adjustment would change, in words."""

from typing import Any

from khuyencong.core.money import vnd
from khuyencong.planning import wording
from khuyencong.planning.models import GoalTarget, PlanAdjustment
from khuyencong.planning.rules.changes import Changes
from khuyencong.planning.rules.versions import Difference, Part


def told(adjustment: PlanAdjustment) -> list[dict[str, Any]]:
    """Each new value beside the present one."""
    plan, changes = adjustment.plan, Changes.read(adjustment.changes)
    budgets = {one.source: one.amount for one in plan.budgets.filter(programme=None)}
    rows = [
        wording.difference(Difference(Part.BUDGET, (fund, ""), budgets.get(fund), amount))
        for fund, amount in sorted(changes.budgets.items())
    ]
    for line in plan.lines.filter(pk__in=changes.amounts).order_by("fund", "name"):
        row = wording.difference(Difference(Part.LINE, (line.fund, line.name), line.amount, changes.amounts[line.pk]))
        if line.committed:
            row["held"] = vnd(line.committed)
        rows.append(row)
    rows += [wording.difference(Difference(Part.LINE, (new.fund, new.name), None, new.amount)) for new in changes.lines]
    for target in GoalTarget.objects.filter(pk__in=changes.targets).select_related("goal"):
        what = (target.goal.indicator, str(target.year))
        rows.append(wording.difference(Difference(Part.GOAL, what, target.value, changes.targets[target.pk])))
    return rows
