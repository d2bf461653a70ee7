"""The plan of a period as a draft."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from khuyencong.core import audit
from khuyencong.law.models import ActivityType, LegalDocument
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.planning.actions.holding import refuse_adopted, require_preparing
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


def save_period(user: User, pk: int | None, content: Content) -> PeriodPlan:
    """Draft the plan of a period, or change the draft."""
    with transaction.atomic():
        if pk is None:
            require(user, Permission.PLAN_DRAFT)
        require_preparing(user)
        audit.lock()
        plan = PeriodPlan.objects.select_for_update().get(pk=pk) if pk else PeriodPlan(drafted_by=user)
        refuse_adopted(plan)
        before = audit.snapshot(plan) if pk else None
        for name, value in content.values.items():
            setattr(plan, name, value)
        plan.drafted_at = plan.drafted_at or timezone.now()
        plan.full_clean()
        plan.save()
        plan.industries.set(content.industries)
        plan.legal_basis.set(content.basis)
        audit.record(user, [audit.Change("update" if pk else "draft", plan, before, audit.snapshot(plan))])
        audit.record(user, write_budgets(plan, content.budgets))
        audit.record(user, _write_expected(plan, content.expected))
    return plan


def _write_expected(plan: PeriodPlan, wanted: Iterable[Expected]) -> list[audit.Change]:
    present = {(one.activity_id, one.fund): one for one in plan.contents.select_for_update()}
    found = []
    for asked in wanted:
        one = present.pop((asked.activity.pk, asked.fund), None)
        before = audit.snapshot(one) if one else None
        one = one or PeriodContent(plan=plan, activity=asked.activity, fund=asked.fund)
        one.projects, one.amount = asked.projects, asked.amount
        one.save()
        found.append(audit.Change("update" if before else "create", one, before, audit.snapshot(one), subject=plan))
    for one in present.values():
        found.append(audit.Change("delete", one, audit.snapshot(one), None, subject=plan))
        PeriodContent.objects.filter(pk=one.pk).delete()
    return found
