"""A batch belongs to the person who brought it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from khuyencong.imports.models import ImportBatch


def mine(request: HttpRequest, pk: UUID) -> ImportBatch:
    """The batch. Raises Http404, PermissionDenied."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    if batch.owner_id != request.user.pk:
        raise PermissionDenied(_("Tệp này do người khác đưa lên."))
    return batch
