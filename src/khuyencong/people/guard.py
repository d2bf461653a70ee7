"""Every address declares its rule. A view without one does not answer."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from khuyencong.core.requests import View, held_to
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission

PUBLIC = "public"
SIGNED_IN = "signed-in"

# Views of libraries, whose code cannot carry our mark: by the name they have in urls.py.
LIBRARY_RULES = {
    "account_login": PUBLIC,
    "account_logout": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "set_language": PUBLIC,
}


def needs(permission: Permission) -> Callable[[View], View]:
    """Mark a view: only people who hold the permission somewhere; objects are checked in queries and actions."""

    return held_to(permission)


def public(view: View) -> View:
    """Mark a view as open to anyone."""
    return held_to(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Mark a view as open to every account."""
    return held_to(SIGNED_IN)(view)


def rule_of(view: Callable[..., HttpResponseBase], url_name: str | None) -> Permission | str | None:
    """The declared rule of a view, or None when it declares none."""
    return getattr(view, "access_rule", None) or LIBRARY_RULES.get(url_name or "")


class SignedInRequest(HttpRequest):
    """A request to a page that the guard opens to accounts only."""

    user: User


def _to_the_login(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back. A part of a page that is asked for alone takes its whole page there."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    if not htmx:
        return redirect_to_login(request.get_full_path())
    page = htmx.current_url_abs_path or reverse("home")
    login = f"{reverse('account_login')}?{urlencode({'next': page, 'over': 'yes'})}"
    return HttpResponse(headers={"HX-Redirect": login})


class GuardMiddleware:
    """Holds the rule that each view declares, before the view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        rule = rule_of(view, request.resolver_match.url_name if request.resolver_match else None)
        if rule is None:
            raise ImproperlyConfigured(f"{view!r} declares no access rule")
        if rule == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return _to_the_login(request)
        if rule != SIGNED_IN and not access_of(request.user).may(Permission(rule)):
            raise PermissionDenied(_("Tài khoản của bạn không có quyền mở trang này."))
        return None
