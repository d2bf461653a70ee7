from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khuyencong.core import clock
from khuyencong.law.documents.listing import day_of, library_list
from khuyencong.law.documents.queries import library
from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission


@needs(Permission.LAW_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """The library: search, filters, the status of each document on a day."""
    day = day_of(request.GET)
    context = {
        "list": library_list(request.user, request.GET).show(request.GET),
        "drafts": library.drafts(request.user),
        "day": day,
        "is_today": day == clock.today(),
    }
    return render(request, "law/library.html", context)


@needs(Permission.LAW_DRAFT)
def lookup(request: HttpRequest) -> HttpResponse:
    """While one types the name of a document: those it may be."""
    text = next(iter(request.GET.values()), "")
    return render(request, "law/lookup.html", {"found": library.lookup(text)})
