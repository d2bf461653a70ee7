"""Writing a proposal and changing it while it may be changed: its content, its estimate, its sources of money."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.establishments.models import Establishment
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import EDITABLE, State
from khuyencong.projects.proposal import rules as proposal_rules
from khuyencong.projects.proposal import wording as proposal_wording
from khuyencong.projects.proposal.models import BlendedFunding, CostLine
from khuyencong.projects.proposal.numbering import next_code
from khuyencong.projects.record.authors import is_author
from khuyencong.projects.record.changes import changes
from khuyencong.projects.record.models import Project
from khuyencong.projects.survey.models import Survey


@dataclass(frozen=True)
class Line:
    """One line of the estimate. Unit price in VND, quantity in thousandths at the finest."""

    name: str
    unit: str
    quantity: Decimal
    unit_price: int
    price_source: str = ""

    @property
    def amount(self) -> int:
        """Quantity times price, in whole VND."""
        return proposal_rules.CostLine(int(self.quantity * 1000), self.unit_price).amount


@dataclass(frozen=True)
class Blended:
    """Money of another programme, in VND."""

    programme: str
    amount: int
    name: str = ""


@dataclass(frozen=True)
class Content:
    """What a proposal says. ``values``: the project's own fields, but for its total: that is the sum of the sources."""

    values: Mapping[str, Any]
    establishments: Sequence[Establishment] = ()
    lines: Sequence[Line] = ()
    blended: Sequence[Blended] = ()


# What the contract and the plan rest on: it stays while an adjustment is worked out.
FIXED_IN_ADJUSTMENT = ("fund", "activity")


def version_of(project: Project) -> str:
    """A short mark of everything the proposal says, to notice that it changed while a form was open."""
    parts = [*project.cost_lines.all(), *project.blended_funding.all()]
    whole = {"project": audit.snapshot(project)} | {
        f"{one._meta.model_name}-{one.pk}": audit.snapshot(one) for one in parts
    }
    return audit.digest(whole)


def propose(user: User, content: Content, survey: int | None = None) -> Project:
    """Begin a project under the next number of the year; ``survey`` is the one that it comes from."""
    with audit.writing(user):
        require(user, Permission.PROJECTS_DRAFT)
        for one in content.establishments:
            require(user, Permission.PROJECTS_DRAFT, one.commune)
        new = Project(code=next_code(clock.today().year), state=State.DRAFT.value, drafted_by=user)
        _fill(new, content)
        new.save()
        new.establishments.set(content.establishments)
        parts = _write_parts(new, content)
        audit.record([*changes("create", new, None, content.establishments), *parts])
        if survey is not None:
            _link(user, survey, new)
    return new


def change_proposal(user: User, pk: int, content: Content, version: str) -> Project:
    """Change a proposal. Raises PermissionDenied, ValidationError by field, ChangedMeanwhile.

    Who works in one commune may change a project that reaches into others too, but only takes in or leaves out
    establishments of their own.
    """
    with audit.writing(user, (Project, pk)):
        project = Project.objects.select_for_update().get(pk=pk)
        if not is_author(user, project):
            raise PermissionDenied(_("Nội dung đề án này do cán bộ khác soạn, hoặc đề án nằm ngoài phạm vi của bạn."))
        if State(project.state) not in EDITABLE:
            raise ValidationError(proposal_wording.not_editable(project))
        unchanged(project, version, version_of)
        present, wanted = set(project.establishments.select_related("commune")), set(content.establishments)
        for one in present ^ wanted:
            require(user, Permission.PROJECTS_DRAFT, one.commune)
        if project.state == State.ADJUSTED:
            _refuse_what_is_fixed(project, content, present != wanted)
        before = audit.snapshot(project)
        _fill(project, content)
        project.drafted_by = project.drafted_by or user  # a draft that came from a file gets its author
        project.save()
        project.establishments.set(content.establishments)
        parts = _write_parts(project, content)
        audit.record([*changes("update", project, before, present | wanted), *parts])
    return project


def _refuse_what_is_fixed(project: Project, content: Content, others: bool) -> None:
    wrong = {
        name: _("Không đổi được khi đề án đã ký hợp đồng.")
        for name in FIXED_IN_ADJUSTMENT
        if name in content.values and content.values[name] != getattr(project, name)
    }
    if others:
        wrong["beneficiaries"] = _("Không đổi được cơ sở thụ hưởng khi đề án đã ký hợp đồng.")
    if wrong:
        raise ValidationError(wrong)


def _fill(project: Project, content: Content) -> None:
    for name, value in content.values.items():
        setattr(project, name, value)
    project.blended = sum(one.amount for one in content.blended)
    project.total_cost = project.support_amount + project.counterpart + project.blended
    project.fold()


def _write_parts(project: Project, content: Content) -> list[audit.Change]:
    """Lines and sources as they are wanted: those in the same place are changed, the others added or taken away."""
    lines = [
        {
            "position": position, "name": one.name, "unit": one.unit, "quantity": one.quantity,
            "unit_price": one.unit_price, "amount": one.amount, "price_source": one.price_source,
        }
        for position, one in enumerate(content.lines)
    ]  # fmt: skip
    blended = [{"programme_id": one.programme, "name": one.name, "amount": one.amount} for one in content.blended]
    return [
        *_write_rows(project, CostLine, list(project.cost_lines.all()), lines),
        *_write_rows(project, BlendedFunding, list(project.blended_funding.all()), blended),
    ]


def _write_rows(
    project: Project, model: type[models.Model], present: list[Any], wanted: Iterable[Mapping[str, Any]]
) -> list[audit.Change]:
    found, rows = [], list(wanted)
    for row, values in zip([*present, *[None] * len(rows)], rows, strict=False):
        before = audit.snapshot(row) if row else None
        row = row or model(project=project)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        found.append(audit.Change("update" if before else "create", row, before, audit.snapshot(row), subject=project))
    for row in present[len(rows) :]:
        found.append(audit.Change("delete", row, audit.snapshot(row), None, subject=project))
        model._base_manager.filter(pk=row.pk).delete()
    return found


def _link(user: User, pk: int, project: Project) -> None:
    survey = Survey.objects.select_for_update().select_related("establishment__commune").get(pk=pk)
    require(user, Permission.PROJECTS_DRAFT, survey.establishment.commune)
    if survey.project_id is not None:
        raise ValidationError(_("Khảo sát này đã có đề án lập từ nó."))
    before = audit.snapshot(survey)
    survey.project = project
    survey.save(update_fields=["project"])
    audit.record([audit.Change("update", survey, before, audit.snapshot(survey), subject=survey.establishment)])
