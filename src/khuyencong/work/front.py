from django.http import HttpResponse
from django.shortcuts import render

from khuyencong.core.text import MOST_LETTERS
from khuyencong.indicators import headline as queries
from khuyencong.people.guard import SignedInRequest, needs
from khuyencong.people.rules import Permission
from khuyencong.work import search as work_search
from khuyencong.work.context import known_work


@needs(Permission.HOME_VIEW)
def home(request: SignedInRequest) -> HttpResponse:
    """What the programme has done, and the state of the data."""
    by_year = queries.support_by_year(request.user)
    context = {
        "work": known_work(request.user),
        "programme": queries.programme(request.user, by_year),
        "state": queries.data_state(request.user),
        "by_year": by_year,
        "chart": {
            "years": [row.year for row in by_year],
            "national": [row.national for row in by_year],
            "local": [row.local for row in by_year],
        },
    }
    return render(request, "work/home.html", context)


@needs(Permission.REGISTRY_VIEW)
def search(request: SignedInRequest) -> HttpResponse:
    """One box for establishments, projects and communes."""
    text = request.GET.get("q", "").strip()[:MOST_LETTERS]
    found = work_search.find_everything(request.user, text)
    return render(request, "work/search.html", {"text": text, "most": work_search.FOUND_AT_MOST, **found})
