from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khuyencong.core import clock
from khuyencong.core.history import sentences
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import Transition
from khuyencong.projects.overview import tabs
from khuyencong.projects.papers.models import Attachment
from khuyencong.projects.past.actions import records as actions
from khuyencong.projects.proposal.queries import read_estimate
from khuyencong.projects.record import queries
from khuyencong.projects.record import wording as record_wording
from khuyencong.projects.record.authors import may_change
from khuyencong.projects.record.models import Project, Step
from khuyencong.projects.steps import wording
from khuyencong.projects.steps.course import Move, move_of, reason_of, stops_of
from khuyencong.projects.steps.outlook import outlook, steps_for


@needs(Permission.PROJECTS_VIEW)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One project: where it is on its way, whose move it is, its facts, its parts, its history."""
    project = queries.get(request.user, pk)
    _read(project)
    open_tabs = tabs.of(request.user)
    tab = tabs.chosen(request.GET.get("tab", ""), open_tabs)
    stops = stops_of(project)
    context = {
        "project": project,
        "stops": [(stop, record_wording.state_label(stop.state)) for stop in stops],
        "why": reason_of(project),
        "behind": sum(stop.phase == "done" for stop in stops),
        **_next(request, project),
        "establishments": project.establishments.all(),
        "share": round(100 * project.support_amount / project.total_cost) if project.total_cost else None,
        "tabs": open_tabs,
        "tab": tab,
        "parts": tabs.filled(tab, request.user, project),
        "history": sentences(project) if may(request.user, Permission.HISTORY_VIEW) else None,
    }
    return render(request, "projects/card.html", context)


def _read(project: Project) -> None:
    """Read at once what several parts of the page look at: the course, the guards of the next step, the tabs."""
    read_estimate(project)
    steps, papers = Step.objects.select_related("taken_by"), Attachment.objects.select_related("uploaded_by")
    prefetch_related_objects([project], Prefetch("steps", steps), Prefetch("attachments", papers))


def _next(request: HttpRequest, project: Project) -> dict[str, Any]:
    """The one next action, what it still wants, and the other things this person may do."""
    today = clock.today()
    move = move_of(project, today)
    look = outlook(request.user, project, move.transition.name, today, today) if move else None
    others = [one for one in steps_for(request.user, project) if move is None or one.name != move.transition.name]
    return {
        "move": move,
        "look": look,
        "step_label": _label(move),
        "whose": wording.ACTORS[move.transition.actor] if move else "",
        "basis": wording.basis(move.rule) if move else "",
        "time_left": wording.time_left(move.left) if move else "",
        "others": [(one, wording.step_label(one.name)) for one in others],
        "may_write": may_change(request.user, project),
        "may_edit": may(request.user, Permission.PROJECTS_EDIT) and actions.is_record(project),
    }


def _label(move: Move | None) -> str:
    transition: Transition | None = move.transition if move else None
    return wording.step_label(transition.name) if transition else ""
