"""What is proposed after a finding, and the duties of the province: the writes of the review."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.documents.actions import records
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.review import queries
from khuyencong.law.review.models import LocalDuty, ReviewItem
from khuyencong.law.review.rules import FindingKind, proposals
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit

FIELDS = ("proposal", "status", "owner", "deadline", "note")


def propose(user: User, province: Unit, row: queries.Row, values: Mapping[str, Any]) -> ReviewItem:
    """Propose what to do about a finding. Raises ValidationError by field, ChangedMeanwhile.

    One finding has one live proposal: the second of two people gets ChangedMeanwhile.
    """
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        audit.alone()
        if queries.proposed(province, row.finding).exists():
            raise ChangedMeanwhile
        item = ReviewItem(
            province=province,
            document=row.local.document if row.local else None,
            duty=row.duty,
            finding=row.finding.kind.value,
            basis=LegalDocument.objects.get(code=row.finding.basis),
            by=row.finding.by,
        )
        _set(item, values)
        item.save()
        audit.record([audit.Change("create", item, None, audit.snapshot(item))])
    return item


def change(user: User, pk: int, values: Mapping[str, Any], version: str) -> ReviewItem:
    """Change a proposal, its status, owner or deadline. Raises ValidationError by field, ChangedMeanwhile."""
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        item = ReviewItem.objects.select_for_update().get(pk=pk)
        unchanged(item, version)
        before = audit.snapshot(item)
        _set(item, values)
        item.save()
        audit.record([audit.Change("update", item, before, audit.snapshot(item))])
    return item


def draft_duty(user: User, duty: LocalDuty, version: str = "") -> LocalDuty:
    """Write the draft of a duty. Raises ValidationError by field, ChangedMeanwhile."""
    _check_duty(duty)
    return records.save_draft(user, duty, version)


def adopt_duty(user: User, pk: int) -> LocalDuty:
    """Adopt a duty; the one it corrects is superseded."""
    return records.adopt(user, LocalDuty, pk, _check_duty)


def _set(item: ReviewItem, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        setattr(item, name, values[name])
    if item.proposal not in proposals(FindingKind(item.finding)):
        raise ValidationError({"proposal": _("Đề xuất này không dùng được cho phát hiện đó.")})
    if item.proposal == ReviewItem.Proposal.KEEP and not item.note.strip():
        raise ValidationError({"note": _("Giữ nguyên thì cần ghi lý do.")})
    today: dt.date = clock.today()
    if item.owner is not None and not queries.owners(item.province, today).filter(pk=item.owner.pk).exists():
        raise ValidationError({"owner": _("Người này không giữ vai trò nào ở tỉnh.")})
    item.full_clean(exclude=["province", "document", "duty", "basis", "owner"])


def _check_duty(duty: LocalDuty) -> None:
    duty.full_clean(exclude=["drafted_by", "adopted_by", "verified_by"])
