"""Surveys, narrowed to the person asking, with what became of each."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.people.models import User
from khuyencong.people.queries import may, within
from khuyencong.people.rules import Permission
from khuyencong.projects.survey.models import Survey


def mine(user: User, permission: Permission = Permission.PROJECTS_VIEW) -> QuerySet[Survey]:
    """The surveys of establishments within reach."""
    return Survey.objects.filter(within(user, permission, "establishment__commune")).select_related(
        "establishment__commune", "surveyed_by", "project"
    )


def get(user: User, pk: int, permission: Permission = Permission.PROJECTS_VIEW) -> Survey:
    """One survey. Raises Http404 when there is none, PermissionDenied when it is out of reach."""
    found = (
        Survey.objects.select_related("establishment__commune__parent", "surveyed_by", "project").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    if not may(user, permission, found.establishment.commune):
        raise PermissionDenied(_("Khảo sát này nằm ngoài phạm vi của bạn."))
    return found
