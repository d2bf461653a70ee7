from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khuyencong.people.guard import needs
from khuyencong.people.rules import Permission
from khuyencong.projects.programmes import queries
from khuyencong.projects.programmes.rules import ALIKE, YEARS


@needs(Permission.PROJECTS_VIEW)
def home(request: HttpRequest) -> HttpResponse:
    """The other programmes: whose money met ours, what it brought, what may be paid for twice."""
    found = queries.counted(request.user)
    shares, together, everything = queries.shares(found)
    twice, compared = queries.double_funding(found)
    context = {
        "shares": shares,
        "together": together,
        "everything": everything,
        "cofunded": [one for one in found if one.blended_funding.all()],
        "twice": twice,
        "compared": compared,
        "years": YEARS,
        "alike": int(ALIKE),
    }
    return render(request, "projects/programmes/home.html", context)
