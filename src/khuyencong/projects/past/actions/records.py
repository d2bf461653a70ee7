"""The writes of projects: permission, rule, write and audit in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.establishments.models import Establishment
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.projects.past import wording as past_wording
from khuyencong.projects.past.actions import writing as past
from khuyencong.projects.past.actions.writing import Told
from khuyencong.projects.past.rules import Past
from khuyencong.projects.record.changes import changes
from khuyencong.projects.record.models import Project
from khuyencong.projects.record.rules import money_problem, year_problem

# What of a project's own fields its past hangs on.
WHOLE = ("fund", "accepted_year", "support_amount", "counterpart", "total_cost")


def is_record(project: Project) -> bool:
    """Whether the project is a record of one that ran elsewhere: only such a one may be rewritten as a whole.

    What was drafted here, or took a step here, changes through the proposal and the steps alone.
    """
    return project.drafted_by_id is None and all(one.recorded for one in project.steps.all())


def add_project(
    user: User, values: Mapping[str, Any], establishments: Iterable[Establishment], told: Told | None = None
) -> Project:
    """Record a project that ran elsewhere, with what is told of its past. Everybody it supports is within reach."""
    with audit.writing(user):
        establishments = list(establishments)
        _check(user, values, establishments, establishments)
        made = _past(values, told or Told(), None)
        new = Project(**values)
        past.apply(new, made)
        new.fold()
        new.save()
        new.establishments.set(establishments)
        parts = past.write(user, new, made)
        audit.record([*changes("create", new, None, establishments), *parts])
    return new


def change_project(
    user: User,
    pk: int,
    values: Mapping[str, Any],
    establishments: Iterable[Establishment],
    version: str,
    told: Told | None = None,
) -> Project:
    """Rewrite such a record; ``told`` None leaves its past as it is.

    Raises ChangedMeanwhile when it is not the one the person had opened.
    """
    with audit.writing(user):
        establishments = list(establishments)
        existing = Project.objects.select_for_update().get(pk=pk)
        concerned = list(dict.fromkeys([*existing.establishments.select_related("commune"), *establishments]))
        _check(user, values, establishments, concerned)
        if not is_record(existing):
            raise ValidationError(past_wording.runs_here())
        unchanged(existing, version)
        before = audit.snapshot(existing)
        for name, value in values.items():
            setattr(existing, name, value)
        whole = {name: getattr(existing, name) for name in WHOLE}
        made = _past(whole, *_told(told, past.known_of(existing)))
        past.apply(existing, made)
        existing.fold()
        existing.save()
        existing.establishments.set(establishments)
        parts = past.write(user, existing, made)
        audit.record([*changes("update", existing, before, concerned), *parts])
    return existing


def _told(told: Told | None, known: Told) -> tuple[Told, Told]:
    """A form tells everything, so what it leaves empty is not known any more; a contract once written down stays."""
    if told is None:
        return Told(), known
    number = told.contract_number or known.contract_number
    paid = known.paid if told.paid is None else told.paid
    return replace(told, contract_number=number, paid=paid), Told(paid=known.paid)


def _past(values: Mapping[str, Any], told: Told, known: Told | None) -> Past:
    today = clock.today()
    made = past.complete(values, told, known, today)
    refused = past.refusals(made, told, known, today)
    if refused:
        raise ValidationError({name: capfirst(words) for name, words in refused.items()})
    return made


def _check(
    user: User, values: Mapping[str, Any], establishments: list[Establishment], concerned: list[Establishment]
) -> None:
    require(user, Permission.PROJECTS_EDIT)
    for one in concerned:
        require(user, Permission.PROJECTS_EDIT, one.commune)
    if not establishments:
        raise ValidationError({"beneficiaries": _("Cần ít nhất một cơ sở thụ hưởng.")})
    if year_problem(values.get("accepted_year"), clock.today().year):
        raise ValidationError({"accepted_year": _("Năm nghiệm thu chưa đến; để trống nếu chưa nghiệm thu.")})
    if money_problem(values["support_amount"], values["counterpart"], values["total_cost"]) is not None:
        raise ValidationError({"total_cost": _("Tổng kinh phí nhỏ hơn phần hỗ trợ cộng vốn đối ứng.")})
