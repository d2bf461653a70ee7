"""Surveys, narrowed to the person asking, with what became of each."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.core import lists
from khuyencong.core.lists import Select
from khuyencong.establishments.models import Establishment
from khuyencong.establishments.queries import matching
from khuyencong.people.models import User
from khuyencong.people.queries import may, within
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.projects.survey.models import Survey


@dataclass(frozen=True)
class Filters(lists.Filters):
    """What the list is narrowed to."""

    outcome: str = ""  # "waiting": a proposal is advised and not begun; "project"; else a verdict
    year: str = ""
    commune: str = ""


def mine(user: User, permission: Permission = Permission.PROJECTS_VIEW) -> QuerySet[Survey]:
    """The surveys of establishments within reach."""
    return Survey.objects.filter(within(user, permission, "establishment__commune")).select_related(
        "establishment__commune", "surveyed_by", "project"
    )


def get(user: User, pk: int, permission: Permission = Permission.PROJECTS_VIEW) -> Survey:
    """One survey. Raises Http404 when there is none, PermissionDenied when it is out of reach."""
    found = (
        Survey.objects.select_related("establishment__commune__parent", "surveyed_by", "project").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    if not may(user, permission, found.establishment.commune):
        raise PermissionDenied(_("Khảo sát này nằm ngoài phạm vi của bạn."))
    return found


def listing(user: User, filters: Filters) -> QuerySet[Survey]:
    """The list, the newest first."""
    found = mine(user)
    if filters.q:
        there = Establishment.objects.filter(matching(user, filters.q)).values("pk")
        found = found.filter(establishment__in=there)
    if filters.outcome:
        found = found.filter(_OUTCOMES.get(filters.outcome, Q(verdict=filters.outcome, project=None)))
    if filters.year.isdecimal() and len(filters.year) == 4:
        found = found.filter(surveyed_on__year=int(filters.year))
    if filters.commune:
        found = found.filter(establishment__commune__code=filters.commune)
    return found


_OUTCOMES = {
    "waiting": Q(project=None, verdict=Survey.Verdict.PROPOSE),
    "project": Q(project__isnull=False),
}


def selects(user: User, filters: Filters) -> list[Select]:
    """The filters above the list, with only what occurs."""
    here = mine(user)
    years = here.order_by().values_list("surveyed_on__year", flat=True).distinct()
    communes = Unit.objects.filter(pk__in=here.values("establishment__commune")).order_by("folded")
    outcomes = [
        ("waiting", _("Nên lập đề án, chưa lập")),
        ("project", _("Đã lập đề án")),
        *((str(code), str(label)) for code, label in Survey.Verdict.choices if code != Survey.Verdict.PROPOSE),
    ]
    lists: dict[str, tuple[str, Any]] = {
        "outcome": (_("Kết quả khảo sát"), outcomes),
        "year": (_("Năm"), [(str(year), str(year)) for year in sorted(set(years), reverse=True)]),
        "commune": (_("Xã, phường"), [(unit.code, unit.name) for unit in communes]),
    }
    return [Select(name, label, items, getattr(filters, name)) for name, (label, items) in lists.items()]
