"""What supervision wants from a person: visits, plans to approve, findings to put right or to look at again."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.core.waiting import Item
from khuyencong.people.models import User
from khuyencong.people.queries import may, read_access
from khuyencong.people.rules import Permission
from khuyencong.supervision import decisions, queries
from khuyencong.supervision.models import Finding, InspectionPlan, Visit

# What is read of each finding: the list is made again after every write.
_PEOPLE = ("visit__inspector", "visit__project__responsible", "visit__project__drafted_by")
_READ = ("text", "state", "deadline", "visit__project__title", *(f"{one}__is_active" for one in _PEOPLE))


def waiting(user: User, today: dt.date) -> Iterator[Item]:
    """Everything of this room that waits for the person."""
    if not may(user, Permission.SUPERVISION_VIEW):
        return
    if may(user, Permission.SUPERVISION_APPROVE):
        for plan in decisions.PLAN.open_to(user, InspectionPlan.objects.filter(approved_at=None)):
            yield Item(_("Duyệt kế hoạch kiểm tra"), str(plan), f"{reverse('supervision:home')}?year={plan.year}")
    if queries.may_inspect(user):
        for visit in queries.visits(user).filter(state=Visit.State.PLANNED, inspector=user):
            address = reverse("supervision:visit", args=[visit.pk])
            yield Item(_("Đi kiểm tra"), visit.project.title, address, due=visit.planned_for)
    open_findings = list(queries.findings(user).exclude(state=Finding.State.CLOSED).only(*_READ))
    read_access(person for one in open_findings for person in _carrying(one))
    for finding in open_findings:
        project = finding.visit.project
        address = reverse("supervision:finding", args=[finding.pk])
        if finding.state == Finding.State.REMEDIED:
            if _turn(user, Permission.SUPERVISION_EDIT, finding.visit.inspector):
                yield Item(_("Kiểm tra lại, đóng phát hiện"), project.title, address, why=finding.text[:120])
        elif _turn(user, Permission.PROJECTS_DRAFT, project.responsible, project.drafted_by):
            yield Item(
                _("Khắc phục phát hiện kiểm tra"), project.title, address, why=finding.text[:120], due=finding.deadline
            )


def _carrying(finding: Finding) -> list[User]:
    project = finding.visit.project
    return [one for one in (finding.visit.inspector, project.responsible, project.drafted_by) if one is not None]


def _turn(user: User, permission: Permission, *carrying: User | None) -> bool:
    """Whether it waits for this person: for those who carry it, if they still may; else for everybody who may."""
    present = [one for one in carrying if one is not None and may(one, permission)]
    return user in present if present else may(user, permission)
