from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.refusals import press
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.planning.actions.lines import remove_line, save_line
from khuyencong.planning.forms.plan import PlanLineForm
from khuyencong.planning.models import PlanLine
from khuyencong.planning.queries import plans as queries
from khuyencong.planning.views.plans import not_editable


@needs(Permission.PROJECTS_VIEW)
def line(request: HttpRequest, pk: int | None = None, year: int | None = None) -> HttpResponse:
    """Enter or change a line of a draft."""
    present = get_object_or_404(PlanLine.objects.select_related("plan"), pk=pk) if pk else None
    plan = present.plan if present else queries.get_plan(year or 0)
    if refusal := not_editable(request, plan):
        return refusal
    opened = Opened(request, present)
    form = PlanLineForm(request.POST or None, instance=present)
    if request.method == "POST" and form.is_valid():
        if opened.save(form, partial(save_line, request.user, plan.pk, pk, form.cleaned_data)):
            messages.success(request, _("Đã lưu dòng kế hoạch."))
            return redirect("planning:plan", plan.year)
    context = {"form": form, "line": present, "plan": plan, "opened": opened}
    return render(request, "planning/line.html", context, status=opened.status)


@needs(Permission.PROJECTS_VIEW)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line out of a draft."""
    present = get_object_or_404(PlanLine.objects.select_related("plan"), pk=pk)
    press(
        request,
        lambda: remove_line(request.user, present.plan_id, pk),
        _("Đã bỏ dòng “%(name)s”.") % {"name": present.name},
    )
    return redirect("planning:plan", present.plan.year)
