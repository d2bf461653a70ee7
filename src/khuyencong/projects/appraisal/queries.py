"""The appraisal of a project, added up; the sheets that wait for a person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, QuerySet

from khuyencong.core import clock
from khuyencong.core.per_request import once
from khuyencong.core.validity import valid_on
from khuyencong.people.models import User
from khuyencong.projects.appraisal import rules as appraisal
from khuyencong.projects.appraisal.models import AppraisalCriterion, Council, Member
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.record.models import Project


def criteria_on(day: dt.date) -> QuerySet[AppraisalCriterion]:
    """The lines of the sheet on a day."""
    return AppraisalCriterion.objects.filter(valid_on(day))


def criteria_of(council: Council) -> QuerySet[AppraisalCriterion]:
    """The lines of this council's sheets: those of the day on which it was named."""
    return criteria_on(clock.day_of(council.named_at))


@once
def summary_of(project: Project) -> appraisal.Summary | None:
    """The scores of the council added up; None while there is no council.

    Added up once for a page: the guards of a step, its letter and the tab all ask, and none of them scores.
    """
    council = getattr(project, "council", None)
    if council is None:
        return None
    lines = [appraisal.Criterion(one.code, one.name, one.most, one.least) for one in criteria_of(council)]
    return appraisal.summarize(lines, _sheets(council), council.threshold)


def waiting_for(user: User) -> QuerySet[Member]:
    """The person's sheets that are not handed in, of projects under appraisal."""
    return Member.objects.filter(
        user=user, handed_in_at=None, conflict=False, council__project__state=State.DEPARTMENT_APPRAISAL.value
    ).select_related("council__project")


def sheets_awaited(projects: Iterable[Project]) -> dict[int, int]:
    """Key of each of these projects under appraisal -> how many sheets of its council are not handed in."""
    appraised = [one.pk for one in projects if one.state == State.DEPARTMENT_APPRAISAL]
    if not appraised:
        return {}
    awaited = Member.objects.filter(council__project__in=appraised, handed_in_at=None, conflict=False)
    return dict(awaited.order_by().values_list("council__project").annotate(n=Count("pk")))


def card(user: User, project: Project) -> dict[str, Any]:
    """The tab: the council, who handed in; scores and comments only once every sheet is in."""
    council = getattr(project, "council", None)
    summary = summary_of(project)
    members = list(council.members.select_related("user")) if council else []
    return {
        "council": council,
        "members": members,
        "summary": summary,
        "open": bool(summary and summary.complete),
        "seat": next((one for one in members if one.user_id == user.pk), None),
        "scoring": project.state == State.DEPARTMENT_APPRAISAL,
        "naming": project.state in (State.SUBMITTED, State.DEPARTMENT_APPRAISAL) and not (summary and summary.complete),
    }


def _sheets(council: Council) -> list[appraisal.Sheet]:
    points: dict[int, dict[str, int]] = defaultdict(dict)
    members = {}
    scored = council.members.annotate(code=F("scores__criterion__code"), points=F("scores__points"))
    for one in scored.select_related("user"):
        members[one.pk] = one
        if one.code is not None:
            points[one.pk][one.code] = one.points
    return [
        appraisal.Sheet(str(one.user), points[one.pk], one.handed_in_at is not None, one.conflict)
        for one in members.values()
    ]
