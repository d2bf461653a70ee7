import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core import clock, drafts
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.days import read_day
from khuyencong.core.refusals import attempt, press
from khuyencong.people.guard import needs, signed_in
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.appraisal import actions
from khuyencong.projects.appraisal.forms import CouncilForm, CriterionForm, SheetForm
from khuyencong.projects.appraisal.models import AppraisalCriterion, Council, Member
from khuyencong.projects.appraisal.queries import criteria_of, criteria_on, waiting_for
from khuyencong.projects.record import queries


@needs(Permission.PROJECTS_EDIT)
def council(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the council of a project."""
    project = queries.get(request.user, pk, Permission.PROJECTS_EDIT)
    named = Council.objects.filter(project=project)
    present = named.first()
    opened = Opened(request, present, again=named.first, mark=actions.version_of)
    form = CouncilForm(project, present, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        told = (form.members(), given["decision"], given["meets_on"])
        if opened.save(form, partial(actions.name_council, request.user, pk, *told)):
            messages.success(request, _("Đã lập hội đồng thẩm định."))
            return redirect(_tab(pk))
    context = {"project": project, "form": form, "opened": opened}
    return render(request, "projects/council.html", context, status=opened.status)


@signed_in
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's own sheet. The seat is the permission: nobody else sees it before all are in."""
    seat = (
        Member.objects.filter(council__project_id=pk, user=request.user)
        .select_related("council__project__activity")
        .first()
    )
    if seat is None:
        raise PermissionDenied(_("Bạn không ở trong hội đồng thẩm định đề án này."))
    criteria = list(criteria_of(seat.council))
    opened = Opened(request, seat, mark=actions.sheet_version)
    form = SheetForm(criteria, seat, request.POST or None)
    if request.method == "POST" and form.is_valid():
        hand_in = "hand_in" in request.POST
        told = (form.points(), form.remarks(), form.cleaned_data["comment"], hand_in)
        if opened.save(form, partial(actions.save_sheet, request.user, pk, *told), "points-"):
            drafts.saved(request)
            messages.success(request, _("Đã nộp phiếu.") if hand_in else _("Đã lưu, chưa nộp."))
            return redirect("projects:sheet", pk)
    context = _sheet_context(seat, criteria, form) | {"opened": opened, "draft_key": f"sheet:{seat.pk}"}
    return render(request, "projects/sheet.html", context, status=opened.status)


@signed_in
@require_POST
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare an interest in the project."""
    press(
        request,
        lambda: actions.declare_conflict(request.user, pk, request.POST.get("reason", "")),
        _("Đã ghi nhận: bạn không chấm điểm đề án này."),
    )
    return redirect("projects:sheet", pk)


@signed_in
def my_sheets(request: HttpRequest) -> HttpResponse:
    """The sheets that wait for this person, and those they handed in."""
    handed = Member.objects.filter(user=request.user).exclude(handed_in_at=None, conflict=False)
    context = {
        "waiting": waiting_for(request.user),
        "handed": handed.select_related("council__project").order_by("-handed_in_at")[:50],
    }
    return render(request, "projects/my_sheets.html", context)


@needs(Permission.PROJECTS_VIEW)
def criteria(request: HttpRequest) -> HttpResponse:
    """The lines of the appraisal sheet as of a day; a leader changes them by taking over from a day on."""
    day = read_day(request.GET.get("day", "")) or clock.today()
    changing = may(request.user, Permission.PROJECTS_DECIDE)
    start = {"valid_from": clock.today() + dt.timedelta(days=1)}
    form = CriterionForm(request.POST if request.method == "POST" and changing else None, initial=start)
    if request.method == "POST":
        if not changing:
            raise PermissionDenied(_("Chỉ lãnh đạo đổi được tiêu chí thẩm định."))
        if form.is_valid():
            if attempt(form, lambda: actions.add_criterion(request.user, form.values())):
                messages.success(request, _("Đã ghi tiêu chí mới."))
                return redirect("projects:criteria")
    lines = list(criteria_on(day))
    context = {
        "day": day,
        "lines": lines,
        "most": sum(one.most for one in lines),
        "later": AppraisalCriterion.objects.filter(valid_from__gt=day),
        "form": form,
        "changing": changing,
    }
    return render(request, "projects/criteria.html", context)


@needs(Permission.PROJECTS_DECIDE)
@require_POST
def end_criterion(request: HttpRequest, criterion: int) -> HttpResponse:
    """Let a criterion end today."""
    get_object_or_404(AppraisalCriterion, pk=criterion)
    press(
        request,
        lambda: actions.end_criterion(request.user, criterion, clock.today()),
        _("Tiêu chí này áp dụng đến hết hôm nay."),
    )
    return redirect("projects:criteria")


def _sheet_context(seat: Member, criteria: list[AppraisalCriterion], form: SheetForm) -> dict[str, Any]:
    project = seat.council.project
    return {
        "seat": seat,
        "project": project,
        "form": form,
        "most": sum(one.most for one in criteria),
        "establishments": project.establishments.all(),
        "cost_lines": project.cost_lines.all(),
        "final": seat.handed_in_at is not None or seat.conflict,
    }


def _tab(pk: int) -> str:
    return f"{reverse('projects:card', args=[pk])}?tab=appraisal#parts"
