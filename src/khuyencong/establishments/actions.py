"""The writes of the registry: permission, rule, write and audit in one transaction."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.establishments import wording
from khuyencong.establishments.models import Establishment, YearlyResult
from khuyencong.establishments.numbering import next_codes
from khuyencong.establishments.rules import result_problems
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission


def add_establishment(user: User, values: Mapping[str, Any]) -> Establishment:
    """Put a new establishment into the registry under the next number."""
    with audit.writing(user):
        require(user, Permission.REGISTRY_EDIT, values["commune"])
        new = Establishment(**values)
        new.code = new.code or next_codes(1)[0]
        new.fold()
        new.save()
        audit.record([audit.Change("create", new, None, audit.snapshot(new))])
    return new


def change_establishment(user: User, pk: int, values: Mapping[str, Any], version: str) -> Establishment:
    """Change an establishment; both the old and the new commune must be within reach.

    Raises ChangedMeanwhile when the record is not the one the person had opened.
    """
    with audit.writing(user, (Establishment, pk)):
        existing = Establishment.objects.select_for_update().get(pk=pk)
        require(user, Permission.REGISTRY_EDIT, existing.commune)
        require(user, Permission.REGISTRY_EDIT, values["commune"])
        unchanged(existing, version)
        before = audit.snapshot(existing)
        for name, value in values.items():
            setattr(existing, name, value)
        existing.fold()
        existing.save()
        audit.record([audit.Change("update", existing, before, audit.snapshot(existing))])
    return existing


def save_result(
    user: User, establishment: Establishment, year: int, values: Mapping[str, Any], version: str
) -> YearlyResult:
    """Enter or change the result of one year.

    Raises ValidationError by field for what the rules refuse, ChangedMeanwhile as above.
    """
    with audit.writing(user, (Establishment, establishment.pk)):
        require(user, Permission.RESULTS_EDIT, establishment.commune)
        existing = YearlyResult.objects.select_for_update().filter(establishment=establishment, year=year).first()
        unchanged(existing, version)
        problems = result_problems(values, year, establishment.founded, clock.today().year)
        if problems:
            raise ValidationError({one.field: wording.problem(one) for one in problems})
        before = audit.snapshot(existing) if existing else None
        result = existing or YearlyResult(establishment=establishment, year=year)
        for name, value in values.items():
            setattr(result, name, value)
        result.entered_by, result.entered_at = user, clock.now()
        result.save()
        action = "update" if existing else "create"
        audit.record([audit.Change(action, result, before, audit.snapshot(result), subject=establishment)])
    return result
