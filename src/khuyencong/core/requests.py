"""What a view may rely on once the middleware has let a request through."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class HtmxRequest(HttpRequest):
    """A request as the middleware of htmx hands it on."""

    htmx: HtmxDetails


def client_address(request: HttpRequest) -> str:
    """The address of the machine that asks, past the proxies that this installation trusts (KHUYENCONG_PROXIES).

    Each proxy adds the address it was asked from; whatever stands before the first that is not ours may be invented.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    for earlier in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if not (_is_trusted(address) and _read(earlier)):
            break
        address = earlier.strip()
    return str(_read(address) or "")


def _is_trusted(address: str) -> bool:
    known = _read(address)
    return known is not None and any(known in network for network in settings.TRUSTED_PROXIES)


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address.strip())
    except ValueError:
        return None


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
