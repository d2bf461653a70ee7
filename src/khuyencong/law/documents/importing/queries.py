"""Imports under way, and what the library already holds of their documents."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from khuyencong.law.documents.importing.models import DocumentImport
from khuyencong.law.documents.models import Edition, LegalDocument
from khuyencong.law.documents.queries.standing import find
from khuyencong.law.documents.records import Record
from khuyencong.people.models import User


def mine(user: User, pk: UUID) -> DocumentImport:
    """An import of this person. Raises Http404, PermissionDenied."""
    found = DocumentImport.objects.filter(pk=pk).select_related("edition__document").first()
    if found is None:
        raise Http404
    if found.owner_id != user.pk:
        raise PermissionDenied(_("Tệp này do người khác đưa lên."))
    return found


def under_way(user: User) -> QuerySet[DocumentImport]:
    """What this person has begun and not finished, newest first."""
    return DocumentImport.objects.filter(owner=user, finished_at=None).defer("text", "proposal")


def held(number: str, level: str, province: int | None) -> tuple[Edition | None, Edition | None]:
    """The adopted edition and the draft of the document that bears this number on this level, in this province."""
    if not number:
        return None, None
    documents = Edition.objects.filter(
        document__number__iexact=number,
        level=level,
        province_id=province if level == Edition.Level.PROVINCIAL else None,
    ).exclude(state=Record.State.SUPERSEDED)
    found = {one.state: one for one in documents.select_related("document", "drafted_by").defer("text")}
    adopted = found.get(Record.State.ADOPTED)
    draft = found.get(Record.State.DRAFT)
    if adopted is not None and draft is None:
        draft = adopted.document.editions.filter(state=Record.State.DRAFT).select_related("drafted_by").first()
    return adopted, draft


def target(number: str) -> LegalDocument | None:
    """The document that a number (or a code) names; None when there is none, or more than one."""
    return find(number)


def candidates(number: str) -> list[LegalDocument]:
    """All documents of this number: provinces count alike."""
    return list(LegalDocument.objects.filter(number__iexact="".join(number.split())))
