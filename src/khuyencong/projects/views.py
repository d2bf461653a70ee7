from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from khuyencong.core.history import sentences
from khuyencong.establishments.actions import ChangedMeanwhile
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects import actions, choices, queries, sheets
from khuyencong.projects.forms import ProjectForm
from khuyencong.projects.models import Project

PAGE = 50


@needs(Permission.PROJECTS_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """All projects: search, filters, order, sums, pages."""
    filters = queries.Filters.read(request.GET)
    found = queries.listing(request.user, filters)
    shown = choices.selects(request.user, filters)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "sums": queries.sums(found),
        "filters": filters,
        "selects": shown,
        "chips": choices.chips(filters, shown),
        "heads": choices.heads(filters.sort),
    }
    return render(request, "projects/list.html", context)


@needs(Permission.PROJECTS_VIEW)
def download(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as a workbook."""
    found = queries.listing(request.user, queries.Filters.read(request.GET)).prefetch_related("establishments")
    response = HttpResponse(
        sheets.projects_workbook(found),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="de-an-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


@needs(Permission.PROJECTS_VIEW)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One project."""
    project = queries.get(request.user, pk)
    sees_history = may(request.user, Permission.HISTORY_VIEW)
    context = {
        "project": project,
        "establishments": project.establishments.select_related("commune"),
        "may_edit": may(request.user, Permission.PROJECTS_EDIT),
        "history": sentences(project) if sees_history else None,
        "share": round(100 * project.support_amount / project.total_cost) if project.total_cost else None,
    }
    return render(request, "projects/card.html", context)


@needs(Permission.PROJECTS_EDIT)
def add(request: HttpRequest) -> HttpResponse:
    """Record a project."""
    form = ProjectForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = actions.add_project(request.user, form.values(), form.cleaned_data["beneficiaries"])
        messages.success(request, _("Đã thêm đề án “%(title)s”.") % {"title": new.title})
        return redirect("projects:card", new.pk)
    return render(request, "projects/form.html", {"form": form, "project": None})


@needs(Permission.PROJECTS_EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a project."""
    project = queries.get(request.user, pk, Permission.PROJECTS_EDIT)
    version = request.POST.get("version") or actions.version_of(project)
    form = ProjectForm(request.user, request.POST or None, instance=project)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_project(request.user, pk, form.values(), form.cleaned_data["beneficiaries"], version)
        except ChangedMeanwhile:
            form.add_error(
                None, _("Người khác vừa lưu đề án này. Những gì bạn nhập vẫn còn; hãy xem lại rồi lưu lần nữa.")
            )
            version = actions.version_of(Project.objects.get(pk=pk))
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("projects:card", pk)
    context = {"form": form, "project": Project.objects.get(pk=pk), "version": version}
    return render(request, "projects/form.html", context)
