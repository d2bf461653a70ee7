from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.refusals import attempt
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.projects.past import wording as past_wording
from khuyencong.projects.past.actions import records as actions
from khuyencong.projects.past.forms import ProjectForm
from khuyencong.projects.record import queries
from khuyencong.projects.record.models import Project


@needs(Permission.PROJECTS_EDIT)
def add(request: HttpRequest) -> HttpResponse:
    """Record a project that ran before this system."""
    form = ProjectForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if done := attempt(
            form,
            lambda: actions.add_project(request.user, form.values(), form.cleaned_data["beneficiaries"], form.told()),
        ):
            messages.success(request, _("Đã thêm đề án “%(title)s”.") % {"title": done.result.title})
            return redirect("projects:card", done.result.pk)
    return render(request, "projects/form.html", {"form": form, "project": None})


@needs(Permission.PROJECTS_EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrite the record of such a project; one that runs here changes step by step."""
    project = queries.get(request.user, pk, Permission.PROJECTS_EDIT)
    if not actions.is_record(project):
        messages.info(request, past_wording.runs_here())
        return redirect("projects:card", pk)
    opened = Opened(
        request,
        project,
        told=_("Người khác vừa lưu đề án này. Những gì bạn nhập vẫn còn; hãy xem lại rồi lưu lần nữa."),
    )
    form = ProjectForm(request.user, request.POST or None, instance=project)
    if request.method == "POST" and form.is_valid():
        beneficiaries = form.cleaned_data["beneficiaries"]

        def change(version: str) -> Project:
            return actions.change_project(request.user, pk, form.values(), beneficiaries, version, form.told())

        if opened.save(form, change):
            messages.success(request, _("Đã lưu."))
            return redirect("projects:card", pk)
    context = {"form": form, "project": Project.objects.get(pk=pk), "opened": opened}
    return render(request, "projects/form.html", context, status=opened.status)
