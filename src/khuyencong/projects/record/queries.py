"""Reads of the projects, narrowed to the person asking."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.core import clock, lists
from khuyencong.core.text import fold
from khuyencong.establishments.models import Establishment
from khuyencong.law.eligibility.rules import Earlier
from khuyencong.people.models import User
from khuyencong.people.queries import access_of, within
from khuyencong.people.rules import Permission
from khuyencong.planning.models import Commitment
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.record.models import Project, Step

SORTS = {
    "title": "title",
    "state": "state_rank",
    "year": "year",
    "support": "support_amount",
    "counterpart": "counterpart",
    "total": "total_cost",
    "fund": "fund",
}

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
class Filters(lists.Filters):
    """What the list is narrowed to."""

    state: str = ""
    year: str = ""
    fund: str = ""
    activity: str = ""
    commune: str = ""
    officer: str = ""
    plan: str = ""  # the year of the plan that pays
    line: str = ""  # the key of the line that pays
    reached: str = ""  # how far the money of the plan went: a key of REACHED
    due: str = ""  # "late": the deadline of the next step has passed; "soon": it comes within a week
    sort: str = "-year"


@dataclass(frozen=True)
class Sums:
    """Sums over a list, in VND."""

    support: int
    counterpart: int
    total: int


def projects(user: User, permission: Permission = Permission.PROJECTS_VIEW) -> QuerySet[Project]:
    """The projects with an establishment within the person's reach."""
    # A join over several establishments would list a project twice: the reach is a sub-query.
    mine = Establishment.objects.filter(within(user, permission)).values("pk")
    through = Project.establishments.through.objects.filter(establishment_id__in=mine).values("project_id")
    return Project.objects.filter(pk__in=through)


def listing(user: User, filters: Filters) -> QuerySet[Project]:  # noqa: C901 one line for each filter
    """The list, sorted as asked, with the number of establishments."""
    found = (
        projects(user)
        .select_related("activity", "responsible")
        .annotate(count=Count("establishments"), year=YEAR, state_rank=_STATE_RANK)
    )
    for word in fold(filters.q).split():
        found = found.filter(search__contains=word)
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.year.isdecimal():
        found = found.filter(year=int(filters.year))
    if filters.officer.isdecimal():
        # No database has a key of more digits; the addresses that people write do.
        found = found.filter(responsible=int(filters.officer[:18]))
    if filters.plan.isdecimal():
        found = found.filter(plan_line__plan__year=int(filters.plan[:9]))
    if filters.line.isdecimal():
        found = found.filter(plan_line=int(filters.line[:18]))
    if filters.reached in REACHED:
        found = found.filter(REACHED[filters.reached])
    if filters.due:
        found = found.filter(due_within(filters.due, clock.today()))
    if filters.fund:
        found = found.filter(fund=filters.fund)
    if filters.activity:
        found = found.filter(activity__code=filters.activity)
    if filters.commune:
        there = Establishment.objects.filter(commune__code=filters.commune).values("pk")
        through = Project.establishments.through.objects.filter(establishment_id__in=there).values("project_id")
        found = found.filter(pk__in=through)
    column = F(SORTS.get(filters.sort.removeprefix("-"), "year"))
    order = column.desc(nulls_last=True) if filters.sort.startswith("-") else column.asc(nulls_last=True)
    return found.order_by(order, "code")


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
    found: dict[int, list[Earlier]] = defaultdict(list)
    for one in through.select_related("project__activity").order_by("project__accepted_year", "project__code"):
        project, year = one.project, one.project.accepted_year
        if year is not None:
            label = _("%(title)s (năm %(year)s)") % {"title": project.title, "year": str(year)}
            found[one.establishment_id].append(Earlier(project.activity.code, year, label))
    return {key: tuple(support) for key, support in found.items()}


def sums(found: QuerySet[Project]) -> Sums:
    """The foot of the list."""
    plain = Project.objects.filter(pk__in=found.order_by().values("pk"))
    total = plain.aggregate(s=Sum("support_amount"), c=Sum("counterpart"), t=Sum("total_cost"))
    return Sums(total["s"] or 0, total["c"] or 0, total["t"] or 0)


def get(user: User, pk: int, permission: Permission = Permission.PROJECTS_VIEW) -> Project:
    """One project. Raises Http404 when there is none, PermissionDenied when it is out of reach."""
    found = (
        Project.objects.select_related(
            "activity", "drafted_by", "responsible", "plan_line__plan", "council__named_by", "contract", "survey"
        )
        .prefetch_related(
            Prefetch("establishments", Establishment.objects.select_related("commune__parent", "eligible_group")),
            Prefetch("steps", Step.objects.select_related("taken_by").order_by("position")),
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
