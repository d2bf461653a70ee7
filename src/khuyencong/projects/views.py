from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission


@needs(Permission.PROJECTS_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    return render(request, "core/page.html")
