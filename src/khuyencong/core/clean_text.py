"""What comes in is cleaned once, at the door: every text of a form, of an address, the names of files."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from khuyencong.core.text import clean

_AS_TYPED = "password"  # compared, never shown or kept


class CleanTextMiddleware:
    """Stands behind the check of the form's token, so that a body is read no earlier than it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        vars(request)["GET"] = _cleaned(request.GET)
        if request.method == "POST":
            vars(request)["_post"] = _cleaned(request.POST)
            for file in (one for name in request.FILES for one in request.FILES.getlist(name)):
                file.name = " ".join(clean(file.name or "").split())


def _cleaned(given: QueryDict) -> QueryDict:
    """The same values, cleaned; the very same object where nothing had to be."""
    found = {name: [text if _AS_TYPED in name else clean(text) for text in texts] for name, texts in given.lists()}
    if found == dict(given.lists()):
        return given
    kept = given.copy()
    for name, texts in found.items():
        kept.setlist(name, texts)
    kept._mutable = False
    return kept
