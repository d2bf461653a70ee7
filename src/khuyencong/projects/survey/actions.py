"""Writing down what was found at an establishment."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from khuyencong.core import audit
from khuyencong.core.versions import ChangedMeanwhile, version_of
from khuyencong.establishments.models import Establishment
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.projects.survey.models import Survey


def add_survey(user: User, establishment: Establishment, values: Mapping[str, Any]) -> Survey:
    """Record a survey; it is told on the establishment's card too."""
    with transaction.atomic():
        require(user, Permission.PROJECTS_DRAFT, establishment.commune)
        new = Survey.objects.create(establishment=establishment, surveyed_by=user, **values)
        _record(user, "create", new, None)
    return new


def change_survey(user: User, pk: int, values: Mapping[str, Any], version: str) -> Survey:
    """Change a survey. Raises ChangedMeanwhile when it is not the one that the person had opened."""
    with transaction.atomic():
        audit.lock()
        survey = Survey.objects.select_for_update().get(pk=pk)
        require(user, Permission.PROJECTS_DRAFT, survey.establishment.commune)
        if version_of(survey) != version:
            raise ChangedMeanwhile
        before = audit.snapshot(survey)
        for name, value in values.items():
            setattr(survey, name, value)
        survey.save()
        _record(user, "update", survey, before)
    return survey


def _record(user: User, action: str, survey: Survey, before: Mapping[str, Any] | None) -> None:
    after = audit.snapshot(survey)
    changes = [audit.Change(action, survey, before, after)]
    changes.append(audit.Change(action, survey, before, after, subject=survey.establishment))
    audit.record(user, changes)
