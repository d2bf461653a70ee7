from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from khuyencong.core import clock, drafts
from khuyencong.core.addresses import number_in, year_in
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.files.stored import picture, shown
from khuyencong.core.history import sentences
from khuyencong.core.refusals import attempt, press
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.record import queries as projects
from khuyencong.supervision import actions, queries, wording
from khuyencong.supervision.forms import (
    AnswersForm,
    DoneForm,
    FindingForm,
    PhotoForm,
    PlanForm,
    RemedyForm,
    VisitForm,
)
from khuyencong.supervision.listing import visit_list
from khuyencong.supervision.models import Finding, InspectionPlan, Photo, Visit


@needs(Permission.SUPERVISION_VIEW)
def home(request: HttpRequest) -> HttpResponse:
    """What waits, what is overdue, the visits of the year."""
    today = clock.today()
    year = year_in(request.GET.get("year")) or today.year
    open_findings = queries.findings(request.user).exclude(state=Finding.State.CLOSED)
    context = {
        "year": year,
        "today": today,
        "plan": InspectionPlan.objects.filter(year=year).select_related("drafted_by", "approved_by").first(),
        "list": visit_list(request.user, year, today).show(request.GET),
        "findings": open_findings,
        "late": [one for one in open_findings if one.deadline < today],
        "inspecting": queries.may_inspect(request.user),
        "approving": may(request.user, Permission.SUPERVISION_APPROVE),
    }
    return render(request, "supervision/home.html", context)


@needs(Permission.SUPERVISION_EDIT)
def plan(request: HttpRequest) -> HttpResponse:
    """Draft the plan of a year from the risks."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        year, number = form.cleaned_data["year"], form.cleaned_data["number"]
        if attempt(form, lambda: actions.draft_plan(request.user, year, number), denied=True):
            messages.success(request, _("Đã soạn kế hoạch kiểm tra năm %(year)s, chờ lãnh đạo duyệt.") % {"year": year})
            return redirect(f"{reverse('supervision:home')}?year={year}")
    today = clock.today()
    proposal = queries.proposal(request.user, today.year, 10, today)
    rows = [(project, choice.score, wording.parts(choice.score), choice.by_chance) for project, choice in proposal]
    return render(request, "supervision/plan.html", {"form": form, "rows": rows})


@needs(Permission.SUPERVISION_APPROVE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the plan of a year."""
    found = get_object_or_404(InspectionPlan, pk=pk)
    press(
        request,
        lambda: actions.approve_plan(request.user, pk, request.POST.get("decision", "")[:100]),
        _("Đã duyệt kế hoạch kiểm tra năm %(year)s.") % {"year": found.year},
    )
    return redirect("supervision:home")


@needs(Permission.SUPERVISION_VIEW)
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One inspection: filled in on the spot by the inspector, read by the others."""
    found = queries.get_visit(request.user, pk)
    working = queries.may_inspect(request.user) and found.state == Visit.State.PLANNED
    items = list(queries.checklist(clock.today()))
    form = AnswersForm(found, items, request.POST if request.method == "POST" else None)
    done = DoneForm(request.POST if "finish" in request.POST else None)
    opened = Opened(request, found, mark=actions.version_of)
    if request.method == "POST":
        if not working:
            raise PermissionDenied(_("Chỉ cán bộ kiểm tra ghi được, khi lần kiểm tra chưa xong."))
        if form.is_valid() and ("finish" not in request.POST or done.is_valid()):
            said = _save_visit(request, pk, form, done, opened)
            if said:
                drafts.saved(request)
                messages.success(request, said)
                return redirect("supervision:visit", pk)
    context = {
        "visit": queries.get_visit(request.user, pk),
        "project": found.project,
        "form": form,
        "opened": opened,
        "done": done,
        "working": working,
        "answers": found.answers.select_related("item").order_by("item__position"),
        "photos": found.photos.all(),
        "photo_form": PhotoForm(),
        "findings": found.findings.all(),
        "risk": wording.stored_parts(found.risk_parts),
        "history": sentences(found.project) if may(request.user, Permission.HISTORY_VIEW) else None,
        "draft_key": f"visit:{pk}",
    }
    return render(request, "supervision/visit.html", context, status=opened.status)


def _save_visit(request: HttpRequest, pk: int, form: AnswersForm, done: DoneForm, opened: Opened) -> str:
    """What was answered is kept even when the visit cannot be finished yet; what to tell, nothing when refused."""
    conclusion = form.cleaned_data["conclusion"]
    keep = partial(actions.save_answers, request.user, pk, form.answers(), conclusion, form.place())
    if not opened.save(form, keep):
        return ""
    if "finish" not in request.POST:
        return _("Đã lưu.")
    opened.renew()
    finished = attempt(form, partial(actions.finish_visit, request.user, pk, done.cleaned_data["done_on"]))
    return _("Đã xong; biên bản đã lập.") if finished else ""


@needs(Permission.SUPERVISION_EDIT)
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a visit, give it to somebody else, call it off."""
    found = queries.get_visit(request.user, pk)
    opened = Opened(request, found)
    form = VisitForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        told = (given["planned_for"], given["inspector"], given["cancelled"])
        if opened.save(form, partial(actions.change_visit, request.user, pk, *told)):
            messages.success(request, _("Đã lưu."))
            return redirect("supervision:visit", pk)
    context = {"form": form, "project": found.project, "visit": found, "opened": opened}
    return render(request, "supervision/visit_form.html", context, status=opened.status)


@needs(Permission.SUPERVISION_EDIT)
def add(request: HttpRequest, project: int) -> HttpResponse:
    """Put an inspection of a project into the calendar; ``again`` names the finding to look at again."""
    found = projects.get(request.user, project, Permission.SUPERVISION_VIEW)
    again = number_in(request.GET.get("again"))
    finding = queries.get_finding(request.user, again) if again else None
    likely = {"planned_for": clock.today(), "inspector": request.user.pk}
    form = VisitForm(None, request.POST or None, initial=likely)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if done := attempt(
            form, lambda: actions.plan_visit(request.user, found, given["planned_for"], given["inspector"], finding)
        ):
            messages.success(request, _("Đã lên lịch kiểm tra."))
            return redirect("supervision:visit", done.result.pk)
    return render(request, "supervision/visit_form.html", {"form": form, "project": found, "finding": finding})


@needs(Permission.SUPERVISION_EDIT)
@require_POST
def photo_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the photos, all or none."""
    queries.get_visit(request.user, pk)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        files, caption = form.cleaned_data["files"], form.cleaned_data["caption"]
        told = ngettext("Đã thêm %(n)s ảnh.", "Đã thêm %(n)s ảnh.", len(files)) % {"n": len(files)}
        press(request, lambda: actions.add_photos(request.user, pk, files, caption), told)
    else:
        messages.error(request, " ".join(message for found in form.errors.values() for message in found))
    return redirect(f"{reverse('supervision:visit', args=[pk])}#photos")


@needs(Permission.SUPERVISION_VIEW)
def photo(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """A photo, without what the camera told of the place."""
    one = _photo(request, pk, photo)
    return picture(one.file, one.copy, *_name_and_type(one))


@needs(Permission.ORIGINALS_VIEW)
def original(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """A photo to the byte, as evidence."""
    one = _photo(request, pk, photo)
    return shown(one.file, *_name_and_type(one))


def _photo(request: HttpRequest, pk: int, photo: int) -> Photo:
    found = Photo.objects.filter(visit=queries.get_visit(request.user, pk), pk=photo).first()
    if found is None:
        raise Http404
    return found


def _name_and_type(photo: Photo) -> tuple[str, str]:
    png = photo.file.name.endswith(".png")
    return f"anh-{photo.pk}{'.png' if png else '.jpg'}", "image/png" if png else "image/jpeg"


@needs(Permission.SUPERVISION_EDIT)
def finding_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Record something wrong."""
    found = queries.get_visit(request.user, pk)
    form = FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: actions.add_finding(request.user, pk, form.cleaned_data)):
            messages.success(request, _("Đã ghi phát hiện. Quá hạn khắc phục, đề án không được chi tiếp."))
            return redirect("supervision:visit", pk)
    return render(request, "supervision/finding_form.html", {"form": form, "visit": found, "project": found.project})


@needs(Permission.SUPERVISION_VIEW)
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: reported as remedied by the officer in charge, closed by the inspector."""
    found = queries.get_finding(request.user, pk)
    form = RemedyForm(request.POST if "remedy" in request.POST else None)
    if request.method == "POST" and "close" in request.POST:
        told = _("Đã đóng phát hiện; việc chi không còn bị chặn vì phát hiện này.")
        if press(request, lambda: actions.close_finding(request.user, pk), told):
            return redirect("supervision:finding", pk)
    elif request.method == "POST" and form.is_valid():
        note = form.cleaned_data["remedy_note"]
        if attempt(form, lambda: actions.report_remedy(request.user, pk, note)):
            messages.success(request, _("Đã báo khắc phục; chờ cán bộ kiểm tra xem lại."))
            return redirect("supervision:finding", pk)
    context: dict[str, Any] = {
        "finding": found,
        "project": found.visit.project,
        "form": form,
        "today": clock.today(),
        "inspecting": queries.may_inspect(request.user),
        "remedying": may(request.user, Permission.PROJECTS_DRAFT) and found.state != Finding.State.CLOSED,
    }
    return render(request, "supervision/finding.html", context)


@needs(Permission.SUPERVISION_VIEW)
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """The inspections of one project: a part of the project's page."""
    found = projects.get(request.user, pk, Permission.SUPERVISION_VIEW)
    context = {
        "project": found,
        "visits": queries.visits(request.user).filter(project=found),
        "findings": queries.findings(request.user).filter(visit__project=found),
        "inspecting": queries.may_inspect(request.user),
        "today": clock.today(),
    }
    template = "supervision/project_part.html" if request.htmx else "supervision/project.html"
    return render(request, template, context)
