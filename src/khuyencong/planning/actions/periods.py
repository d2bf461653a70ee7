"""The plan of a period as a draft."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit, changed_meanwhile, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.law.models import ActivityType, LegalDocument
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.planning.actions.goals import told_targets
from khuyencong.planning.actions.locking import refuse_adopted, require_preparing
from khuyencong.planning.actions.plans import Money, write_budgets
from khuyencong.planning.models import PeriodContent, PeriodPlan


@dataclass(frozen=True)
class Expected:
    """How many projects of a content are expected from a fund, and for how much."""

    activity: ActivityType
    fund: str
    projects: int
    amount: int


@dataclass(frozen=True)
class Content:
    """What is said of a period plan. ``values``: its own fields; ``industries``: groups with priority."""

    values: Mapping[str, Any]
    industries: tuple[Any, ...] = ()
    budgets: tuple[Money, ...] = ()
    basis: tuple[LegalDocument, ...] = ()
    expected: tuple[Expected, ...] = ()


def version_of(plan: PeriodPlan) -> str:
    """A mark of what the form of a draft says, its money and contents with it."""
    kept = (sorted(one.all(), key=lambda each: each.pk) for one in (plan.budgets, plan.contents))
    return changed_meanwhile.version_of(plan, chain(*kept))


def save_period(user: User, pk: int | None, content: Content, version: str | None = None) -> PeriodPlan:
    """Draft the plan of a period, or change the draft. Raises ValidationError, ChangedMeanwhile."""
    with audit.writing(user):
        if pk is None:
            require(user, Permission.PLAN_DRAFT)
        require_preparing(user)
        plan = PeriodPlan.objects.select_for_update().get(pk=pk) if pk else PeriodPlan(drafted_by=user)
        refuse_adopted(plan)
        unchanged(plan if pk else None, version, version_of)
        before = audit.snapshot(plan) if pk else None
        for name, value in content.values.items():
            setattr(plan, name, value)
        plan.drafted_at = plan.drafted_at or clock.now()
        plan.full_clean()
        plan.save()
        plan.industries.set(content.industries)
        plan.legal_basis.set(content.basis)
        audit.record([audit.Change("update" if pk else "draft", plan, before, audit.snapshot(plan))])
        audit.record(write_budgets(plan, content.budgets))
        audit.record(_write_expected(plan, content.expected))
    return plan


def adjust_period(user: User, pk: int, reason: str) -> PeriodPlan:
    """Draft the adjustment of an adopted plan: a copy of all that it says, to be changed and adopted in its place."""
    with audit.writing(user):
        require_preparing(user)
        old = PeriodPlan.objects.select_for_update().get(pk=pk)
        if not old.adopted:
            raise ValidationError(_("Kế hoạch còn là dự thảo thì sửa thẳng, không cần điều chỉnh."))
        if old.adjustment is not None:
            raise ValidationError(_("Kế hoạch này đã có bản điều chỉnh."))
        if not reason.strip():
            raise ValidationError({"reason": _("Cần ghi lý do điều chỉnh.")})
        new = PeriodPlan(
            name=old.name, first_year=old.first_year, last_year=old.last_year, areas=old.areas, note=old.note,
            replaces=old, reason=reason.strip(), drafted_by=user, drafted_at=clock.now(),
        )  # fmt: skip
        new.full_clean()
        new.save()
        new.industries.set(old.industries.all())
        new.legal_basis.set(old.legal_basis.all())
        audit.record([audit.Change("draft", new, None, audit.snapshot(new)), *_copied(old, new)])
    return new


def _copied(old: PeriodPlan, new: PeriodPlan) -> Iterator[audit.Change]:
    """Money, contents and goals with their targets, each a row of its own."""
    for budget in old.budgets.all():
        budget.pk, budget._state.adding, budget.period = None, True, new
        budget.save()
        yield audit.Change("create", budget, None, audit.snapshot(budget), subject=new)
    for goal in old.goals.prefetch_related("targets"):
        targets = list(goal.targets.all())
        goal.pk, goal._state.adding, goal.period = None, True, new
        goal.save()
        for target in targets:
            target.pk, target._state.adding, target.goal = None, True, goal
            target.save()
        yield audit.Change("create", goal, None, audit.snapshot(goal) | told_targets(goal), subject=new)
    for one in old.contents.all():
        one.pk, one._state.adding, one.plan = None, True, new
        one.save()
        yield audit.Change("create", one, None, audit.snapshot(one), subject=new)


def _write_expected(plan: PeriodPlan, wanted: Iterable[Expected]) -> list[audit.Change]:
    present = {(one.activity_id, one.fund): one for one in plan.contents.select_for_update()}
    found = []
    for asked in wanted:
        one = present.pop((asked.activity.pk, asked.fund), None)
        before = audit.snapshot(one) if one else None
        one = one or PeriodContent(plan=plan, activity=asked.activity, fund=asked.fund)
        one.projects, one.amount = asked.projects, asked.amount
        one.clean_fields()
        one.save()
        found.append(audit.Change("update" if before else "create", one, before, audit.snapshot(one), subject=plan))
    for one in present.values():
        found.append(audit.Change("delete", one, audit.snapshot(one), None, subject=plan))
        PeriodContent.objects.filter(pk=one.pk).delete()
    return found
