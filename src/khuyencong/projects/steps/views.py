import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from khuyencong.core import clock
from khuyencong.core.days import read_day
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.projects.letters.views import being_composed
from khuyencong.projects.lifecycle.table import BY_NAME, State
from khuyencong.projects.proposal.queries import read_estimate
from khuyencong.projects.record import queries
from khuyencong.projects.record import wording as record_wording
from khuyencong.projects.record.models import Project, Step
from khuyencong.projects.steps import wording
from khuyencong.projects.steps.actions import AlreadyTaken, Refused, take_step
from khuyencong.projects.steps.forms import StepForm
from khuyencong.projects.steps.outlook import Outlook, outlook


@needs(Permission.PROJECTS_VIEW)
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step of a project: what it asks, what it does; and taking it. What was typed is never lost."""
    if name not in BY_NAME:
        raise Http404
    project = queries.get(request.user, pk)
    transition = BY_NAME[name]
    if request.method != "POST":
        day = read_day(request.GET.get("day", "")) or clock.today()
        form = StepForm(project, transition, initial={"day": day})
        return render(request, "projects/step.html", _context(request, project, form, day, name))
    form = StepForm(project, transition, request.POST)
    already = ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            taken = take_step(request.user, pk, name, given["reason"], given["day"], seen=given["seen"])
        except AlreadyTaken as told:
            already = str(told)
        except Refused as refused:
            for sentence in wording.refusals(refused.verdict, refused.obstacles):
                form.add_error(None, sentence)
        else:
            messages.success(request, _done(taken))
            return redirect("projects:card", pk)
    project = queries.get(request.user, pk)
    day = form.cleaned_data.get("day") or clock.today()
    context = _context(request, project, form, day, name) | {"already": already}
    return render(request, "projects/step.html", context, status=409 if already else 200)


def _context(request: HttpRequest, project: Project, form: StepForm, day: dt.date, name: str) -> dict[str, Any]:
    read_estimate(project)
    look: Outlook = outlook(request.user, project, name, day, clock.today())
    return {
        "project": project,
        "form": form,
        "look": look,
        "label": wording.step_label(name),
        "target": record_wording.state_label(look.transition.target),
        "sources": [record_wording.state_label(one) for one in State if one in look.transition.sources],
        "whose": wording.ACTORS[look.transition.actor],
        "effect": wording.effect(look.transition, project),
        "basis": wording.basis(look.following.rule),
        "next_label": wording.step_label(look.following.step.name) if look.following.step else "",
        "next_whose": wording.ACTORS[look.following.step.actor] if look.following.step else "",
    }


def _done(taken: Step) -> str:
    told = _("Đã ghi bước “%(step)s”. Đề án nay ở trạng thái “%(state)s”.") % {
        "step": wording.step_label(taken.transition),
        "state": taken.get_target_display(),
    }
    return " ".join([told, *(being_composed(letter.kind) for letter in taken.letters.all())])
