"""Reads of evaluations: each person's own, and those over the registry of a province for all who evaluate there."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from khuyencong.impact.models import Evaluation
from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission


def evaluations(user: User) -> QuerySet[Evaluation]:
    """Finished evaluations the person may read; an uploaded panel stays with the person who brought it."""
    return Evaluation.objects.filter(_readable(user), result__isnull=False).select_related("owner")


def get(user: User, pk: UUID) -> Evaluation:
    """One evaluation. Raises Http404 and PermissionDenied."""
    found = get_object_or_404(Evaluation.objects.select_related("owner"), pk=pk)
    if not Evaluation.objects.filter(_readable(user), pk=pk).exists():
        if found.origin == Evaluation.Origin.UPLOAD:
            raise PermissionDenied(_("Số liệu này do người khác tải lên."))
        raise PermissionDenied(_("Kết quả này thuộc tỉnh khác."))
    return found


def own_panel(user: User, pk: UUID) -> Evaluation:
    """A panel the person brought. Raises Http404 and PermissionDenied."""
    get(user, pk)
    return get_object_or_404(Evaluation, pk=pk, owner=user, origin=Evaluation.Origin.UPLOAD)


def _readable(user: User) -> Q:
    reach = access_of(user).reach(Permission.IMPACT_EVALUATE)
    return Q(owner=user) | Q(origin=Evaluation.Origin.REGISTRY, province_id__in=reach.provinces)
