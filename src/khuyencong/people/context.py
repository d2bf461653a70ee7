"""What the frame around every page shows: the steps of the cycle, and who is here."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from khuyencong.core.models import InstallationFact
from khuyencong.people.queries import access_of, current_grants
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit


@dataclass(frozen=True)
class Step:
    """One step of the cycle in the left rail. A step without an address is not built yet and says so."""

    name: str
    icon: str
    url: str = ""
    active: bool = False

    @property
    def at_hand(self) -> bool:
        """Whether it has its own place on the bar of a phone; the others are behind "more"."""
        return self.icon in _AT_HAND


_AT_HAND = {"shop-window", "folder2-open", "bar-chart"}  # what people look up on the way


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``steps``, ``may`` (permission names), ``my_roles``, ``department``, ``demo_data``."""
    user = getattr(request, "user", None)
    around = {
        "department": SimpleLazyObject(lambda: _department(user)),
        "demo_data": SimpleLazyObject(lambda: InstallationFact.read("demo")),
    }
    if user is None or not user.is_authenticated:
        return around | {"steps": [], "may": {}}
    access = access_of(user)
    return around | {
        "steps": _steps(request.path, access),
        # A dict, because a template looks names up by key: {% if may.registry_edit %}.
        "may": {one.value.replace(".", "_"): True for one in Permission if access.may(one)},
        "my_roles": SimpleLazyObject(lambda: [str(grant) for grant in current_grants(user)]),
    }


def _department(user: Any) -> str:
    today = Unit.objects.filter(code=settings.PROVINCE_CODE, parent=None, valid_to=None)
    province = _province_of(user) or today.first()
    names = {"department": _(settings.INSTALLATION.department), "province": province.short_name if province else ""}
    return _("%(department)s %(province)s") % names


def _province_of(user: Any) -> Unit | None:
    """The province of this installation, where the person's own rights name it or a commune in it."""
    held = [grant.unit for grant in current_grants(user)] if user is not None and user.is_authenticated else []
    named = (one.parent or one for one in held)
    return next((one for one in named if one.code == settings.PROVINCE_CODE and one.valid_to is None), None)


def _steps(path: str, access: Any) -> list[Step]:
    def step(name: str, icon: str, url_name: str = "", permission: Permission | None = None) -> Step | None:
        if permission and not access.may(permission):
            return None  # "not open yet" would be untrue: it is open, to others
        if not url_name:
            return Step(name, icon)
        url = reverse(url_name)
        return Step(name, icon, url, path.startswith(url))

    found = [
        step(_("Văn bản"), "journal-text", "law:library", Permission.LAW_VIEW),
        step(_("Kế hoạch"), "calendar3", "planning:lines", Permission.PROJECTS_VIEW),
        step(_("Cơ sở"), "shop-window", "establishments:list", Permission.REGISTRY_VIEW),
        step(_("Đề án"), "folder2-open", "projects:list", Permission.PROJECTS_VIEW),
        step(_("Kiểm tra"), "clipboard-check", "supervision:home", Permission.SUPERVISION_VIEW),
        step(_("Bình chọn"), "award"),
        step(_("Truyền thông"), "megaphone"),
        step(_("Tác động"), "graph-up-arrow", "impact:start", Permission.IMPACT_EVALUATE),
        step(_("Báo cáo"), "bar-chart", "dashboard", Permission.REPORTS_VIEW),
    ]
    return [one for one in found if one is not None]
