"""Support norms: drafted, adopted beside what it takes over from, verified, discarded."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.documents.actions import records
from khuyencong.law.documents.records import Record
from khuyencong.law.norms import wording as norm_words
from khuyencong.law.norms.models import NormMultiplier, SupportNorm
from khuyencong.law.norms.queries import as_rule, beside
from khuyencong.law.norms.rules import Problem, problems, taken_over
from khuyencong.people.models import User
from khuyencong.people.queries import access_of, require
from khuyencong.people.rules import Permission


def save_norm(user: User, norm: SupportNorm, multipliers: Iterable[NormMultiplier], version: str = "") -> SupportNorm:
    """Write a draft with its multipliers.

    Raises ValidationError with the reason when a provincial norm is above the national one, ChangedMeanwhile
    when the draft is not the one the person had opened.
    """
    wanted = list(multipliers)
    with audit.writing(user):
        _own_province(user, norm, Permission.LAW_DRAFT)
        _refuse(problems(as_rule(norm, wanted), beside(norm)))
        return records.save_draft(user, norm, version, lambda saved: _write_multipliers(saved, wanted))


def adopt_norm(user: User, pk: int, version: str = "", overlap_seen: bool = False) -> SupportNorm:
    """Adopt a draft. The norm it takes over from is closed the day before, as a copy: adopted records stay as they are.

    Raises ValidationError when it is above the national norm by now, or overlaps another one and the person
    has not said that they saw it; ChangedMeanwhile when the draft, or what it replaces, is not what they saw.
    """

    def check(draft: SupportNorm) -> None:
        unchanged(draft, version or None)
        if draft.replaces is not None and draft.replaces.state != Record.State.ADOPTED:
            raise ChangedMeanwhile
        _own_province(user, draft, Permission.LAW_ADOPT)
        found = problems(as_rule(draft), beside(draft))
        _refuse(found)
        if found and not overlap_seen:
            raise ValidationError([*map(norm_words.problem, found), _("Hãy xác nhận đã xem chỗ trùng rồi duyệt lại.")])

    with audit.writing(user):
        adopted = records.adopt(user, SupportNorm, pk, check)
        if adopted.replaces is not None and adopted.takes_over:
            _close(user, adopted.replaces, adopted)
    return adopted


def verify_norm(user: User, pk: int) -> SupportNorm:
    """Say: I have compared the norm with the article."""
    return records.verify(user, SupportNorm, pk)


def discard_norm(user: User, pk: int) -> None:
    """Throw a draft away; the audit trail keeps what it and its multipliers said."""
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        norm = SupportNorm.objects.select_for_update().get(pk=pk)
        if norm.state == Record.State.DRAFT:
            gone = norm.multipliers.all()
            audit.record([audit.Change("delete", one, audit.snapshot(one), None, norm) for one in gone])
        records.discard(user, SupportNorm, pk)


def _refuse(found: list[Problem]) -> None:
    reasons = [norm_words.problem(one) for one in found if one.refuses]
    if reasons:
        raise ValidationError(reasons)


def _own_province(user: User, norm: SupportNorm, permission: Permission) -> None:
    require(user, permission)
    if norm.province_id is not None and not access_of(user).reach(permission).covers(None, norm.province_id):
        raise PermissionDenied(_("Mức này là của một tỉnh ngoài phạm vi của bạn."))


def _write_multipliers(norm: SupportNorm, wanted: list[NormMultiplier]) -> None:
    before = {one.condition: one for one in norm.multipliers.all()}
    changes = []
    for one in wanted:
        old = before.pop(one.condition, None)
        was = audit.snapshot(old) if old else None
        one.norm, one.pk = norm, old.pk if old else None
        one.save()
        changes.append(audit.Change("update" if old else "create", one, was, audit.snapshot(one), norm))
    changes += [audit.Change("delete", gone, audit.snapshot(gone), None, norm) for gone in before.values()]
    audit.record(changes)
    norm.multipliers.filter(pk__in=[gone.pk for gone in before.values()]).delete()
    # The prefetched list, if there is one, tells of what was before.
    getattr(norm, "_prefetched_objects_cache", {}).pop("multipliers", None)


def _close(user: User, old: SupportNorm, heir: SupportNorm) -> None:
    """Record the old norm once more, valid to the day before its heir; nothing when the heir leaves it no day."""
    remains = taken_over(as_rule(old), heir.valid_from)
    if remains is None:
        return
    copy = records.copy_of(old)
    copy.replaces, copy.takes_over, copy.valid_to = old, False, remains.valid_to
    records.close(user, copy, heir)
    changes = []
    for one in list(old.multipliers.all()):
        one.pk, one.norm = None, copy
        one._state.adding = True
        one.save()
        changes.append(audit.Change("create", one, None, audit.snapshot(one), copy))
    audit.record(changes)
