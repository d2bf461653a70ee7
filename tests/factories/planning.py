"""One real object for each argument of the addresses of plans: this year's adopted one, next year's draft, a period."""

from decimal import Decimal

from khuyencong.core import audit, clock
from khuyencong.law.models import LegalDocument
from khuyencong.planning.models import (
    Goal,
    GoalTarget,
    PeriodPlan,
    PlanAdjustment,
    PlanBudget,
    PlanLine,
    PlanVersion,
)
from khuyencong.planning.queries.content import content_of
from tests.factories.plans import make_plan, set_budget

PLAN_SAMPLES: dict[str, dict[str, str]] = {
    "planning:plan": {"year": "plan_year"},
    "planning:edit": {"year": "draft_year"},
    "planning:version": {"year": "plan_year", "number": "version"},
    "planning:line_add": {"year": "draft_year"},
    "planning:line": {"pk": "draft_line"},
    "planning:line_remove": {"pk": "draft_line"},
    "planning:goal_add": {"year": "draft_year"},
    "planning:goal": {"pk": "goal"},
    "planning:goal_remove": {"pk": "goal"},
    "planning:adjustment_add": {"year": "plan_year"},
    "planning:adjustment": {"pk": "adjustment"},
    "planning:adjustment_edit": {"pk": "adjustment"},
    "planning:adjustment_discard": {"pk": "adjustment"},
    "planning:period": {"pk": "period"},
    "planning:period_edit": {"pk": "period"},
    "planning:period_adjust": {"pk": "period"},
    "planning:period_adopt": {"pk": "period"},
    "planning:period_goal_add": {"pk": "period"},
    "in_plan:build": {"year": "draft_year"},
    "in_plan:adopt": {"year": "draft_year"},
    "in_plan:annex": {"year": "plan_year"},
    "execution:year": {"year": "plan_year"},
}
# Plans are those of the province: everybody who sees projects may read them.
PLAN_OF_NOBODY = {"plan_year", "draft_year", "version", "draft_line", "goal", "adjustment", "period"}


def make_plan_samples(owner):
    """Sample name -> the value to put into the address."""
    year = clock.today().year
    basis = LegalDocument.objects.filter(code__in=["45-2012-nd-cp", "28-2018-tt-btc"])
    period = PeriodPlan.objects.create(
        name="Kế hoạch khuyến công giai đoạn thử", first_year=year, last_year=year + 4, areas="Xã Trùng Khánh",
        drafted_by=owner,
    )  # fmt: skip
    PlanBudget.objects.create(period=period, source="local", amount=10**9)
    GoalTarget.objects.create(
        goal=Goal.objects.create(period=period, indicator="projects_accepted"), year=year, value=Decimal(4)
    )
    plan = make_plan(year, period=period)
    set_budget(plan, local=2 * 10**9)
    for one in (plan, period):
        one.legal_basis.set(basis)
    line = plan.lines.first() or PlanLine.objects.create(plan=plan, fund="local", name="Dòng", amount=10**8)
    content = content_of(plan)
    PlanVersion.objects.create(
        plan=plan, number=1, at=clock.now(), by=owner, decision=plan.decision, decided_on=plan.decided_on,
        content=content, sha256=audit.digest(content),
    )  # fmt: skip
    adjustment = PlanAdjustment.objects.create(
        plan=plan, reason="Chuyển kinh phí giữa các nội dung.", drafted_by=owner, drafted_at=clock.now(),
        changes={"amounts": {str(line.pk): line.amount + 10**7}},
    )  # fmt: skip
    draft = make_plan(year + 1, "draft", drafted_by=owner, period=period)
    draft.legal_basis.set(basis)
    set_budget(draft, local=50_000_000)
    PlanBudget.objects.create(annual=draft, source="blended", programme_id="ocop", amount=10**8)
    draft_line = PlanLine.objects.create(plan=draft, fund="local", name="Hội chợ cấp vùng", amount=20_000_000)
    goal = Goal.objects.create(annual=draft, indicator="disbursed", baseline=Decimal(10**8), baseline_year=year)
    GoalTarget.objects.create(goal=goal, year=year + 1, value=Decimal(2 * 10**8))
    return {
        "plan_year": year,
        "draft_year": year + 1,
        "version": 1,
        "draft_line": draft_line.pk,
        "goal": goal.pk,
        "adjustment": adjustment.pk,
        "period": period.pk,
    }
