from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khuyencong.core import clock, jobs
from khuyencong.core.lists import chips_of
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.projects.overview import choices, sheets
from khuyencong.projects.overview.board import board as columns_of
from khuyencong.projects.record import queries
from khuyencong.projects.record import wording as record_wording

PAGE = 50


@needs(Permission.PROJECTS_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """All projects: search, filters, order, sums, pages."""
    filters = queries.Filters.read(request.GET)
    found = queries.listing(request.user, filters)
    context = _above(request, filters) | {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "sums": queries.sums(found),
        "heads": choices.heads(filters.sort),
        "view": "list",
    }
    return render(request, "projects/list.html", context)


@needs(Permission.PROJECTS_VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """The same projects as cards in columns, by state."""
    filters = queries.Filters.read(request.GET)
    columns = columns_of(request.user, filters, clock.today())
    context = _above(request, filters) | {
        "columns": [(column, record_wording.state_label(column.state)) for column in columns],
        "count": sum(column.count for column in columns),
        "support": sum(column.support for column in columns),
        "view": "board",
    }
    return render(request, "projects/board.html", context)


@needs(Permission.PROJECTS_VIEW)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, made into a workbook that waits for the person who asked."""
    filters = queries.Filters.read(QueryDict(request.POST.get("query", "")))
    user = request.user

    def make(progress: jobs.Progress) -> tuple[str, bytes]:
        progress(0.0, _("Đang tìm đề án"))
        found = queries.listing(user, filters).select_related("contract").prefetch_related("establishments__commune")
        return f"de-an-{clock.today():%Y%m%d}.xlsx", sheets.projects_workbook(list(found), progress)

    return redirect("job", jobs.start_file(user, _("Kết xuất danh sách đề án"), make).pk)


def _above(request: HttpRequest, filters: queries.Filters) -> dict[str, object]:
    """What stands above list and board alike."""
    shown = choices.selects(request.user, filters)
    return {
        "filters": filters,
        "selects": shown,
        "chips": chips_of(filters, shown),
        "today": clock.today(),
    }
