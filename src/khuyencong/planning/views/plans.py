from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.addresses import year_in
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.history import sentences
from khuyencong.core.refusals import attempt
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.planning.actions import plans as actions
from khuyencong.planning.actions.adopt import plan_problems
from khuyencong.planning.actions.locking import may_prepare
from khuyencong.planning.forms.plan import PlanForm
from khuyencong.planning.models import AnnualPlan, PlanState
from khuyencong.planning.queries import plans as queries
from khuyencong.planning.queries.plans import Sums


@needs(Permission.PROJECTS_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """The plans of all years, the latest first."""
    sums = queries.sums_by_plan()
    plans = list(queries.annual_plans())
    context = {
        "rows": [(one, sums.get(one.pk, Sums(0, 0, 0, 0))) for one in plans],
        "drafting": may(request.user, Permission.PLAN_DRAFT),
        "next_year": max([clock.today().year, *(one.year for one in plans)]) + 1,
    }
    return render(request, "planning/plans.html", context)


@needs(Permission.PROJECTS_VIEW)
def plan(request: HttpRequest, year: int) -> HttpResponse:
    """The plan of a year: its lines, goals, legal basis and versions."""
    found = queries.get_plan(year)
    today = clock.today()
    funds = queries.by_fund(found)
    budgets = list(found.budgets.select_related("programme"))
    preparing = may_prepare(request.user) and not found.adopted
    context = {
        "plan": found,
        "funds": funds,
        "sums": Sums(
            sum(one.budget or 0 for one in funds),
            *(sum(getattr(one, name) for one in funds) for name in ("amount", "committed", "disbursed")),
        ),
        "blended": [one for one in budgets if one.programme_id],
        "goals": queries.goals_of(found),
        "basis": queries.basis_of(found, today),
        "versions": list(found.versions.select_related("by").order_by("-number")),
        "adjusting": found.adjustments.filter(state=PlanState.DRAFT).first(),
        "problems": plan_problems(found) if preparing else [],
        "preparing": preparing,
        "deciding": may(request.user, Permission.PLAN_EDIT),
        "drafting": may(request.user, Permission.PLAN_DRAFT),
        "history": sentences(found) if may(request.user, Permission.HISTORY_VIEW) else None,
    }
    return render(request, "planning/plan.html", context)


@needs(Permission.PLAN_DRAFT)
def add(request: HttpRequest) -> HttpResponse:
    """Begin the plan of a year."""
    asked = year_in(request.GET.get("year"))
    initial = {"year": asked} if asked else {}
    form = PlanForm(None, clock.today(), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if done := attempt(form, lambda: actions.draft_plan(request.user, form.cleaned_data["year"], form.content())):
            messages.success(request, _("Đã lập dự thảo kế hoạch năm %(year)s.") % {"year": done.result.year})
            return redirect("planning:plan", done.result.year)
    return render(request, "planning/plan_form.html", {"form": form})


@needs(Permission.PROJECTS_VIEW)
def edit(request: HttpRequest, year: int) -> HttpResponse:
    """Change the money, the legal basis and the notes of a draft."""
    found = queries.get_plan(year)
    if refusal := not_editable(request, found):
        return refusal
    opened = Opened(request, found, mark=actions.version_of)
    form = PlanForm(found, clock.today(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        if opened.save(form, partial(actions.change_plan, request.user, found.pk, form.content())):
            messages.success(request, _("Đã lưu dự thảo kế hoạch."))
            return redirect("planning:plan", year)
    context = {"form": form, "plan": found, "opened": opened}
    return render(request, "planning/plan_form.html", context, status=opened.status)


@needs(Permission.PROJECTS_VIEW)
def version(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """A version of a plan: what it changed of the one before."""
    found = queries.get_plan(year)
    one, rows = queries.differences(found, number)
    context = {
        "plan": found, "version": one, "rows": rows, "numbers": range(1, found.versions.count() + 1),
        "intact": audit.digest(one.content) == one.sha256,
    }  # fmt: skip
    return render(request, "planning/version.html", context)


def not_editable(request: HttpRequest, plan: AnnualPlan) -> HttpResponse | None:
    """Back to the plan: once it is adopted, or for whoever only reads it."""
    if may_prepare(request.user) and not plan.adopted:
        return None
    if plan.adopted and may_prepare(request.user):
        messages.warning(request, _("Kế hoạch đã được ban hành; chỉ sửa bằng quyết định điều chỉnh."))
    return redirect("planning:plan", plan.year)
