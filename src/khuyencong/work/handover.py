"""Handing all work of one person to another: what there is, and what stands in the way."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from khuyencong.law.models import Edition, Record, ReviewItem
from khuyencong.people.models import User
from khuyencong.people.queries import may
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import ENDED
from khuyencong.projects.models import Member, Project
from khuyencong.projects.record.queries import projects
from khuyencong.supervision.models import Visit


@dataclass(frozen=True)
class Charge:
    """One kind of work: its name, the rows, the field that names the person, and what they must be allowed to do."""

    name: str
    rows: models.QuerySet[Any]
    field: str
    permission: Permission


def charges(user: User) -> list[Charge]:
    """All work that hangs on a person."""
    live = Project.objects.exclude(state__in=[one.value for one in ENDED])
    return [
        Charge(_("Đề án phụ trách"), live.filter(responsible=user), "responsible", Permission.PROJECTS_DRAFT),
        Charge(
            _("Đề án đang soạn"),
            live.filter(drafted_by=user, state__in=["draft", "returned"]),
            "drafted_by",
            Permission.PROJECTS_DRAFT,
        ),
        Charge(
            _("Lần kiểm tra chưa làm"),
            Visit.objects.filter(inspector=user, state="planned").select_related("project"),
            "inspector",
            Permission.SUPERVISION_EDIT,
        ),
        Charge(
            _("Việc rà soát văn bản"),
            ReviewItem.objects.filter(owner=user, status__in=["open", "in-progress"]),
            "owner",
            Permission.LAW_VIEW,
        ),
        Charge(
            _("Văn bản theo dõi"),
            Edition.objects.filter(responsible=user, state=Record.State.ADOPTED).select_related("document"),
            "responsible",
            Permission.LAW_DRAFT,
        ),
    ]


def unfit(new: User, found: list[Charge]) -> list[str]:
    """What of this work the new person may not do, in words."""
    told = []
    for one in found:
        rows = list(one.rows)
        if rows and not may(new, one.permission):
            told.append(_("%(what)s: %(who)s không có quyền làm việc này.") % {"what": one.name, "who": new})
        elif one.rows.model is Project:
            reached = set(projects(new, one.permission).values_list("pk", flat=True))
            told += [
                _("%(what)s nằm ngoài địa bàn của %(who)s.") % {"what": row, "who": new}
                for row in rows
                if row.pk not in reached
            ]
        elif one.rows.model is Visit:
            told += [
                _("%(who)s soạn hoặc phụ trách %(what)s nên không được kiểm tra đề án đó.")
                % {"who": new, "what": row.project}
                for row in rows
                if new.pk in (row.project.drafted_by_id, row.project.responsible_id)
            ]
    return told


def sheets(user: User) -> models.QuerySet[Member]:
    """Appraisal sheets not handed in: a seat is a person's own and is not handed over, only told."""
    return Member.objects.filter(user=user, handed_in_at=None, conflict=False).select_related("council__project")
