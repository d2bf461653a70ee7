"""What a view may rely on once the middleware has let a request through."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class HtmxRequest(HttpRequest):
    """A request as the middleware of htmx hands it on."""

    htmx: HtmxDetails


def person(request: HttpRequest) -> AbstractBaseUser:
    """Who is signed in. Raises PermissionDenied when nobody is."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def held_to(rule: str) -> Callable[[View], View]:
    """Mark a view of core with its rule of access; ``people.guard`` holds it."""

    def mark(view: View) -> View:
        vars(view)["access_rule"] = rule
        return view

    return mark
