"""The appraisal of a project, added up."""

import datetime as dt

from django.db.models import Q, QuerySet

from khuyencong.projects.models import AppraisalCriterion, Council, Member, Project
from khuyencong.projects.rules import appraisal


def criteria_on(day: dt.date) -> QuerySet[AppraisalCriterion]:
    """The lines of the sheet on a day."""
    return AppraisalCriterion.objects.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


def as_rules(day: dt.date) -> list[appraisal.Criterion]:
    """The lines of the sheet as the rules see them."""
    return [appraisal.Criterion(one.code, one.name, one.most, one.least) for one in criteria_on(day)]


def summary_of(project: Project) -> appraisal.Summary | None:
    """The scores of the council added up; None while there is no council."""
    council = Council.objects.filter(project=project).first()
    if council is None:
        return None
    members = list(council.members.prefetch_related("scores__criterion").select_related("user"))
    return appraisal.summarize(as_rules(council.named_at.date()), [_sheet(one) for one in members], council.threshold)


def _sheet(member: Member) -> appraisal.Sheet:
    points = {score.criterion.code: score.points for score in member.scores.all()}
    return appraisal.Sheet(str(member.user), points, member.handed_in_at is not None, member.conflict)
