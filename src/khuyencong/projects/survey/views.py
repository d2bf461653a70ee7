from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from khuyencong.core import drafts
from khuyencong.core.changed_meanwhile import Opened
from khuyencong.core.history import sentences
from khuyencong.establishments import queries as establishments
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.survey import actions, queries
from khuyencong.projects.survey.forms import SurveyForm
from khuyencong.projects.survey.listing import survey_list
from khuyencong.projects.survey.models import Survey


@needs(Permission.PROJECTS_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """All surveys, with what became of each."""
    return render(request, "projects/surveys.html", {"list": survey_list(request.user).show(request.GET)})


@needs(Permission.PROJECTS_DRAFT)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Survey an establishment."""
    establishment = establishments.get(request.user, pk, Permission.PROJECTS_DRAFT)
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = actions.add_survey(request.user, establishment, form.values())
        return _saved(request, new)
    context = {"establishment": establishment, "survey": None, "draft_key": f"survey:new:{pk}"}
    return render(request, "projects/survey_form.html", context | {"form": form, "earlier": _earlier(pk)})


@needs(Permission.PROJECTS_VIEW)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey."""
    survey = queries.get(request.user, pk)
    context = {
        "survey": survey,
        "establishment": survey.establishment,
        "may_draft": may(request.user, Permission.PROJECTS_DRAFT, survey.establishment.commune),
        "earlier": [one for one in _earlier(survey.establishment_id) if one.pk != pk],
        "history": sentences(survey) if may(request.user, Permission.HISTORY_VIEW) else None,
    }
    return render(request, "projects/survey.html", context)


@needs(Permission.PROJECTS_DRAFT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a survey."""
    survey = queries.get(request.user, pk, Permission.PROJECTS_DRAFT)
    opened = Opened(
        request,
        survey,
        told=_("Người khác vừa lưu khảo sát này. Những gì bạn nhập vẫn còn; hãy xem lại rồi lưu lần nữa."),
    )
    form = SurveyForm(request.POST or None, instance=survey)
    if request.method == "POST" and form.is_valid():
        if done := opened.save(form, partial(actions.change_survey, request.user, pk, form.values())):
            return _saved(request, done.result)
    context = {"establishment": survey.establishment, "survey": survey, "draft_key": f"survey:{pk}"}
    return render(
        request, "projects/survey_form.html", context | {"form": form, "opened": opened}, status=opened.status
    )


def _saved(request: HttpRequest, survey: Survey) -> HttpResponse:
    drafts.saved(request)
    messages.success(request, _("Đã lưu khảo sát."))
    return redirect("projects:survey", survey.pk)


def _earlier(establishment: int) -> list[Any]:
    return list(Survey.objects.filter(establishment=establishment).select_related("project", "surveyed_by"))
