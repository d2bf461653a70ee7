"""Reads of the projects, narrowed to the person asking."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.establishments.models import Establishment
from khuyencong.establishments.queries import reached, reaches_all
from khuyencong.law.eligibility.rules import Earlier
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.planning.models import Commitment
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.record.models import Project

SOON_DAYS = 7

# The year of a project: that of its acceptance, before it that of its plan.
YEAR = Coalesce("accepted_year", "plan_line__plan__year")
# How far the money of a project went, for lists behind the numbers of a plan.
REACHED = {
    "assigned": Q(pk__in=Commitment.objects.filter(amount__gt=0).values("project")),
    "contracted": Q(contract__isnull=False),
    "paid": Q(contract__paid__gt=F("contract__recovered")),
    "accepted": Q(accepted_year__isnull=False),
}
_STATE_RANK = Case(*(When(state=state.value, then=rank) for rank, state in enumerate(State)), default=len(State))


@dataclass(frozen=True)
class Sums:
    """Sums over a list, in VND."""

    support: int
    counterpart: int
    total: int


def projects(user: User, permission: Permission = Permission.PROJECTS_VIEW) -> QuerySet[Project]:
    """The projects with an establishment within the person's reach."""
    return Project.objects.filter(within_reach(user, permission))


def within_reach(user: User, permission: Permission = Permission.PROJECTS_VIEW, project: str = "pk") -> Q:
    """The same as a condition; ``project``: the path to it from what is asked for.

    A project lies with its establishments: who reaches them all reaches every project.
    """
    if reaches_all(user, permission):
        return Q(pk__isnull=False)
    # A join over several establishments would list a project twice: the reach is a sub-query.
    mine = Project.establishments.through.objects.filter(reached(user, permission, "establishment"))
    return Q(Exists(mine.filter(project=OuterRef(project))))


def described(found: QuerySet[Project]) -> QuerySet[Project]:
    """Each with its ``year``, the ``count`` of its establishments, and ``state_rank`` along the life cycle."""
    same = Project.establishments.through.objects.filter(project_id=OuterRef("pk")).order_by().values("project_id")
    number = same.annotate(n=Count("pk")).values("n")  # type: ignore[misc]  # the stubs lose annotations of a through table
    count = Coalesce(Subquery(number), 0)
    return found.annotate(count=count, year=YEAR, state_rank=_STATE_RANK)


def in_commune(found: QuerySet[Project], code: str) -> QuerySet[Project]:
    """The projects with an establishment in a commune."""
    there = Establishment.objects.filter(commune__code=code).values("pk")
    through = Project.establishments.through.objects.filter(establishment_id__in=there).values("project_id")
    return found.filter(pk__in=through)


def due_within(which: str, today: dt.date) -> Q:
    """``late``: the deadline has passed; ``soon``: it comes within a week; nothing else is understood."""
    if which == "late":
        return Q(due_on__lt=today)
    if which == "soon":
        return Q(due_on__gte=today, due_on__lte=today + dt.timedelta(days=SOON_DAYS))
    return Q()


def earlier_support(establishments: Iterable[int], until: int | None = None) -> dict[int, tuple[Earlier, ...]]:
    """Key of each establishment -> what it was supported with before, oldest first.

    Only accepted projects count: a proposal is no support. ``until`` leaves out projects accepted in later years.
    """
    through = Project.establishments.through.objects.filter(
        establishment_id__in=list(establishments), project__accepted_year__isnull=False
    )
    if until is not None:
        through = through.filter(project__accepted_year__lte=until)
    rows = through.select_related("project__activity").order_by("project__code")
    return earlier_among((one.establishment_id, one.project) for one in rows)


def earlier_among(known: Iterable[tuple[int, Project]]) -> dict[int, tuple[Earlier, ...]]:
    """The same among these: key of an establishment, and a project of it."""
    found: dict[int, list[Earlier]] = defaultdict(list)
    for key, project in known:
        if (year := project.accepted_year) is not None:
            label = _("%(title)s (năm %(year)s)") % {"title": project.title, "year": str(year)}
            found[key].append(Earlier(project.activity.code, year, label))
    return {key: tuple(sorted(support, key=lambda one: one.year)) for key, support in found.items()}


def sums(found: QuerySet[Project]) -> Sums:
    """The foot of the list."""
    plain = Project.objects.filter(pk__in=found.order_by().values("pk"))
    total = plain.aggregate(s=Sum("support_amount"), c=Sum("counterpart"), t=Sum("total_cost"))
    return Sums(total["s"] or 0, total["c"] or 0, total["t"] or 0)


def establishments_of(project: Project) -> Iterable[Establishment]:
    """The establishments with commune, province and industry; asked for once where ``get`` read the project."""
    if "establishments" in getattr(project, "_prefetched_objects_cache", {}):
        return project.establishments.all()
    return project.establishments.select_related("commune__parent", "eligible_group")


def get(user: User, pk: int, permission: Permission = Permission.PROJECTS_VIEW) -> Project:
    """One project. Raises Http404 when there is none, PermissionDenied when it is out of reach."""
    found = (
        Project.objects.select_related(
            "activity", "drafted_by", "responsible", "plan_line__plan", "council__named_by", "contract", "survey"
        )
        .prefetch_related(
            Prefetch("establishments", Establishment.objects.select_related("commune__parent", "eligible_group"))
        )
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    reach = access_of(user).reach(permission)  # the same as in ``projects``, of what was read already
    if not any(reach.covers(one.commune_id, one.commune.parent_id) for one in found.establishments.all()):
        raise PermissionDenied(_("Đề án này nằm ngoài phạm vi của bạn."))
    return found
