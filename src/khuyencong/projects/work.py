"""What the projects want from a person: steps of theirs, sheets, results of supported establishments."""

import datetime as dt
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.waiting import Item
from khuyencong.establishments.models import Establishment
from khuyencong.people.models import User
from khuyencong.people.queries import may, read_access
from khuyencong.people.rules import Permission
from khuyencong.planning import decisions
from khuyencong.planning.models import AnnualPlan
from khuyencong.projects.appraisal.queries import sheets_awaited, waiting_for
from khuyencong.projects.lifecycle.table import Actor, Fund, State, next_step
from khuyencong.projects.record.authors import person
from khuyencong.projects.record.decisions import STEP
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.queries import within_reach
from khuyencong.projects.results.queries import outstanding
from khuyencong.projects.steps import wording
from khuyencong.projects.steps.preparing import Preparation, lacking, plans_awaited

# In these states nobody is late: the next step comes with the years, or never.
_UNDER_WAY = [one.value for one in State if one not in (State.MONITORED, State.ARCHIVED)]
# Whoever holds one of these takes steps of projects.
_ACTING = (Permission.PROJECTS_DRAFT, Permission.PROJECTS_EDIT, Permission.PROJECTS_DECIDE)
# What is read of each: the list is made again after every write.
_PEOPLE = (f"{who}__{told}" for who in ("responsible", "drafted_by") for told in ("is_active", "full_name"))
_READ = ("title", "fund", "state", "state_since", "due_on", *_PEOPLE)
# Results of years longer past are no work for this week: they stay on the page of what is owed.
RECENT_YEARS = 3


def waiting(user: User, today: dt.date) -> Iterator[Item]:
    """Everything of this room that waits for the person."""
    yield from _steps(user)
    for seat in waiting_for(user):
        project = seat.council.project
        yield Item(
            _("Chấm phiếu thẩm định"),
            project.title,
            reverse("projects:sheet", args=[project.pk]),
            since=project.state_since,
            due=seat.council.meets_on or project.due_on,
        )
    yield from _results(user, today)


def _steps(user: User) -> Iterator[Item]:
    may_act = _Acting()
    steps = [(project, next_step(State(project.state), Fund(project.fund))) for project in _open(user)]
    open_steps = [(project, step) for project, step in steps if step]
    unready = lacking((project, step.name) for project, step in open_steps)
    for project, _step in open_steps:
        one = unready.get(project.pk)
        if one and _waits_for(user, project, one.actor, may_act):
            yield _item(project, str(one.verb), one.tab)
    waiting = [(project, step) for project, step in open_steps if _waits_for(user, project, step.actor, may_act)]
    yield from _plans(user, [project.pk for project, step in waiting if step.name == "plan"])
    hands = STEP.hands_of(project for project, step in waiting if step.four_eyes)
    awaited = sheets_awaited(project for project, _step in waiting)
    for project, step in waiting:
        if user.pk not in hands.get(project.pk, ()):
            missing = unready.get(project.pk)
            held = _held(project, missing, may_act) if missing else ""
            yield _item(project, wording.step_label(step.name), why=_why(project, awaited.get(project.pk, 0), held))


def _item(project: Project, verb: str, tab: str = "", why: str = "") -> Item:
    address = reverse("projects:card", args=[project.pk])
    return Item(
        verb,
        project.title,
        f"{address}?tab={tab}" if tab else address,
        why=why or project.get_state_display(),
        since=project.state_since,
        due=project.due_on,
    )


def _held(project: Project, missing: Preparation, may_act: "_Acting") -> str:
    """What the step waits for, and who has it."""
    people = [one.full_name for one in _carrying(project, missing.actor, may_act)]
    who = ", ".join(people) or wording.ACTORS[missing.actor]
    return _("chờ %(who)s (%(what)s)") % {"who": who, "what": missing.verb}


def _plans(user: User, approved: list[int]) -> Iterator[Item]:
    """Plans that are not adopted, on a line of which an approved project waits."""
    years = plans_awaited(approved) if approved else set()
    if not years or not may(user, Permission.PLAN_EDIT):
        return
    for plan in decisions.PLAN.open_to(user, AnnualPlan.objects.filter(year__in=years)):
        yield Item(
            _("Ban hành kế hoạch năm %(year)s") % {"year": plan.year},
            _("Đề án đã phê duyệt chờ được giao từ kế hoạch này"),
            reverse("planning:plan", args=[plan.year]),
        )


class _Acting:
    """As whom people may act on projects; who carries many projects is looked up once."""

    def __init__(self) -> None:
        self._people: dict[int, User] = {}

    def __call__(self, user: User, project: Project, actor: Actor) -> bool:
        user = self._people.setdefault(user.pk, user)  # who keeps what was read of their roles
        return actor in person(user, project).actors


def _waits_for(user: User, project: Project, actor: Actor, may_act: _Acting) -> bool:
    """Whether it is this person's turn: for those who carry or drafted the project, if they may act so; else for
    everybody who may."""
    if not may_act(user, project, actor):
        return False
    if actor is Actor.LEADER:
        return True
    carrying = _carrying(project, actor, may_act)
    return not carrying or user in carrying


def _carrying(project: Project, actor: Actor, may_act: _Acting) -> list[User]:
    return [one for one in (project.responsible, project.drafted_by) if one and may_act(one, project, actor)]


def _why(project: Project, awaited: int, held: str) -> str:
    """Where it stands, how many sheets the decision still waits for, and for what else."""
    sheets = ngettext("còn %(n)s phiếu chưa nộp", "còn %(n)s phiếu chưa nộp", awaited) % {"n": awaited}
    return "; ".join(filter(None, (project.get_state_display(), sheets if awaited else "", held)))


def _open(user: User) -> list[Project]:
    """The projects under way in which the person may take some step, with who carries them and what they may."""
    places = Establishment.objects.select_related("commune").only("commune__parent")
    found = list(
        Project.objects.filter(reduce(or_, (within_reach(user, one) for one in _ACTING)), state__in=_UNDER_WAY)
        .select_related("responsible", "drafted_by")
        .prefetch_related(Prefetch("establishments", places))
        .order_by()  # else a large register is walked in its order
        .only(*_READ)
    )
    read_access(one for project in found for one in (project.responsible, project.drafted_by) if one)
    return found


def _results(user: User, today: dt.date) -> Iterator[Item]:
    """One line for each of the last years with results to collect, not one for each establishment."""
    collects, archives = may(user, Permission.RESULTS_EDIT), may(user, Permission.PROJECTS_EDIT)
    if not collects and not archives:
        return
    found = outstanding(user, today, since=today.year - RECENT_YEARS)
    for year, number in sorted(found.to_collect.items()):
        yield Item(
            _("Thu kết quả năm %(year)s") % {"year": year},
            ngettext("%(n)s cơ sở được hỗ trợ chưa báo cáo", "%(n)s cơ sở được hỗ trợ chưa báo cáo", number)
            % {"n": number},
            f"{reverse('projects:results_due')}?year={year}",
            due=dt.date(year + 1, 3, 31),
        )
    if number := found.to_archive:
        yield Item(
            _("Lưu trữ đề án đã theo dõi xong"),
            ngettext("%(n)s đề án đã đủ kết quả hằng năm", "%(n)s đề án đã đủ kết quả hằng năm", number)
            % {"n": number},
            f"{reverse('projects:list')}?state={State.MONITORED}",
        )
