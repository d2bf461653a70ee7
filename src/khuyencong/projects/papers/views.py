from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core.files import stored
from khuyencong.core.refusals import attempt
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.projects.papers import actions
from khuyencong.projects.papers.forms import PaperForm, ReplaceForm, WithdrawForm
from khuyencong.projects.papers.models import Attachment
from khuyencong.projects.record import queries
from khuyencong.projects.record.models import Project


@needs(Permission.PROJECTS_VIEW)
def paper(request: HttpRequest, pk: int, paper: int) -> HttpResponseBase:
    """A file as it was brought, older versions and withdrawn ones too; of a photo the picture without its place."""
    return _shown(request, pk, _paper(queries.get(request.user, pk), paper), original=False)


@needs(Permission.ORIGINALS_VIEW)
def original(request: HttpRequest, pk: int, paper: int) -> HttpResponseBase:
    """A photo to the byte, as evidence."""
    return _shown(request, pk, _paper(queries.get(request.user, pk, Permission.ORIGINALS_VIEW), paper), original=True)


def _shown(request: HttpRequest, pk: int, found: Attachment, original: bool) -> HttpResponseBase:
    if not stored.whole(found.file, found.sha256):
        messages.error(
            request,
            _("Tệp “%(name)s” trên máy chủ đã mất hoặc không còn như lúc đưa lên. Hãy báo người quản trị hệ thống.")
            % {"name": found.name},
        )
        return redirect(_tab(pk))
    if found.is_photo and not original:
        return stored.picture(found.file, found.copy, found.name, found.content_type)
    return stored.shown(found.file, found.name, found.content_type)


@needs(Permission.PROJECTS_DRAFT)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring papers."""
    project = queries.get(request.user, pk, Permission.PROJECTS_DRAFT)
    form = PaperForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")})

    def do(given: dict[str, Any]) -> str:
        made = actions.add_papers(request.user, pk, given["kind"], given["files"])
        return _("Đã đưa lên: %(names)s.") % {"names": "; ".join(one.name for one in made)}

    return _page(request, project, form, _("Đưa giấy tờ lên"), _("Đưa lên"), do)


@needs(Permission.PROJECTS_DRAFT)
def replace(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Bring a newer version of a paper."""
    project = queries.get(request.user, pk, Permission.PROJECTS_DRAFT)
    old = _paper(project, paper)
    form = ReplaceForm(request.POST or None, request.FILES or None)

    def do(given: dict[str, Any]) -> str:
        new = actions.replace_paper(request.user, pk, paper, given["file"])
        return _("“%(name)s” nay ở phiên bản %(n)s.") % {"name": new.get_kind_display(), "n": new.version}

    return _page(request, project, form, _("Thay bằng bản mới"), _("Thay"), do, old)


@needs(Permission.PROJECTS_DRAFT)
def withdraw(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Take back a paper that was brought by mistake."""
    project = queries.get(request.user, pk, Permission.PROJECTS_DRAFT)
    old = _paper(project, paper)

    def do(given: dict[str, Any]) -> str:
        actions.withdraw_paper(request.user, pk, paper, given["reason"])
        return _("Đã rút “%(name)s”.") % {"name": old.name}

    return _page(request, project, WithdrawForm(request.POST or None), _("Rút giấy tờ"), _("Rút"), do, old)


def _page(
    request: HttpRequest, project: Project, form: forms.Form, title: str, button: str, do: Any,
    old: Attachment | None = None,
) -> HttpResponse:  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: messages.success(request, do(form.cleaned_data))):
            return redirect(_tab(project.pk))
    context = {"project": project, "form": form, "title": title, "button": button, "old": old}
    return render(request, "projects/paper_form.html", context)


def _paper(project: Project, pk: int) -> Attachment:
    found = project.attachments.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _tab(pk: int) -> str:
    return f"{reverse('projects:card', args=[pk])}?tab=file#papers"
