from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core import clock, drafts
from khuyencong.core.addresses import number_in, numbers_in
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.refusals import attempt
from khuyencong.establishments import queries as establishments
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import BY_NAME
from khuyencong.projects.papers.queries import papers_of
from khuyencong.projects.papers.wording import paper_label
from khuyencong.projects.proposal import actions, wording
from khuyencong.projects.proposal import queries as checks
from khuyencong.projects.proposal.forms.editor import Editor, begun_from
from khuyencong.projects.record import queries
from khuyencong.projects.record.authors import may_change
from khuyencong.projects.record.models import Project
from khuyencong.projects.survey import queries as surveys
from khuyencong.projects.survey.models import Survey

# Buttons that work on the page and save nothing: they are there for browsers without scripts.
_ON_THE_PAGE = ("find", "rows", "pick", "drop")
# Offered while one writes the unit of a line; any other can be written.
_UNITS = ("cái", "bộ", "máy", "hệ thống", "dây chuyền", "m²", "kg", "tấn", "gói", "lớp", "người", "lần")


@needs(Permission.PROJECTS_DRAFT)
def propose(request: HttpRequest) -> HttpResponse:
    """Begin a project, from a survey, from an establishment or from nothing."""
    survey, begun = _begun(request)
    if survey is not None and survey.project_id is not None:
        messages.info(request, _("Khảo sát này đã có đề án lập từ nó."))
        return redirect("projects:card", survey.project_id)
    editor = Editor(request.user, clock.today(), request.POST or None, begun=begun)
    if request.method == "POST" and not _only_on_the_page(request) and editor.is_valid():
        if done := attempt(
            editor.form, lambda: actions.propose(request.user, editor.content(), survey.pk if survey else None)
        ):
            return _saved(request, done.result, _("Đã lập đề án số %(code)s.") % {"code": done.result.code})
    key = f"proposal:new:survey-{survey.pk}" if survey else "proposal:new"
    return _page(request, editor, key, survey=survey)


@needs(Permission.PROJECTS_DRAFT)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a proposal while it may be changed."""
    project = queries.get(request.user, pk, Permission.PROJECTS_DRAFT)
    if request.method != "POST" and not may_change(request.user, project):
        messages.info(request, wording.not_editable(project, typed=False))
        return redirect("projects:card", pk)
    checks.read_estimate(project)
    opened = Opened(request, project, mark=actions.version_of, told=wording.changed_meanwhile())
    editor = Editor(request.user, clock.today(), request.POST or None, project)
    if request.method == "POST" and not _only_on_the_page(request) and editor.is_valid():
        if done := opened.save(editor.form, partial(actions.change_proposal, request.user, pk, editor.content())):
            return _saved(request, done.result, _("Đã lưu."))
    return _page(request, editor, f"proposal:{pk}", opened.status, project=project, opened=opened)


@needs(Permission.PROJECTS_DRAFT)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """While one types: what the law says, what the sums say, what is still missing."""
    editor = _typed(request)
    context = _checked(editor) | {"editor": editor, "swapped": editor.form.options_of != request.POST.get("options_of")}
    return render(request, "projects/proposal_check.html", context)


@needs(Permission.PROJECTS_DRAFT)
@require_POST
def picks(request: HttpRequest) -> HttpResponse:
    """While one looks for establishments: those that were picked, and those that the words find."""
    return render(request, "projects/proposal_picks.html", {"editor": _typed(request), **_found(request)})


def _typed(request: HttpRequest) -> Editor:
    key = number_in(request.POST.get("project"))
    project = queries.get(request.user, key, Permission.PROJECTS_DRAFT) if key else None
    return Editor(request.user, clock.today(), request.POST, project)


def _begun(request: HttpRequest) -> tuple[Survey | None, Any]:
    """The survey that it comes from, and what the form begins with."""
    told = {name: number_in(text) for name in ("survey", "establishment") if (text := request.GET.get(name))}
    if None in told.values():
        raise Http404
    survey, first = (
        get(request.user, told[name], Permission.PROJECTS_DRAFT) if name in told else None
        for name, get in (("survey", surveys.get), ("establishment", establishments.get))
    )
    return survey, begun_from(survey, first, request.user, clock.today())


def _only_on_the_page(request: HttpRequest) -> bool:
    return any(name in request.POST for name in _ON_THE_PAGE)


def _page(request: HttpRequest, editor: Editor, draft_key: str, status: int = 200, **context: Any) -> HttpResponse:
    searched = _found(request) if "find" in request.POST else {}
    context |= (
        {"editor": editor, "form": editor.form, "draft_key": draft_key, "units": _UNITS} | _checked(editor) | searched
    )
    if _only_on_the_page(request):
        for part in (editor.form, *editor.lines, *editor.blended):
            part.errors.clear()  # nobody asked for anything to be saved yet
    return render(request, "projects/proposal.html", context, status=status)


def _checked(editor: Editor) -> dict[str, Any]:
    asked = editor.asked()
    today = clock.today()
    variants = {code: name for code, name in editor.form.options.variants if code}
    found = checks.check(asked, today, variants) if asked else None
    papers = papers_of(editor.project) if editor.project else frozenset()
    return {
        "check": found,
        "against": wording.against_ceiling(found.support, found.ceiling.amount)
        if found and found.ceiling.amount is not None and found.support
        else "",
        "balance": wording.balance(editor.costs, editor.sources) if editor.costs or editor.sources else "",
        "balanced": editor.costs == editor.sources,
        "papers": [(paper_label(kind), kind in papers) for kind in BY_NAME["submit"].papers],
    }


def _found(request: HttpRequest) -> dict[str, Any]:
    text = request.POST.get("words", "").strip()
    but = numbers_in(request.POST.getlist("beneficiaries"))
    return {"words": text, "found": list(checks.find(request.user, text, but)) if text else None}


def _saved(request: HttpRequest, project: Project, told: str) -> HttpResponse:
    drafts.saved(request)
    messages.success(request, told)
    if "stay" in request.POST:
        return redirect("projects:proposal", project.pk)
    return redirect(f"{reverse('projects:card', args=[project.pk])}?tab=file")
