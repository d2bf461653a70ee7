from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khuyencong.core.history import sentences
from khuyencong.people.guard import needs
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects import queries
from khuyencong.projects.views import tabs


@needs(Permission.PROJECTS_VIEW)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One project."""
    project = queries.get(request.user, pk)
    sees_history = may(request.user, Permission.HISTORY_VIEW)
    tab = tabs.chosen(request.GET.get("tab", ""))
    context = {
        "project": project,
        "establishments": project.establishments.select_related("commune"),
        "may_edit": may(request.user, Permission.PROJECTS_EDIT),
        "history": sentences(project) if sees_history else None,
        "share": round(100 * project.support_amount / project.total_cost) if project.total_cost else None,
        "tabs": tabs.TABS,
        "tab": tab,
        "parts": tabs.filled(tab, request.user, project),
    }
    return render(request, "projects/card.html", context)
