from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.projects import choices, queries, sheets

PAGE = 50


@needs(Permission.PROJECTS_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """All projects: search, filters, order, sums, pages."""
    filters = queries.Filters.read(request.GET)
    found = queries.listing(request.user, filters)
    shown = choices.selects(request.user, filters)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "sums": queries.sums(found),
        "filters": filters,
        "selects": shown,
        "chips": choices.chips(filters, shown),
        "heads": choices.heads(filters.sort),
    }
    return render(request, "projects/list.html", context)


@needs(Permission.PROJECTS_VIEW)
def download(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as a workbook."""
    found = queries.listing(request.user, queries.Filters.read(request.GET)).prefetch_related("establishments")
    response = HttpResponse(
        sheets.projects_workbook(found),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="de-an-{timezone.localdate():%Y%m%d}.xlsx"'
    return response
