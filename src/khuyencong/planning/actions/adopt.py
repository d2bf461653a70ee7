"""Adopting a plan: checked, put in force, kept whole as a version that never changes."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.planning import decisions, wording
from khuyencong.planning.actions.locking import locked, refuse_adopted
from khuyencong.planning.models import AnnualPlan, Fund, PeriodPlan, PlanState, PlanVersion
from khuyencong.planning.queries.basis import basis_on
from khuyencong.planning.queries.content import content_of
from khuyencong.planning.rules.changes import budget_faults


@dataclass(frozen=True)
class Decision:
    """The paper that puts a plan, or a change of it, in force."""

    number: str
    day: dt.date


@dataclass(frozen=True)
class Recalled:
    """The paper of a plan that was in force before the system kept versions: its day may not be known."""

    number: str
    day: dt.date | None


def adopt_plan(user: User, pk: int, decision: Decision, projects: Iterable[Mapping[str, Any]] = ()) -> AnnualPlan:
    """Put the plan of a year in force and keep it as version 1. ``projects``: those in it, as plain values.

    Raises ValidationError with every reason why it cannot be, PermissionDenied for whoever had a hand in it.
    """
    with audit.writing(user):
        require(user, Permission.PLAN_EDIT)
        plan = locked(pk)
        refuse_adopted(plan)
        decisions.PLAN.refuse(user, plan)
        refuse_decision(decision)
        problems = plan_problems(plan) + basis_problems(plan, decision.day)
        if problems:
            raise ValidationError(problems)
        before = audit.snapshot(plan)
        plan.state = PlanState.ADOPTED
        plan.decision, plan.decided_on = decision.number.strip(), decision.day
        plan.adopted_by, plan.adopted_at = user, clock.now()
        plan.save()
        audit.record([audit.Change("adopt", plan, before, audit.snapshot(plan))])
        keep_version(user, plan, decision, "", projects)
    return plan


def adopt_period(user: User, pk: int, decision: Decision) -> PeriodPlan:
    """Put the plan of a period in force."""
    with audit.writing(user):
        require(user, Permission.PLAN_EDIT)
        plan = PeriodPlan.objects.select_for_update().get(pk=pk)
        refuse_adopted(plan)
        decisions.PERIOD.refuse(user, plan)
        refuse_decision(decision)
        if plan.replaces:
            refuse_too_early(plan.replaces, decision)
        problems = basis_problems(plan, decision.day)
        if problems:
            raise ValidationError(problems)
        before = audit.snapshot(plan)
        plan.state = PlanState.ADOPTED
        plan.decision, plan.decided_on = decision.number.strip(), decision.day
        plan.adopted_by, plan.adopted_at = user, clock.now()
        plan.save()
        audit.record([audit.Change("adopt", plan, before, audit.snapshot(plan)), *_moved(plan)])
    return plan


def _moved(plan: PeriodPlan) -> Iterator[audit.Change]:
    """The plans of the years go over to the adjusted plan of their period."""
    for year in AnnualPlan.objects.filter(period=plan.replaces) if plan.replaces_id else ():
        before = audit.snapshot(year)
        year.period = plan
        year.save(update_fields=["period"])
        yield audit.Change("follow", year, before, audit.snapshot(year))


def keep_version(
    user: User | None,
    plan: AnnualPlan,
    decision: Decision | Recalled,
    reason: str,
    projects: Iterable[Mapping[str, Any]] = (),
) -> PlanVersion:
    """Freeze what the plan says now; runs inside the adoption's own transaction."""
    content = content_of(plan, projects)
    version = PlanVersion.objects.create(
        plan=plan,
        number=plan.versions.count() + 1,
        at=clock.now(),
        by=user,
        decision=decision.number.strip(),
        decided_on=decision.day,
        reason=reason,
        content=content,
        sha256=audit.digest(content),
    )
    told = {name: value for name, value in audit.snapshot(version).items() if name != "content"}  # its hash tells it
    audit.record([audit.Change("create", version, None, told, subject=plan)])
    return version


def plan_problems(plan: AnnualPlan) -> list[str]:
    """What stands in the way of adopting the plan, whatever the day: no line, money that is not there."""
    lines = list(plan.lines.all())
    if not lines:
        return [_("Kế hoạch chưa có dòng nào.")]
    budgets = {one.source: one.amount for one in plan.budgets.filter(source__in=Fund.values)}
    faults = budget_faults(((one.fund, one.amount) for one in lines), budgets)
    empty = [_("Dòng “%(line)s” chưa ghi số tiền.") % {"line": one.name} for one in lines if one.amount <= 0]
    return empty + [wording.fault(one) for one in faults]


def basis_problems(plan: AnnualPlan | PeriodPlan, day: dt.date) -> list[str]:
    """What of the legal basis does not hold on the day of the decision, each by its number."""
    documents = list(plan.legal_basis.all())
    if not documents:
        return [_("Kế hoạch chưa có căn cứ pháp lý nào.")]
    return [
        _("Căn cứ %(document)s không dùng được cho quyết định ngày %(day)s: %(why)s.") % {
            "document": one.document, "day": date_format(day, "SHORT_DATE_FORMAT"), "why": one.words.lower(),
        }
        for one in basis_on(documents, day)
        if one.refused
    ]  # fmt: skip


def refuse_decision(decision: Decision) -> None:
    """A decision has a number and was not taken in the future."""
    if not decision.number.strip():
        raise ValidationError({"decision": _("Cần ghi số quyết định.")})
    if decision.day > clock.today():
        raise ValidationError({"decided_on": _("Ngày quyết định không thể ở tương lai.")})


def refuse_too_early(plan: AnnualPlan | PeriodPlan, decision: Decision) -> None:
    """A plan is not adjusted before it was adopted."""
    if plan.decided_on and decision.day < plan.decided_on:
        raise ValidationError({"decided_on": _("Ngày điều chỉnh không thể trước ngày ban hành kế hoạch.")})
