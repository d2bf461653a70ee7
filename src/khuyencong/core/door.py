"""What every request must hold before a view sees it, and what every answer says to the browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

_VERBS = ("GET", "HEAD", "POST", "DELETE", "OPTIONS")
_LONGEST = 8000  # bytes after the question mark; the longest list with all its filters has a tenth of that
_DEVICES = "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()"


class DoorMiddleware:
    """Turns away what no page of ours sends, and marks what is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = _turned_away(request) or self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", _DEVICES)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(answer, ["HX-Request"])  # one address answers whole or in part
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    if request.method not in _VERBS:
        return HttpResponse(status=405, headers={"Allow": ", ".join(_VERBS)})
    if len(request.META.get("QUERY_STRING", "")) > _LONGEST:
        why = _("Địa chỉ này quá dài. Hãy tìm bằng ít chữ hơn.")
        return render(request, "refused.html", {"why": why}, status=414)
    return None
