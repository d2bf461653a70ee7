"""What the programme did and could do in one commune."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.establishments.models import Establishment
from khuyencong.establishments.queries import registry
from khuyencong.maps.figures import Asked, What, by_commune, in_need
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.places.queries import district_of_communes
from khuyencong.projects.models import Project
from khuyencong.projects.overview.listing import projects_list

SHOWN, PROJECTS = 10, 5


@dataclass(frozen=True)
class CommunePage:
    """One commune: its numbers, the first of its establishments and projects, and those that could be supported."""

    unit: Unit
    district: str
    numbers: dict[str, int]
    establishments: list[Establishment]
    projects: list[Project]
    project_count: int
    need: list[Establishment]


def commune_page(user: User, code: str, today: dt.date) -> CommunePage:
    """Raises Http404 when there is no such commune today, PermissionDenied when it is out of reach."""
    unit = Unit.objects.filter(kind=Unit.Kind.COMMUNE, code=code, valid_to=None).select_related("parent").first()
    if unit is None:
        raise Http404
    if not may(user, Permission.REPORTS_VIEW, unit):
        raise PermissionDenied(_("%(commune)s nằm ngoài phạm vi của bạn.") % {"commune": unit.name})
    district = district_of_communes(unit.parent.code).get(unit.pk) if unit.parent else None
    need = in_need(user, "", today, unit)
    counted = (What.ESTABLISHMENTS, What.SUPPORTED, What.SUPPORT)
    numbers = {what.value: by_commune(user, Asked(what=what), today, unit).get(unit.pk, 0) for what in counted}
    there = projects_list(user).found({"commune": code})
    return CommunePage(
        unit=unit,
        district=f"{district.name[:1].lower()}{district.name[1:]}" if district else "",
        numbers=numbers | {What.NEED.value: len(need)},
        establishments=list(registry(user).filter(commune=unit)[:SHOWN]),
        projects=list(there[:PROJECTS]),
        project_count=there.count(),
        need=need[:SHOWN],
    )
