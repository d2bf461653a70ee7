from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from khuyencong.core import clock
from khuyencong.core.money import vnd_in_words
from khuyencong.law.norms import queries as norms
from khuyencong.law.norms import wording as norm_words
from khuyencong.law.norms.ceiling import ceiling as most
from khuyencong.law.norms.ceiling import elsewhere
from khuyencong.people.guard import public
from khuyencong.portal.forms import QuestionForm


@public
def start(request: HttpRequest) -> HttpResponse:
    """The public start page; people who are signed in go straight to their home."""
    if request.user.is_authenticated:
        return redirect("home")
    return render(request, "portal/start.html")


@public
def ceiling(request: HttpRequest) -> HttpResponse:
    """How much may be paid at most: the amount, each step of the sum with its article, and what is in doubt."""
    known = norms.norm_set()
    form = QuestionForm(request.GET, known, clock.today())
    context = {
        "form": form,
        "layout": "portal/inside.html" if request.user.is_authenticated else "portal/open.html",
    }
    address = ""
    if form.asked and form.is_valid():
        case, address = form.case(), form.address()
        answer = most(known, case)
        others = elsewhere(known, case) if answer.norm is None else None
        context |= {
            "answer": answer,
            "in_words": vnd_in_words(answer.amount) if answer.amount is not None else "",
            "doubts": norms.doubts(answer),
            "elsewhere": others,
            "elsewhere_told": norm_words.elsewhere(others, form.variant_names()) if others else [],
            "area_told": form.area_told(case),
        }
    template = "portal/ceiling_answer.html" if request.htmx else "portal/ceiling.html"
    response = render(request, template, context)
    if request.htmx:
        response["HX-Replace-Url"] = f"{reverse('ceiling')}?{address or request.GET.urlencode()}"
    patch_vary_headers(response, ["HX-Request"])  # the browser keeps the whole page and its piece apart
    return response
