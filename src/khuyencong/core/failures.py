"""What nobody foresaw becomes a plain page; what the machine lacks just now, one that says what to do."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from khuyencong.core import trouble

_AGAIN = 60  # seconds


def failed(request: HttpRequest) -> HttpResponse:
    """The page for an error on its way out; made without the database, which may be what is missing."""
    error = sys.exc_info()[1]
    while error is not None:
        if why := trouble.of_the_machine(error):
            page = render_to_string("503.html", {"why": why})
            return HttpResponse(page, status=503, headers={"Retry-After": str(_AGAIN)})
        error = error.__cause__
    return server_error(request)
