from functools import partial

from django.contrib import messages
from django.db.models import Sum, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.history import sentences
from khuyencong.core.refusals import attempt
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.planning.actions.adopt import adopt_period
from khuyencong.planning.actions.locking import may_prepare
from khuyencong.planning.actions.periods import adjust_period, save_period, version_of
from khuyencong.planning.forms.decision import DecisionForm, ReasonForm
from khuyencong.planning.forms.period import PeriodForm
from khuyencong.planning.models import PeriodPlan
from khuyencong.planning.queries import plans as queries


@needs(Permission.PROJECTS_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """The plans of periods, the latest first."""
    plans = (
        PeriodPlan.objects.select_related("adjusted")
        .annotate(money=Sum("budgets__amount"))
        .order_by("-first_year", "pk")
    )
    context = {"plans": plans, "drafting": may(request.user, Permission.PLAN_DRAFT)}
    return render(request, "planning/periods.html", context)


@needs(Permission.PROJECTS_VIEW)
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of a period: priorities, money, contents, goals, and the plans of its years."""
    found = queries.get_period(pk)
    budgets = list(found.budgets.select_related("programme"))
    contents = list(found.contents.select_related("activity"))
    sums = queries.sums_by_plan()
    years = list(found.years.order_by("year"))
    context = {
        "plan": found,
        "budgets": budgets,
        "money": sum(one.amount for one in budgets),
        "contents": contents,
        "contents_projects": sum(one.projects for one in contents),
        "contents_amount": sum(one.amount for one in contents),
        "areas": [line.strip() for line in found.areas.splitlines() if line.strip()],
        "goals": queries.goals_of(found),
        "goal_years": range(found.first_year, found.last_year + 1),
        "basis": queries.basis_of(found, clock.today()),
        "years": [(one, sums[one.pk]) for one in years if one.pk in sums],
        "years_amount": sum(sums[one.pk].amount for one in years if one.pk in sums),
        "years_disbursed": sum(sums[one.pk].disbursed for one in years if one.pk in sums),
        "preparing": may_prepare(request.user) and not found.adopted,
        "adjusting": may_prepare(request.user) and found.adopted and found.adjustment is None,
        "rows": queries.adjusted_by(found) if found.replaces_id else [],
        "deciding": may(request.user, Permission.PLAN_EDIT) and not found.adopted,
        "history": sentences(found) if may(request.user, Permission.HISTORY_VIEW) else None,
    }
    return render(request, "planning/period.html", context)


@needs(Permission.PROJECTS_VIEW)
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Draft the plan of a period, or change the draft."""
    found = queries.get_period(pk) if pk else None
    if not may_prepare(request.user) or (found is not None and found.adopted):
        return redirect("planning:period", pk) if pk else redirect("planning:periods")
    if found is not None:
        prefetch_related_objects([found], "budgets", "contents")
    opened = Opened(request, found, mark=version_of)
    form = PeriodForm(found, clock.today(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        if done := opened.save(form, partial(save_period, request.user, pk, form.content())):
            messages.success(request, _("Đã lưu dự thảo kế hoạch giai đoạn."))
            return redirect("planning:period", done.result.pk)
    context = {"form": form, "plan": found, "opened": opened}
    return render(request, "planning/period_form.html", context, status=opened.status)


@needs(Permission.PROJECTS_VIEW)
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the adjustment of an adopted plan."""
    found = queries.get_period(pk)
    if not may_prepare(request.user) or not found.adopted or found.adjustment is not None:
        return redirect("planning:period", pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if done := attempt(form, lambda: adjust_period(request.user, pk, form.cleaned_data["reason"])):
            messages.success(request, _("Đã lập dự thảo điều chỉnh, giống kế hoạch đang có; hãy sửa những gì cần đổi."))
            return redirect("planning:period_edit", done.result.pk)
    return render(request, "planning/period_adjust.html", {"form": form, "plan": found})


@needs(Permission.PLAN_EDIT)
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the plan of a period in force."""
    found = queries.get_period(pk)
    if found.adopted:
        return redirect("planning:period", pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: adopt_period(request.user, pk, form.decision_given()), denied=True):
            messages.success(request, _("Đã ban hành kế hoạch giai đoạn."))
            return redirect("planning:period", pk)
    basis = queries.basis_of(found, clock.today())
    return render(request, "planning/period_adopt.html", {"form": form, "plan": found, "basis": basis})
