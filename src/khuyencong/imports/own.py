"""A batch belongs to the person who brought it, and they choose which of its sheets are read."""

from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from khuyencong.imports.models import ImportBatch


def mine(request: HttpRequest, pk: UUID) -> ImportBatch:
    """The batch. Raises Http404, PermissionDenied."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    if batch.owner_id != request.user.pk:
        raise PermissionDenied(_("Tệp này do người khác đưa lên."))
    return batch


def sheets_of(request: HttpRequest, batch: ImportBatch) -> list[str]:
    """The titles that were chosen; none means every visible sheet with the headings."""
    found: list[str] = request.POST.getlist("sheet") or request.GET.getlist("sheet") or batch.outcome.get("sheets", [])
    return found


def at(page: str, batch: ImportBatch, request: HttpRequest) -> str:
    """The address of another page of the same batch and the same sheets."""
    chosen = urlencode({"sheet": sheets_of(request, batch)}, doseq=True)
    return reverse(f"imports:{page}", args=[batch.pk]) + (f"?{chosen}" if chosen else "")
