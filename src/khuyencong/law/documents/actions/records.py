"""What every record of the room goes through: drafted by an officer, adopted by a leader, verified, superseded."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.documents import decisions
from khuyencong.law.documents.decisions import card
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.records import Certainty, Record
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission

R = TypeVar("R", bound=Record)

# A last check before a record is adopted; raises ValidationError with the reason.
Check = Callable[[Any], None]


def save_draft(user: User, record: R, version: str = "", children: Callable[[R], None] | None = None) -> R:
    """Write a draft, new or changed; ``children`` writes what hangs on it, in the same transaction.

    Raises ChangedMeanwhile when the draft is not the one the person had opened, and PermissionDenied for a
    record that is adopted already: it is superseded by a new draft, never edited.
    """
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        before = None
        if record.pk:
            stored = type(record)._base_manager.select_for_update().get(pk=record.pk)
            if stored.state != Record.State.DRAFT:
                raise PermissionDenied(_("Bản ghi này đã được duyệt nên không sửa được; hãy soạn bản thay thế."))
            unchanged(stored, version or None)
            before = audit.snapshot(stored)
        record.state = Record.State.DRAFT
        record.drafted_by, record.drafted_at = user, clock.now()
        record.verified_by = record.verified_at = None  # what was compared with the article is not this any more
        record.save()
        if children is not None:
            children(record)
        action = "draft" if before is None else "update"
        audit.record([audit.Change(action, record, before, audit.snapshot(record), card(record))])
    return record


def adopt(user: User, model: type[R], pk: int, check: Check | None = None) -> R:
    """Adopt a draft; what it replaces becomes superseded.

    Four eyes: whoever wrote any part of it may not adopt it. Of two people only the first succeeds: the second gets
    ChangedMeanwhile.
    """
    with audit.writing(user):
        require(user, Permission.LAW_ADOPT)
        audit.alone()
        record = model._base_manager.select_for_update().get(pk=pk)
        if record.state != Record.State.DRAFT:
            raise ChangedMeanwhile
        decisions.ADOPT.refuse(user, record)
        if check is not None:
            check(record)
        changes = []
        for old in _replaced(record):
            before = audit.snapshot(old)
            old.state = Record.State.SUPERSEDED
            old.save(update_fields=["state"])
            changes.append(audit.Change("supersede", old, before, audit.snapshot(old), card(old)))
        before = audit.snapshot(record)
        record.state = Record.State.ADOPTED
        record.adopted_by, record.adopted_at = user, clock.now()
        record.save(update_fields=["state", "adopted_by", "adopted_at"])
        changes.append(audit.Change("adopt", record, before, audit.snapshot(record), card(record)))
        audit.record(changes)
    return record


def discard(user: User, model: type[R], pk: int) -> None:
    """Throw a draft away; the audit trail keeps what it said."""
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        record = model._base_manager.select_for_update().get(pk=pk)
        if record.state != Record.State.DRAFT:
            raise ValidationError(_("Chỉ bỏ được bản dự thảo."))
        audit.record([audit.Change("delete", record, audit.snapshot(record), None, card(record))])
        record.delete()


def verify(user: User, model: type[R], pk: int) -> R:
    """Say: I have compared this record with the article. Nobody verifies what they wrote."""
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        record = model._base_manager.select_for_update().get(pk=pk)
        decisions.VERIFY.refuse(user, record)
        before = audit.snapshot(record)
        record.verified_by, record.verified_at = user, clock.now()
        record.save(update_fields=["verified_by", "verified_at"])
        audit.record([audit.Change("verify", record, before, audit.snapshot(record), card(record))])
    return record


def copy_of(record: R) -> R:
    """An unsaved copy of a stored record."""
    copy = type(record)._base_manager.get(pk=record.pk)
    copy.pk, copy._state.adding = None, True
    return copy


def close(user: User, rest: R, heir: R) -> R:
    """Write what remains of a superseded rule beside the heir that took over from it; gives it back.

    Adopted records stay as they are: ``rest`` is a copy of the old rule that replaces it and ends before the heir.
    """
    rest.state = Record.State.ADOPTED
    rest.drafted_by, rest.drafted_at = heir.drafted_by, heir.drafted_at
    rest.adopted_by, rest.adopted_at = user, heir.adopted_at
    rest.save()
    audit.record([audit.Change("adopt", rest, None, audit.snapshot(rest))])
    return rest


def successor(record: R) -> R:
    """An unsaved draft to take the record's place: a copy that nobody has signed or verified yet."""
    copy = copy_of(record)
    copy.replaces_id = record.pk  # type: ignore[attr-defined]  # a column of every table but Edition
    copy.verified_by = copy.verified_at = copy.adopted_by = copy.adopted_at = None
    copy.certainty = Certainty.TO_CHECK
    return copy


def _replaced(record: Record) -> list[Record]:
    """What an adopted record takes the place of: the edition before it, or the record it names."""
    if isinstance(record, Edition):
        same = Edition.objects.select_for_update().filter(document_id=record.document_id)
        return list(same.filter(state=Record.State.ADOPTED))
    replaced = getattr(record, "replaces_id", None)
    if replaced is None:
        return []
    old = type(record)._base_manager.select_for_update().get(pk=replaced)
    if old.state != Record.State.ADOPTED:
        raise ChangedMeanwhile
    return [old]
