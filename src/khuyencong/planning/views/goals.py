from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.refusals import press
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.planning.actions.goals import remove_goal, save_goal, version_of
from khuyencong.planning.actions.locking import may_prepare
from khuyencong.planning.forms.goal import GoalForm
from khuyencong.planning.models import AnnualPlan, Goal, PeriodPlan
from khuyencong.planning.queries import plans as queries


@needs(Permission.PROJECTS_VIEW)
def add(request: HttpRequest, year: int) -> HttpResponse:
    """Set a goal of a draft plan of a year."""
    return _form(request, queries.get_plan(year), None)


@needs(Permission.PROJECTS_VIEW)
def add_to_period(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a goal of a draft plan of a period."""
    return _form(request, queries.get_period(pk), None)


@needs(Permission.PROJECTS_VIEW)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a goal of a draft."""
    goal = get_object_or_404(Goal.objects.select_related("annual", "period"), pk=pk)
    return _form(request, goal.plan, goal)


@needs(Permission.PROJECTS_VIEW)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a goal out of a draft."""
    goal = get_object_or_404(Goal.objects.select_related("annual", "period"), pk=pk)
    press(request, lambda: remove_goal(request.user, pk), _("Đã bỏ mục tiêu."))
    return redirect(address(goal.plan))


def address(plan: AnnualPlan | PeriodPlan) -> str:
    """The page of a plan."""
    if isinstance(plan, AnnualPlan):
        return reverse("planning:plan", args=[plan.year])
    return reverse("planning:period", args=[plan.pk])


def _form(request: HttpRequest, plan: AnnualPlan | PeriodPlan, goal: Goal | None) -> HttpResponse:
    if plan.adopted or not may_prepare(request.user):
        return redirect(address(plan))
    opened = Opened(request, goal, mark=version_of)
    form = GoalForm(plan, goal, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        save = partial(save_goal, request.user, plan, given["indicator"], form.targets(), form.from_where())
        if opened.save(form, save):
            messages.success(request, _("Đã lưu mục tiêu."))
            return redirect(address(plan))
    context = {"form": form, "goal": goal, "plan": plan, "back": address(plan), "opened": opened}
    return render(request, "planning/goal.html", context, status=opened.status)
