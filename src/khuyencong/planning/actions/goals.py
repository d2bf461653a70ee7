"""The goals of a draft plan, of a year or of a period."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit, changed_meanwhile
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.people.models import User
from khuyencong.planning.actions.locking import refuse_adopted, require_preparing
from khuyencong.planning.indicators import INDICATORS
from khuyencong.planning.models import AnnualPlan, Goal, GoalTarget, PeriodPlan


def version_of(goal: Goal) -> str:
    """A mark of the goal and what must be reached in each year."""
    return changed_meanwhile.version_of(goal, goal.targets.order_by("year"))


def save_goal(
    user: User,
    plan: AnnualPlan | PeriodPlan,
    indicator: str,
    targets: Mapping[int, Decimal],
    baseline: tuple[Decimal, int] | None = None,
    version: str | None = None,
) -> Goal:
    """Set the goal of an indicator: its value for each year, and where it starts from (value, year).

    Raises ValidationError by field, ChangedMeanwhile.
    """
    if indicator not in INDICATORS:
        raise ValidationError({"indicator": _("Không có chỉ tiêu này trong danh mục.")})
    if not targets:
        raise ValidationError(_("Cần ít nhất một năm có mức phải đạt."))
    with audit.writing(user):
        plan = _held(user, plan)
        owner: dict[str, Any] = {"annual": plan} if isinstance(plan, AnnualPlan) else {"period": plan}
        goal = Goal.objects.filter(indicator=indicator, **owner).first()
        unchanged(goal, version, version_of)
        before = audit.snapshot(goal) | told_targets(goal) if goal else None
        goal = goal or Goal(indicator=indicator, **owner)
        goal.baseline, goal.baseline_year = baseline or (None, None)
        goal.full_clean()
        goal.save()
        goal.targets.exclude(year__in=targets).delete()
        for year, value in targets.items():
            target = goal.targets.filter(year=year).first() or GoalTarget(goal=goal, year=year)
            target.value = value
            target.clean_fields()
            target.save()
        after = audit.snapshot(goal) | told_targets(goal)
        audit.record([audit.Change("update" if before else "create", goal, before, after, subject=plan)])
    return goal


def remove_goal(user: User, pk: int) -> AnnualPlan | PeriodPlan:
    """Take a goal out of a draft plan; gives the plan."""
    with audit.writing(user):
        goal = Goal.objects.select_related("annual", "period").get(pk=pk)
        plan = _held(user, goal.plan)
        audit.record([audit.Change("delete", goal, audit.snapshot(goal) | told_targets(goal), None, subject=plan)])
        goal.delete()
    return plan


def _held(user: User, plan: AnnualPlan | PeriodPlan) -> AnnualPlan | PeriodPlan:
    require_preparing(user)
    plan = type(plan).objects.select_for_update().get(pk=plan.pk)
    refuse_adopted(plan)
    return plan


def told_targets(goal: Goal) -> dict[str, str]:
    """The values by year, in the goal's own record."""
    told = "; ".join(f"{one.year}: {one.value.normalize():f}" for one in goal.targets.order_by("year"))
    return {"mức phải đạt": told}
