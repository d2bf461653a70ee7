"""What the projects want from a person: steps of theirs, sheets, results of supported establishments."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuyencong.core.work import Item
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.projects import wording
from khuyencong.projects.models import Project
from khuyencong.projects.queries.appraisal import waiting_for
from khuyencong.projects.queries.listing import projects
from khuyencong.projects.queries.results_due import due_for
from khuyencong.projects.rules.lifecycle import Actor, Fund, State, next_step

# In these states nobody is late: the next step comes with the years.
_RESTING = (State.MONITORED.value, State.ARCHIVED.value, State.TERMINATED.value)
_HELD_BY = {
    Actor.OFFICER: Permission.PROJECTS_DRAFT,
    Actor.PROVINCE_OFFICER: Permission.PROJECTS_EDIT,
    Actor.LEADER: Permission.PROJECTS_DECIDE,
}


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
    access = access_of(user)
    for actor, permission in _HELD_BY.items():
        if not access.may(permission):
            continue
        for project in _open(user, permission):
            step = next_step(State(project.state), Fund(project.fund))
            if step is None or step.actor is not actor:
                continue
            # What somebody is in charge of waits for them; what they drafted waits for them too.
            mine = {project.responsible_id, project.drafted_by_id} - {None}
            if actor is not Actor.LEADER and mine and user.pk not in mine:
                continue
            if actor is Actor.OFFICER and not mine and access.may(Permission.PROJECTS_EDIT):
                continue
            yield Item(
                wording.step_label(step.name),
                project.title,
                reverse("projects:card", args=[project.pk]),
                why=project.get_state_display(),
                since=project.state_since,
                due=project.due_on,
            )


def _open(user: User, permission: Permission) -> QuerySet[Project]:
    return projects(user, permission).exclude(state__in=_RESTING)


def _results(user: User, today: dt.date) -> Iterator[Item]:
    """One line for each year with results to collect, not one for each establishment."""
    missing = due_for(user, today)
    for year in sorted({one.year for one in missing}):
        number = sum(one.year == year for one in missing)
        yield Item(
            _("Thu kết quả năm %(year)s") % {"year": year},
            ngettext("%(n)s cơ sở được hỗ trợ chưa có", "%(n)s cơ sở được hỗ trợ chưa có", number) % {"n": number},
            f"{reverse('projects:results_due')}?year={year}",
            due=dt.date(year + 1, 3, 31),
        )
