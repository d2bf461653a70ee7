"""What an officer lays ready before a leader can take a step: else the step waits for something on nobody's list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuyencong.planning.models import PlanState
from khuyencong.projects.appraisal.rules import FEWEST_MEMBERS
from khuyencong.projects.lifecycle.table import Actor
from khuyencong.projects.papers.models import Attachment
from khuyencong.projects.record.models import Project


@dataclass(frozen=True)
class Preparation:
    """One thing that has to be there before ``step``: who sees to it, on which tab, and where it is lacking."""

    step: str
    verb: Promise
    tab: str
    lacking: Callable[[QuerySet[Project]], QuerySet[Project]]
    actor: Actor = Actor.PROVINCE_OFFICER


def _few_sheets(found: QuerySet[Project]) -> QuerySet[Project]:
    free = Count("council__members", filter=Q(council__members__conflict=False))
    return found.annotate(free=free).filter(free__lt=FEWEST_MEMBERS)


def _no_decision_of_the_ministry(found: QuerySet[Project]) -> QuerySet[Project]:
    there = Attachment.objects.filter(
        kind=Attachment.Kind.MINISTRY_DECISION, replaced_by=None, withdrawn_at=None, project__in=found
    )
    return found.exclude(pk__in=there.values("project"))


def _no_line(found: QuerySet[Project]) -> QuerySet[Project]:
    fits = Q(plan_line__fund=F("fund")) & (
        Q(plan_line__activity=None) | Q(plan_line__activity=F("activity"))
    )  # see situation._plan_line_has_room
    room = Q(plan_line__amount__gte=F("plan_line__committed") + F("support_amount"))
    return found.exclude(pk__in=found.filter(fits & room).values("pk"))


def _contract_above(found: QuerySet[Project]) -> QuerySet[Project]:
    return found.exclude(pk__in=found.filter(contract__amount__lte=F("support_amount")).values("pk"))


def _costs_apart(found: QuerySet[Project]) -> QuerySet[Project]:
    return found.annotate(planned=Sum("cost_lines__amount")).filter(~Q(planned=F("total_cost")) | Q(planned=None))


def _unpaid(found: QuerySet[Project]) -> QuerySet[Project]:
    paid = Q(contract__amount=F("contract__paid") - F("contract__recovered"))
    return found.exclude(pk__in=found.filter(paid).values("pk"))


_MEMBERS = _("Bổ sung thành viên hội đồng")
PREPARATIONS = (
    Preparation("forward", _MEMBERS, "appraisal", _few_sheets),
    Preparation("approve", _MEMBERS, "appraisal", _few_sheets),
    Preparation("approve-national", _("Đưa quyết định của Bộ vào hồ sơ"), "file", _no_decision_of_the_ministry),
    Preparation("plan", _("Chọn dòng kế hoạch"), "money", _no_line),
    Preparation("adjust", _("Sửa dự toán theo điều chỉnh"), "file", _costs_apart),
    Preparation("adjust", _("Sửa hợp đồng theo điều chỉnh"), "money", _contract_above),
    Preparation("settle", _("Chi hoặc thu lại cho khớp hợp đồng"), "money", _unpaid),
)


def lacking(waiting: Iterable[tuple[Project, str]]) -> dict[int, Preparation]:
    """Of projects with their next step: key -> the first thing that somebody has to lay ready before it."""
    by_step: dict[str, list[int]] = {}
    for project, step in waiting:
        by_step.setdefault(step, []).append(project.pk)
    found: dict[int, Preparation] = {}
    for one in PREPARATIONS:
        if keys := by_step.get(one.step):
            projects = Project.objects.order_by().filter(pk__in=keys)
            for key in one.lacking(projects).values_list("pk", flat=True):
                found.setdefault(key, one)
    return found


def plans_awaited(projects: Iterable[int]) -> set[int]:
    """The years of the plans that are not adopted yet, on a line of which one of these approved projects waits."""
    drafts = Project.objects.order_by().filter(pk__in=list(projects), plan_line__plan__state=PlanState.DRAFT)
    return set(drafts.values_list("plan_line__plan__year", flat=True))
