"""Tying a project to a line of the plan."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.people.models import User
from khuyencong.planning.models import PlanLine
from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.record.locking import locked
from khuyencong.projects.record.models import Project


def choose_line(user: User, pk: int, line: PlanLine) -> Project:
    """Choose which line pays for an approved project; the money is committed when the plan is assigned."""
    with transaction.atomic():
        project = locked(user, pk)
        if project.state != State.APPROVED:
            raise ValidationError(_("Chỉ chọn dòng kế hoạch khi đề án đã được phê duyệt và chưa giao kế hoạch."))
        if line.fund != project.fund or line.activity_id not in (None, project.activity_id):
            raise ValidationError({"line": _("Dòng này không dành cho nguồn hoặc nội dung của đề án.")})
        before = audit.snapshot(project)
        project.plan_line = line
        project.save(update_fields=["plan_line"])
        audit.record(user, [audit.Change("update", project, before, audit.snapshot(project))])
    return project
