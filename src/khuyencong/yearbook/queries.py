"""Reads of the macro picture, narrowed to the province of the person asking."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, Q, Sum, When
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.projects.models import Project
from khuyencong.projects.record.queries import projects
from khuyencong.yearbook.models import MacroFigure, MacroIndicator


@dataclass(frozen=True)
class ProgrammeYear:
    """What the programme itself did in a year: establishments with an accepted project, and support in VND."""

    year: int
    establishments: int
    support: int


def province_of(user: User, permission: Permission = Permission.REPORTS_VIEW) -> Unit | None:
    """The province the person works in: that of the installation if it is among several."""
    reach = access_of(user).reach(permission)
    mine = Q(pk__in=reach.provinces) | Q(children__pk__in=reach.communes)
    ours = Case(When(code=settings.PROVINCE_CODE, then=0), default=1)
    return Unit.objects.filter(mine, kind=Unit.Kind.PROVINCE).distinct().order_by(ours, "code").first()


def picture(province: Unit | None) -> list[tuple[MacroIndicator, list[MacroFigure]]]:
    """Every indicator with the figures of the province, oldest first; those without figures stand last."""
    found: dict[int, list[MacroFigure]] = {}
    for figure in MacroFigure.objects.filter(province=province).select_related("indicator", "entered_by"):
        found.setdefault(figure.indicator_id, []).append(figure)
    indicators = sorted(MacroIndicator.objects.all(), key=lambda one: (one.pk not in found, one.position))
    return [(one, sorted(found.get(one.pk, ()), key=lambda each: each.year)) for one in indicators]


def get(user: User, pk: int, permission: Permission) -> MacroFigure:
    """One figure. Raises Http404 when there is none, PermissionDenied when it is of another province."""
    found = MacroFigure.objects.select_related("indicator", "province").filter(pk=pk).first()
    if found is None:
        raise Http404
    if not access_of(user).reach(permission).covers(None, found.province_id):
        raise PermissionDenied(_("Số liệu này thuộc tỉnh khác."))
    return found


def programme(user: User) -> list[ProgrammeYear]:
    """The programme's own figures by year of acceptance, oldest first, within the person's reach."""
    mine = projects(user, Permission.REPORTS_VIEW).filter(accepted_year__isnull=False)
    # Each by itself: the join over establishments would count a project's money once for each of them.
    money = dict(mine.order_by().values_list("accepted_year").annotate(Sum("support_amount")))
    heads = Project.establishments.through.objects.filter(project__in=mine.order_by().values("pk"))
    counts = heads.values_list("project__accepted_year").annotate(Count("establishment", distinct=True)).order_by()
    return [ProgrammeYear(year, n, money.get(year, 0)) for year, n in sorted(counts)]
