"""Changing an adopted plan: an officer drafts the adjustment, a leader adopts it, the plan gets a new version."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.law.models import ActivityType
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.planning import decisions, wording
from khuyencong.planning.actions.adopt import Decision, keep_version, refuse_decision, refuse_too_early
from khuyencong.planning.actions.locking import locked
from khuyencong.planning.actions.plans import Money, write_budgets
from khuyencong.planning.models import (
    AnnualPlan,
    Fund,
    GoalTarget,
    PlanAdjustment,
    PlanLine,
    PlanState,
)
from khuyencong.planning.rules.changes import Changes, Line, change_faults


def draft_adjustment(
    user: User, plan_pk: int, pk: int | None, reason: str, changes: Changes, version: str | None = None
) -> PlanAdjustment:
    """Draft an adjustment of an adopted plan, or change the draft. One plan has at most one at a time.

    Raises ValidationError by field, ChangedMeanwhile.
    """
    with audit.writing(user):
        require(user, Permission.PLAN_DRAFT)
        plan = locked(plan_pk)
        if not plan.adopted:
            raise ValidationError(_("Kế hoạch còn dự thảo: hãy sửa thẳng trong dự thảo."))
        if not reason.strip():
            raise ValidationError({"reason": _("Cần ghi lý do điều chỉnh.")})
        _refuse_faults(plan, changes)
        one = plan.adjustments.select_for_update().filter(state=PlanState.DRAFT).first()
        if pk is None and one is not None:
            raise ValidationError(_("Kế hoạch này đang có một dự thảo điều chỉnh; hãy sửa dự thảo đó."))
        if pk is not None and (one is None or one.pk != pk):
            raise ValidationError(_("Điều chỉnh này không còn là dự thảo."))
        unchanged(one, version)
        before = audit.snapshot(one) if one else None
        one = one or PlanAdjustment(plan=plan)
        one.reason, one.changes = reason.strip(), changes.as_json()
        one.drafted_by, one.drafted_at = user, clock.now()
        one.save()
        audit.record([audit.Change("update" if before else "draft", one, before, audit.snapshot(one), subject=plan)])
    return one


def discard_adjustment(user: User, pk: int) -> AnnualPlan:
    """Throw a draft adjustment away; gives the plan."""
    with audit.writing(user):
        require(user, Permission.PLAN_DRAFT)
        one = PlanAdjustment.objects.select_for_update().select_related("plan").get(pk=pk)
        if one.state != PlanState.DRAFT:
            raise ValidationError(_("Điều chỉnh này không còn là dự thảo."))
        audit.record([audit.Change("delete", one, audit.snapshot(one), None, subject=one.plan)])
        one.delete()
    return one.plan


def adopt_adjustment(user: User, pk: int, decision: Decision) -> PlanAdjustment:
    """Put an adjustment in force: amounts, budgets, targets, new lines; then a new version of the plan."""
    with audit.writing(user):
        require(user, Permission.PLAN_EDIT)
        plan = locked(PlanAdjustment.objects.values_list("plan", flat=True).get(pk=pk))
        one = PlanAdjustment.objects.select_for_update().get(pk=pk)
        if one.state != PlanState.DRAFT:
            raise ValidationError(_("Điều chỉnh này không còn là dự thảo."))
        decisions.ADJUSTMENT.refuse(user, one)
        refuse_decision(decision)
        refuse_too_early(plan, decision)
        changes = Changes.read(one.changes)
        _refuse_faults(plan, changes)
        before = audit.snapshot(one)
        one.state, one.adopted_by, one.adopted_at = PlanState.ADOPTED, user, clock.now()
        one.decision, one.decided_on = decision.number.strip(), decision.day
        one.save()
        audit.record([audit.Change("adopt", one, before, audit.snapshot(one), subject=plan)])
        audit.record(_apply(plan, changes))
        last = plan.versions.order_by("number").last()
        # The projects of the first version stay told; those that came since are not part of the decision.
        keep_version(user, plan, decision, one.reason, last.content.get("projects", ()) if last else ())
    return one


def _apply(plan: AnnualPlan, changes: Changes) -> list[audit.Change]:
    found = []
    kept = {(one.source, one.programme_id or ""): one.amount for one in plan.budgets.all()}
    kept |= {(fund, ""): amount for fund, amount in changes.budgets.items()}
    found += write_budgets(plan, [Money(source, amount, code) for (source, code), amount in kept.items()])
    for line in plan.lines.select_for_update().filter(pk__in=changes.amounts):
        before = audit.snapshot(line)
        line.amount = changes.amounts[line.pk]
        line.save(update_fields=["amount"])
        found.append(audit.Change("update", line, before, audit.snapshot(line), subject=plan))
    contents = ActivityType.objects.in_bulk([one.activity for one in changes.lines if one.activity])
    for new in changes.lines:
        line = PlanLine(plan=plan, fund=new.fund, activity=contents.get(new.activity), name=new.name, amount=new.amount)
        line.full_clean()
        line.save()
        found.append(audit.Change("create", line, None, audit.snapshot(line), subject=plan))
    for target in GoalTarget.objects.select_for_update().filter(goal__annual=plan, pk__in=changes.targets):
        before = audit.snapshot(target)
        target.value = changes.targets[target.pk]
        target.clean_fields()
        target.save(update_fields=["value"])
        found.append(audit.Change("update", target, before, audit.snapshot(target), subject=plan))
    return found


def _refuse_faults(plan: AnnualPlan, changes: Changes) -> None:
    lines = [Line(one.pk, one.name, one.fund, one.amount, one.committed) for one in plan.lines.all()]
    budgets = {one.source: one.amount for one in plan.budgets.filter(source__in=Fund.values)}
    faults = change_faults(lines, budgets, changes)
    if faults:
        raise ValidationError([wording.fault(one) for one in faults])
