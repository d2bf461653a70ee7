from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission


@needs(Permission.HOME_VIEW)
def home(request: HttpRequest) -> HttpResponse:
    """What the programme has done, and the state of the data."""
    return render(request, "reports/home.html")


@needs(Permission.REGISTRY_VIEW)
def search(request: HttpRequest) -> HttpResponse:
    """One box for establishments, projects and communes."""
    return render(request, "reports/search.html")
