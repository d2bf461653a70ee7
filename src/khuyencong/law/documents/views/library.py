from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khuyencong.core import clock
from khuyencong.law.documents import library_choices
from khuyencong.law.documents.queries import library
from khuyencong.law.documents.queries.standing import standings
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission

PAGE = 50


@needs(Permission.LAW_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """The library: search, filters, the status of each document on a day."""
    filters = library.Filters.read(request.GET)
    page = Paginator(library.listing(filters), PAGE).get_page(request.GET.get("page"))
    stand = standings(page.object_list, filters.on)
    selects = library_choices.selects(filters)
    context = {
        "page": page,
        "rows": [(edition, stand[edition.document_id]) for edition in page.object_list],
        "filters": filters,
        "selects": selects,
        "chips": library_choices.chips(filters, selects),
        "heads": library_choices.heads(filters.sort),
        "drafts": library.drafts(request.user),
        "day": filters.on,
        "is_today": filters.on == clock.today(),
    }
    return render(request, "law/library.html", context)


@needs(Permission.LAW_DRAFT)
def lookup(request: HttpRequest) -> HttpResponse:
    """While one types the name of a document: those it may be."""
    text = next(iter(request.GET.values()), "")
    return render(request, "law/lookup.html", {"found": library.lookup(text)})
