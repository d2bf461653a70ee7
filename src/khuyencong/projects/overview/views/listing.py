from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core import clock, jobs
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.projects.overview import background
from khuyencong.projects.overview.board import board as columns_of
from khuyencong.projects.overview.listing import projects_list
from khuyencong.projects.record import wording as record_wording


@needs(Permission.PROJECTS_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """All projects: search, filters, order, sums, pages."""
    context = {"list": projects_list(request.user).show(request.GET), "view": "list", "today": clock.today()}
    return render(request, "projects/list.html", context)


@needs(Permission.PROJECTS_VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """The same projects as cards in columns, by state."""
    today = clock.today()
    columns = columns_of(request.user, request.GET, today)
    context = {
        "list": projects_list(request.user).show(request.GET),
        "columns": [(column, record_wording.state_label(column.state)) for column in columns],
        "count": sum(column.count for column in columns),
        "support": sum(column.support for column in columns),
        "view": "board",
        "today": today,
    }
    return render(request, "projects/board.html", context)


@needs(Permission.PROJECTS_VIEW)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, made into a workbook that waits for the person who asked."""
    title, query = _("Kết xuất danh sách đề án"), request.POST.get("query", "")
    return redirect("job", jobs.start(request.user, title, background.export, query=query).pk)
