"""The plan of a year as a draft: begun, its money and its legal basis."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit, changed_meanwhile, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.law.models import LegalDocument
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.planning.actions.locking import locked_draft
from khuyencong.planning.models import AnnualPlan, PeriodPlan, PlanBudget


@dataclass(frozen=True)
class Money:
    """Money of one source: a fund, or (``blended``) another programme by its code."""

    source: str
    amount: int
    programme: str = ""


@dataclass(frozen=True)
class Content:
    """What is said of a draft plan beside its lines and goals."""

    period: PeriodPlan | None = None
    budgets: tuple[Money, ...] = ()
    basis: tuple[LegalDocument, ...] = ()
    note: str = ""


def draft_plan(user: User, year: int, content: Content) -> AnnualPlan:
    """Begin the plan of a year."""
    with audit.writing(user):
        require(user, Permission.PLAN_DRAFT)
        audit.alone()
        if AnnualPlan.objects.filter(year=year).exists():
            raise ValidationError({"year": _("Năm %(year)s đã có kế hoạch.") % {"year": year}})
        plan = AnnualPlan(year=year, drafted_by=user, drafted_at=clock.now())
        _fill(plan, content)
        audit.record([audit.Change("draft", plan, None, audit.snapshot(plan))])
        audit.record(write_budgets(plan, content.budgets))
    return plan


def version_of(plan: AnnualPlan) -> str:
    """A mark of what the form of a draft says, its money with it."""
    return changed_meanwhile.version_of(plan, plan.budgets.order_by("pk"))


def change_plan(user: User, pk: int, content: Content, version: str | None = None) -> AnnualPlan:
    """Change the money, the legal basis and the notes of a draft. Raises ValidationError, ChangedMeanwhile."""
    with audit.writing(user):
        plan = locked_draft(user, pk)
        unchanged(plan, version, version_of)
        before = audit.snapshot(plan)
        _fill(plan, content)
        audit.record([audit.Change("update", plan, before, audit.snapshot(plan))])
        audit.record(write_budgets(plan, content.budgets))
    return plan


def write_budgets(plan: AnnualPlan | PeriodPlan, wanted: Iterable[Money]) -> list[audit.Change]:
    """The budgets as they are wanted; what to record of it. An amount of nothing is no budget."""
    present = {(one.source, one.programme_id or ""): one for one in plan.budgets.select_for_update()}
    asked: Mapping[tuple[str, str], int] = {(one.source, one.programme): one.amount for one in wanted if one.amount}
    found = []
    for key, amount in asked.items():
        one = present.pop(key, None)
        before = audit.snapshot(one) if one else None
        owner: dict[str, Any] = {"annual": plan} if isinstance(plan, AnnualPlan) else {"period": plan}
        one = one or PlanBudget(source=key[0], programme_id=key[1] or None, **owner)
        one.amount = amount
        one.clean_fields()
        one.save()
        found.append(audit.Change("update" if before else "create", one, before, audit.snapshot(one), subject=plan))
    for one in present.values():
        found.append(audit.Change("delete", one, audit.snapshot(one), None, subject=plan))
        PlanBudget.objects.filter(pk=one.pk).delete()
    return found


def _fill(plan: AnnualPlan, content: Content) -> None:
    plan.period, plan.note = content.period, content.note
    plan.full_clean(exclude=["drafted_by"])
    plan.save()
    plan.legal_basis.set(content.basis)
