"""The appraisal of a project, added up; the sheets that wait for a person."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from khuyencong.core import clock
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


def summary_of(project: Project) -> appraisal.Summary | None:
    """The scores of the council added up; None while there is no council."""
    council = getattr(project, "council", None)
    if council is None:
        return None
    lines = [appraisal.Criterion(one.code, one.name, one.most, one.least) for one in criteria_of(council)]
    members = council.members.prefetch_related("scores__criterion").select_related("user")
    return appraisal.summarize(lines, [_sheet(one) for one in members], council.threshold)


def waiting_for(user: User) -> QuerySet[Member]:
    """The person's sheets that are not handed in, of projects under appraisal."""
    return Member.objects.filter(
        user=user, handed_in_at=None, conflict=False, council__project__state=State.DEPARTMENT_APPRAISAL.value
    ).select_related("council__project")


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
        "naming": project.state in (State.SUBMITTED, State.DEPARTMENT_APPRAISAL)
        and not any(one.handed_in_at for one in members),
    }


def _sheet(member: Member) -> appraisal.Sheet:
    points = {score.criterion.code: score.points for score in member.scores.all()}
    return appraisal.Sheet(str(member.user), points, member.handed_in_at is not None, member.conflict)
