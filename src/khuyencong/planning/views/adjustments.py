from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.refusals import attempt, press
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.planning.actions import adjustments as actions
from khuyencong.planning.forms.adjustment import AdjustmentForm
from khuyencong.planning.forms.decision import DecisionForm
from khuyencong.planning.models import PlanAdjustment, PlanState
from khuyencong.planning.queries import plans as queries
from khuyencong.planning.queries.adjustments import told
from khuyencong.planning.rules.changes import Changes


@needs(Permission.PROJECTS_VIEW)
def adjustment(request: HttpRequest, pk: int) -> HttpResponse:
    """An adjustment: what it changes and why; a leader adopts it here."""
    found = get_object_or_404(PlanAdjustment.objects.select_related("plan", "drafted_by", "adopted_by"), pk=pk)
    draft = found.state == PlanState.DRAFT
    deciding = draft and may(request.user, Permission.PLAN_EDIT)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: actions.adopt_adjustment(request.user, pk, form.decision_given())):
            messages.success(request, _("Đã ban hành điều chỉnh; kế hoạch có bản mới."))
            return redirect("planning:plan", found.plan.year)
    context = {
        "adjustment": found, "plan": found.plan, "rows": told(found) if draft else [], "form": form,
        "deciding": deciding, "drafting": draft and may(request.user, Permission.PLAN_DRAFT),
    }  # fmt: skip
    return render(request, "planning/adjustment.html", context)


@needs(Permission.PLAN_DRAFT)
def edit(request: HttpRequest, year: int | None = None, pk: int | None = None) -> HttpResponse:
    """Draft an adjustment of an adopted plan, or change the draft."""
    present = get_object_or_404(PlanAdjustment.objects.select_related("plan"), pk=pk) if pk else None
    plan = present.plan if present else queries.get_plan(year or 0)
    if not plan.adopted:
        return redirect("planning:plan", plan.year)
    open_one = plan.adjustments.filter(state=PlanState.DRAFT).first()
    if open_one is not None and present is None:
        return redirect("planning:adjustment_edit", open_one.pk)
    if present is not None and present.state != PlanState.DRAFT:
        return redirect("planning:adjustment", present.pk)
    kept = Changes.read(present.changes) if present else Changes()
    initial = {"reason": present.reason} if present else {}
    form = AdjustmentForm(plan, kept, request.POST or None, initial=initial)
    opened = Opened(request, present)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        draft = partial(actions.draft_adjustment, request.user, plan.pk, pk, reason, form.changes())
        if done := opened.save(form, draft):
            messages.success(request, _("Đã lưu dự thảo điều chỉnh, chờ lãnh đạo ban hành."))
            return redirect("planning:adjustment", done.result.pk)
    context = {"form": form, "plan": plan, "adjustment": present, "opened": opened}
    return render(request, "planning/adjustment_form.html", context, status=opened.status)


@needs(Permission.PLAN_DRAFT)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = get_object_or_404(PlanAdjustment.objects.select_related("plan"), pk=pk)
    press(request, lambda: actions.discard_adjustment(request.user, pk), _("Đã bỏ dự thảo điều chỉnh."))
    return redirect("planning:plan", found.plan.year)
