from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from khuyencong.core import jobs
from khuyencong.core.files import downloads
from khuyencong.core.files.intake import UploadField
from khuyencong.core.files.stored import whole
from khuyencong.core.refusals import attempt, press
from khuyencong.people.guard import needs
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.letters import background
from khuyencong.projects.letters.actions import orders
from khuyencong.projects.letters.actions import templates as own_templates
from khuyencong.projects.letters.catalogue import KINDS
from khuyencong.projects.letters.fields import listed
from khuyencong.projects.letters.models import LetterTemplate
from khuyencong.projects.letters.render import builtin
from khuyencong.projects.record import queries
from khuyencong.projects.record.models import Project


class TemplateForm(forms.Form):
    """A Word file to use as the template of one kind of letter."""

    file = UploadField(
        intake=own_templates.TEMPLATES,
        label=gettext_lazy("Tệp Word (.docx)"),
        help_text=gettext_lazy("Nhiều nhất 5 MB. Hãy sửa từ mẫu đang dùng để giữ đúng tên các trường."),
    )


def card(user: User, project: Project) -> dict[str, Any]:
    """The letters of a project, each with whether its file is as it was produced, and those that can be made now.

    Of those that are still being composed: how long to wait before looking again, or why it came to nothing.
    """
    editing = may(user, Permission.PROJECTS_EDIT)
    letters = list(project.letters.select_related("produced_by").order_by("-pk"))
    ordered = [one for one in letters if not one.file]
    failed = {pk: job for pk, job in background.jobs_of(ordered).items() if not job.is_open}
    under_way = [one.produced_at for one in ordered if one.pk not in failed]
    return {
        "letters": [
            {
                "letter": one,
                "kind": KINDS[one.kind].name,
                "failed": failed.get(one.pk),
                "whole": bool(one.file) and whole(one.file, one.sha256),
            }
            for one in letters
        ],
        "editing": editing,
        "look_again": jobs.look_again(min(under_way), most=60) if under_way else 0,
        "possible": [
            (code, kind.name) for code, kind in KINDS.items() if editing and not orders.not_now(project, code)
        ],
    }


@needs(Permission.PROJECTS_VIEW)
def letter(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """A letter, as it was produced."""
    project = queries.get(request.user, pk)
    found = project.letters.filter(pk=letter).first()
    if found is None:
        raise Http404
    if not found.file:
        messages.info(
            request, _("%(kind)s đang được soạn; xin đợi ít phút rồi tải.") % {"kind": KINDS[found.kind].name}
        )
        return _to_letters(pk)
    return downloads.download(found.file.read(), f"{found.kind}-{found.day:%Y}-{found.number:02d}.docx")


@needs(Permission.PROJECTS_EDIT)
@require_POST
def make(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Make a letter by hand."""
    project = queries.get(request.user, pk, Permission.PROJECTS_EDIT)
    if kind not in KINDS:
        raise Http404
    if done := press(request, lambda: orders.make_letter(request.user, project.pk, kind)):
        messages.success(request, being_composed(done.result.kind))
    return _to_letters(pk)


@needs(Permission.PROJECTS_EDIT)
@require_POST
def compose_again(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """Try once more to compose a letter that could not be composed."""
    project = queries.get(request.user, pk, Permission.PROJECTS_EDIT)
    found = project.letters.filter(pk=letter).first()
    if found is None:
        raise Http404
    background.begin(request.user, found.pk)
    return _to_letters(pk)


def being_composed(kind: str) -> str:
    """What is said when a letter was ordered."""
    return _("Hệ thống đang soạn “%(kind)s”; tải về ở mục Hồ sơ của đề án.") % {"kind": KINDS[kind].name}


def _to_letters(pk: int) -> HttpResponse:
    return redirect(f"{reverse('projects:card', args=[pk])}?tab=file#letters")


@needs(Permission.PROJECTS_EDIT)
def templates(request: HttpRequest) -> HttpResponse:
    """Which template each kind of letter is made from."""
    own = {one.kind: one for one in LetterTemplate.objects.filter(active=True).select_related("uploaded_by")}
    rows = [(code, kind.name, own.get(code)) for code, kind in KINDS.items()]
    return render(request, "projects/letter_templates.html", {"rows": rows})


@needs(Permission.PROJECTS_EDIT)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The template of one kind: take it, replace it, see the fields it may use."""
    if kind not in KINDS:
        raise Http404
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "builtin" in request.POST:
        own_templates.use_builtin(request.user, kind)
        messages.success(request, _("Đã dùng lại mẫu đi kèm phần mềm."))
        return redirect("projects:letter_template", kind)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"].file
        replace = partial(own_templates.replace_template, request.user, kind, upload.name, upload.read())
        if attempt(form, replace, field="file"):
            messages.success(request, _("Từ nay văn bản này được lập theo mẫu mới."))
            return redirect("projects:letter_template", kind)
    history = LetterTemplate.objects.filter(kind=kind).select_related("uploaded_by")
    context = {
        "kind": kind,
        "name": KINDS[kind].name,
        "own": history.filter(active=True).first(),
        "history": history.filter(active=False),
        "form": form,
        "fields": listed(),
    }
    return render(request, "projects/letter_template.html", context)


@needs(Permission.PROJECTS_EDIT)
def template_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The template in use, to be worked on."""
    if kind not in KINDS:
        raise Http404
    own = LetterTemplate.objects.filter(kind=kind, active=True).first()
    return downloads.download(own.file.read() if own else builtin(kind), f"mau-{kind}.docx")
