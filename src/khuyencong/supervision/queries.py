"""Reads of the room: risks, visits, findings, within the reach of the person asking."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.core.validity import valid_on
from khuyencong.law.documents.queries.parameters import value, values
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.models import Project
from khuyencong.projects.record import queries as projects
from khuyencong.supervision.models import ChecklistItem, Finding, Visit
from khuyencong.supervision.rules import Choice, Facts, Risk, Score, Weights, propose, score

# Where there is something to look at: money may have gone out, work may be under way, or it was done of late.
_INSPECTED = (
    State.CONTRACTED, State.IN_PROGRESS, State.SUSPENDED, State.ADJUSTED, State.ACCEPTED, State.CONTRACT_CLOSED,
    State.SETTLED, State.MONITORED,
)  # fmt: skip
MILLION = 1_000_000


def weights(day: dt.date) -> Weights:
    """The weights that hold on a day."""
    limits = ("large-support", "long-delay", "young-years", "long-idle")
    held = values([f"risk-{one}" for one in (*Risk, *limits)], day)
    large, delay, young, idle = (held.get(f"risk-{one}", 0) for one in limits)
    return Weights(
        points={risk: held.get(f"risk-{risk}", 0) for risk in Risk},
        large_support=large * MILLION,
        long_delay=delay,
        young_years=young,
        long_idle=idle,
    )


def risks(user: User, day: dt.date) -> dict[int, Score]:
    """Key of each project that can be inspected -> its risk."""
    held = weights(day)
    found = (
        projects.projects(user, Permission.SUPERVISION_VIEW)
        .filter(state__in=[one.value for one in _INSPECTED])
        .select_related("contract")
        .prefetch_related("establishments")
    )
    earlier = _findings_by_establishment()
    return {one.pk: score(_facts(one, earlier, day), held) for one in found}


def proposal(user: User, year: int, number: int, day: dt.date) -> list[tuple[Project, Choice]]:
    """The projects to inspect in a year, with why."""
    chosen = propose(risks(user, day), number, value("inspection-chance", day) or 0, seed=year)
    by_key = Project.objects.in_bulk([one.key for one in chosen])
    return [(by_key[one.key], one) for one in chosen]


def visits(user: User) -> QuerySet[Visit]:
    """All visits within reach."""
    return (
        Visit.objects.filter(projects.within_reach(user, Permission.SUPERVISION_VIEW, "project"))
        .select_related("project", "inspector", "again_after")
        .annotate(open_findings=Count("findings", filter=~Q(findings__state=Finding.State.CLOSED)))
        .order_by("planned_for", "pk")
    )


def findings(user: User) -> QuerySet[Finding]:
    """All findings within reach, the open ones first by deadline."""
    mine = projects.within_reach(user, Permission.SUPERVISION_VIEW, "visit__project")
    return Finding.objects.filter(mine).select_related(
        "visit__project__responsible", "visit__project__drafted_by", "visit__inspector"
    )


def get_visit(user: User, pk: int) -> Visit:
    """One visit. Raises Http404 and PermissionDenied."""
    found = Visit.objects.select_related("project", "inspector", "plan").filter(pk=pk).first()
    if found is None:
        raise Http404
    if not visits(user).filter(pk=pk).exists():
        raise PermissionDenied(_("Lần kiểm tra này nằm ngoài phạm vi của bạn."))
    return found


def get_finding(user: User, pk: int) -> Finding:
    """One finding. Raises Http404 and PermissionDenied."""
    found = Finding.objects.select_related("visit__project").filter(pk=pk).first()
    if found is None:
        raise Http404
    if not findings(user).filter(pk=pk).exists():
        raise PermissionDenied(_("Phát hiện này nằm ngoài phạm vi của bạn."))
    return found


def checklist(day: dt.date) -> QuerySet[ChecklistItem]:
    """The questions on a day."""
    return ChecklistItem.objects.filter(valid_on(day))


def may_inspect(user: User) -> bool:
    """Whether the person inspects."""
    return may(user, Permission.SUPERVISION_EDIT)


def _facts(project: Project, earlier: dict[int, int], day: dt.date) -> Facts:
    establishments = list(project.establishments.all())
    ages = [day.year - one.founded for one in establishments if one.founded]
    contract = getattr(project, "contract", None)
    return Facts(
        support=project.support_amount,
        overdue_days=(day - project.due_on).days if project.due_on else 0,
        youngest_age=min(ages, default=None),
        earlier=sum(earlier.get(one.pk, 0) for one in establishments),
        held=contract.paid - contract.recovered if contract else 0,
        idle_days=(day - project.state_since).days if project.state_since else 0,
    )


def _findings_by_establishment() -> dict[int, int]:
    rows = Finding.objects.values_list("visit__project__establishments").annotate(n=Count("pk"))
    return {key: number for key, number in rows if key is not None}
