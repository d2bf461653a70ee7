"""Writing down what was found at an establishment."""

from collections.abc import Mapping
from typing import Any

from khuyencong.core import audit
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.establishments.models import Establishment
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.projects.survey.models import Survey


def add_survey(user: User, establishment: Establishment, values: Mapping[str, Any]) -> Survey:
    """Record a survey; it is told on the establishment's card too."""
    with audit.writing(user, (Establishment, establishment.pk)):
        require(user, Permission.PROJECTS_DRAFT, establishment.commune)
        new = Survey.objects.create(establishment=establishment, surveyed_by=user, **values)
        _record("create", new, None)
    return new


def change_survey(user: User, pk: int, values: Mapping[str, Any], version: str) -> Survey:
    """Change a survey. Raises ChangedMeanwhile when it is not the one that the person had opened."""
    with audit.writing(user, (Survey, pk)):
        survey = Survey.objects.select_for_update().get(pk=pk)
        require(user, Permission.PROJECTS_DRAFT, survey.establishment.commune)
        unchanged(survey, version)
        before = audit.snapshot(survey)
        for name, value in values.items():
            setattr(survey, name, value)
        survey.save()
        _record("update", survey, before)
    return survey


def _record(action: str, survey: Survey, before: Mapping[str, Any] | None) -> None:
    after = audit.snapshot(survey)
    changes = [audit.Change(action, survey, before, after)]
    changes.append(audit.Change(action, survey, before, after, subject=survey.establishment))
    audit.record(changes)
