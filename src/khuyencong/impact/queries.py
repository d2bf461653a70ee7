"""Reads of evaluations: each person's own, and those over the programme's data for all who may evaluate."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from khuyencong.impact.models import Evaluation
from khuyencong.people.models import User


def evaluations(user: User) -> QuerySet[Evaluation]:
    """Finished evaluations the person may read; an uploaded panel stays with the person who brought it."""
    own = Q(owner=user) | Q(origin=Evaluation.Origin.REGISTRY)
    return Evaluation.objects.filter(own, result__isnull=False).select_related("owner")


def get(user: User, pk: UUID) -> Evaluation:
    """One evaluation. Raises Http404 and PermissionDenied."""
    found = get_object_or_404(Evaluation.objects.select_related("owner"), pk=pk)
    if found.origin == Evaluation.Origin.UPLOAD and found.owner_id != user.pk:
        raise PermissionDenied(_("Số liệu này do người khác tải lên."))
    return found
