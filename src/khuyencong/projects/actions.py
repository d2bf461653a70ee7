"""The writes of projects: permission, rule, write and audit in one transaction."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.establishments.actions import ChangedMeanwhile
from khuyencong.establishments.models import Establishment
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.projects.models import Project
from khuyencong.projects.rules import money_problem, year_problem


def version_of(project: Project) -> str:
    """A short mark of the record's content, to notice that it changed while a form was open."""
    return audit.digest(audit.snapshot(project))


def add_project(user: User, values: Mapping[str, Any], establishments: Iterable[Establishment]) -> Project:
    """Record a project. All its establishments must be within reach."""
    with transaction.atomic():
        establishments = list(establishments)
        _check(user, values, establishments, establishments)
        new = Project(**values)
        new.fold()
        new.save()
        new.establishments.set(establishments)
        audit.record(user, changes("create", new, None, establishments))
    return new


def change_project(
    user: User, pk: int, values: Mapping[str, Any], establishments: Iterable[Establishment], version: str
) -> Project:
    """Change a project. Raises ChangedMeanwhile when it is not the one the person had opened."""
    with transaction.atomic():
        establishments = list(establishments)
        existing = Project.objects.select_for_update().get(pk=pk)
        concerned = list(dict.fromkeys([*existing.establishments.select_related("commune"), *establishments]))
        _check(user, values, establishments, concerned)
        if version_of(existing) != version:
            raise ChangedMeanwhile
        before = audit.snapshot(existing)
        for name, value in values.items():
            setattr(existing, name, value)
        existing.fold()
        existing.save()
        existing.establishments.set(establishments)
        audit.record(user, changes("update", existing, before, concerned))
    return existing


def changes(
    action: str, project: Project, before: Mapping[str, Any] | None, establishments: Iterable[Establishment]
) -> list[audit.Change]:
    """One record on the project's card, and one on the card of each establishment, those that left it too."""
    after = audit.snapshot(project)
    return [
        audit.Change(action, project, before, after),
        *(audit.Change(action, project, before, after, subject=one) for one in establishments),
    ]


def _check(
    user: User, values: Mapping[str, Any], establishments: list[Establishment], concerned: list[Establishment]
) -> None:
    require(user, Permission.PROJECTS_EDIT)
    for one in concerned:
        require(user, Permission.PROJECTS_EDIT, one.commune)
    if not establishments:
        raise ValidationError({"beneficiaries": _("Cần ít nhất một cơ sở thụ hưởng.")})
    if year_problem(values.get("accepted_year"), timezone.localdate().year):
        raise ValidationError({"accepted_year": _("Năm nghiệm thu chưa đến; để trống nếu chưa nghiệm thu.")})
    if money_problem(values["support_amount"], values["counterpart"], values["total_cost"]) is not None:
        raise ValidationError({"total_cost": _("Tổng kinh phí nhỏ hơn phần hỗ trợ cộng vốn đối ứng.")})
