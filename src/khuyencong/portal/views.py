from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from khuyencong.people.guard import public


@public
def start(request: HttpRequest) -> HttpResponse:
    """The public start page; people who are signed in go straight to their home."""
    if request.user.is_authenticated:
        return redirect("home")
    return render(request, "portal/start.html")
