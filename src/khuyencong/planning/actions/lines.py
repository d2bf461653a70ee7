"""The lines of a draft plan. Those of an adopted plan change by an adjustment alone."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.core.money import vnd
from khuyencong.people.models import User
from khuyencong.planning.actions.locking import locked_draft
from khuyencong.planning.models import PlanLine


def save_line(user: User, plan: int, pk: int | None, values: Mapping[str, Any], version: str | None = None) -> PlanLine:
    """Enter a line of a draft plan, or change it; never below what is committed already.

    Raises ValidationError by field, ChangedMeanwhile.
    """
    with audit.writing(user):
        draft = locked_draft(user, plan)
        line = PlanLine.objects.select_for_update().get(pk=pk, plan=draft) if pk else PlanLine(plan=draft)
        unchanged(line if pk else None, version)
        before = audit.snapshot(line) if pk else None
        for name, value in values.items():
            setattr(line, name, value)
        if line.amount < line.committed:
            raise ValidationError(
                {"amount": _("Đã giao cho đề án %(sum)s, không thể thấp hơn.") % {"sum": vnd(line.committed)}}
            )
        if draft.lines.filter(fund=line.fund, name=line.name).exclude(pk=line.pk).exists():
            raise ValidationError({"name": _("Đã có dòng “%(name)s” của nguồn này.") % {"name": line.name}})
        _refuse_leaving_projects(line)
        line.full_clean()
        line.save()
        audit.record([audit.Change("update" if pk else "create", line, before, audit.snapshot(line), subject=draft)])
    return line


def remove_line(user: User, plan: int, pk: int) -> None:
    """Take a line out of a draft plan; not while projects are tied to it."""
    with audit.writing(user):
        draft = locked_draft(user, plan)
        line = PlanLine.objects.select_for_update().get(pk=pk, plan=draft)
        if line.projects.exists() or line.commitments.exists():
            raise ValidationError(_("Còn đề án gắn với dòng này; hãy đưa đề án ra khỏi kế hoạch trước."))
        audit.record([audit.Change("delete", line, audit.snapshot(line), None, subject=draft)])
        line.delete()


def _refuse_leaving_projects(line: PlanLine) -> None:
    """A line stays one that may pay for the projects tied to it: of their fund, and of their content or of any."""
    if line.pk is None:
        return
    tied = line.projects.all()
    others = {
        "fund": tied.exclude(fund=line.fund),
        "activity": tied.exclude(activity=line.activity_id) if line.activity_id else tied.none(),
    }
    told = _("Còn đề án gắn với dòng này; hãy đưa đề án ra khỏi kế hoạch trước.")
    if wrong := {field: told for field, found in others.items() if found.exists()}:
        raise ValidationError(wrong)
