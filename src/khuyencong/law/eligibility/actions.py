"""Drafting and adopting rules of eligibility, criteria of priority and the area statuses of communes."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.core.text import fold
from khuyencong.law.documents.actions import records
from khuyencong.law.documents.models import LegalDocument
from khuyencong.law.documents.records import Record
from khuyencong.law.eligibility import wording
from khuyencong.law.eligibility.models import AreaStatus, EligibilityRule, PriorityCriterion
from khuyencong.law.eligibility.queries import last_day_before
from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit

Rule = EligibilityRule | PriorityCriterion
D = TypeVar("D", EligibilityRule, PriorityCriterion)


def draft(user: User, record: D, version: str = "") -> D:
    """Write the draft of a rule or criterion. Raises ValidationError by field, ChangedMeanwhile."""
    if not record.code:
        record.code = record.replaces.code if record.replaces else _code(record)
    check(record)
    return records.save_draft(user, record, version)


def adopt(user: User, model: type[D], pk: int) -> D:
    """Adopt a rule or criterion.

    When it takes over from another on a later day, what came before stays true: the other one is superseded by a
    copy of itself that ends the day before.
    """
    with audit.writing(user):
        adopted = records.adopt(user, model, pk, check)
        old = adopted.replaces
        last = last_day_before(adopted, old) if old else None
        if old is not None and last is not None:
            rest = records.copy_of(old)
            rest.replaces, rest.takes_over, rest.valid_to = old, False, last
            records.close(user, rest, adopted)
    return adopted


def check(record: Rule) -> None:
    """Raise ValidationError by field unless the record can stand: known codes, days in order, the same kind."""
    record.full_clean(exclude=["drafted_by", "adopted_by", "verified_by"])
    known = wording.known_values(value_kind(record))
    strange = sorted(set(record.values) - set(known))
    if strange:
        raise ValidationError(
            {"values": _("Giá trị không có trong danh mục: %(codes)s.") % {"codes": ", ".join(strange)}}
        )
    if known and not record.values:
        raise ValidationError({"values": _("Hãy chọn ít nhất một giá trị.")})
    if isinstance(record, EligibilityRule):
        strange = sorted(set(record.contents) - set(wording.contents()))
        if strange:
            raise ValidationError(
                {"contents": _("Không có nội dung hỗ trợ: %(codes)s.") % {"codes": ", ".join(strange)}}
            )
    replaced = record.replaces
    if isinstance(replaced, EligibilityRule | PriorityCriterion) and replaced.kind != record.kind:
        raise ValidationError({"kind": _("Bản thay thế phải cùng loại với bản được thay.")})


def value_kind(record: Rule) -> str:
    """Which list the values of a rule or criterion come from."""
    of_area = isinstance(record, PriorityCriterion) and record.kind == PriorityCriterion.Kind.AREA
    return "priority-area" if of_area else record.kind


def draft_areas(
    user: User,
    kind: str,
    units: Iterable[Unit],
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    document: LegalDocument | None = None,
    source: str = "",
    whole_list: bool = False,
) -> list[AreaStatus]:
    """Draft that these communes count as ``kind`` from a day on.

    An earlier status of the same kind ends the day before: of these communes, and with ``whole_list`` of every
    commune, because the new list takes the place of the old one. Raises ValidationError when a commune has a
    status of the kind that begins on the day or later, or a draft of it waits.
    """
    chosen = {unit.pk: unit for unit in units}
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        audit.alone()
        existing = AreaStatus.objects.filter(kind=kind).exclude(state=Record.State.SUPERSEDED).select_related("unit")
        waiting = [one for one in existing if one.state == Record.State.DRAFT and one.unit_id in chosen]
        if waiting:
            raise ValidationError(
                {"units": _("Đang có dự thảo cùng diện của: %(names)s.") % {"names": _names(waiting)}}
            )
        later = [
            one
            for one in existing
            if one.state == Record.State.ADOPTED and one.unit_id in chosen and one.valid_from >= valid_from
        ]
        if later:
            raise ValidationError(
                {"units": _("Đã có cùng diện từ ngày này hoặc sau đó: %(names)s.") % {"names": _names(later)}}
            )
        made = [
            AreaStatus(unit=unit, kind=kind, valid_from=valid_from, valid_to=valid_to, document=document, source=source)
            for unit in chosen.values()
        ]
        drafted = {one.replaces_id for one in existing if one.state == Record.State.DRAFT}
        for old in existing:
            ends = old.valid_from < valid_from and (old.valid_to is None or old.valid_to >= valid_from)
            listed = whole_list or old.unit_id in chosen
            if old.state == Record.State.ADOPTED and ends and listed and old.pk not in drafted:
                made.append(_ending(old, valid_from - dt.timedelta(days=1)))
        return _write(user, made)


def end_areas(user: User, pks: Iterable[int], last: dt.date) -> list[AreaStatus]:
    """Draft that these statuses hold to the end of a day. Raises ValidationError for a day before they began."""
    with audit.writing(user):
        require(user, Permission.LAW_DRAFT)
        audit.alone()
        made = []
        for old in AreaStatus.objects.filter(pk__in=list(pks)).select_related("unit"):
            if old.state != Record.State.ADOPTED or AreaStatus.objects.filter(replaces=old, state="draft").exists():
                raise ChangedMeanwhile
            if last < old.valid_from:
                raise ValidationError(
                    {"last": _("Ngày kết thúc ở trước ngày bắt đầu của %(name)s.") % {"name": old.unit}}
                )
            made.append(_ending(old, last))
        return _write(user, made)


def adopt_areas(user: User, pks: Iterable[int]) -> list[AreaStatus]:
    """Adopt drafts of area statuses, all or none."""
    with audit.writing(user):
        # Endings first: a commune's old status must be out of the way of its new one.
        ordered = AreaStatus.objects.filter(pk__in=list(pks)).order_by("valid_from", "pk").values_list("pk", flat=True)
        return [records.adopt(user, AreaStatus, pk) for pk in ordered]


def verify_areas(user: User, pks: Iterable[int]) -> int:
    """Say of these statuses: I have compared them with the document, all or none."""
    chosen = list(pks)
    with audit.writing(user):
        for pk in chosen:
            records.verify(user, AreaStatus, pk)
    return len(chosen)


def discard_areas(user: User, pks: Iterable[int]) -> int:
    """Throw drafts of area statuses away, all or none."""
    chosen = list(pks)
    with audit.writing(user):
        for pk in chosen:
            records.discard(user, AreaStatus, pk)
    return len(chosen)


def _ending(old: AreaStatus, last: dt.date) -> AreaStatus:
    return AreaStatus(
        unit=old.unit, kind=old.kind, valid_from=old.valid_from, valid_to=last, document=old.document,
        source=old.source, certainty=old.certainty, replaces=old,
    )  # fmt: skip


def _write(user: User, made: list[AreaStatus]) -> list[AreaStatus]:
    now = clock.now()
    for one in made:
        one.state, one.drafted_by, one.drafted_at = Record.State.DRAFT, user, now
        one.full_clean(exclude=["drafted_by"], validate_constraints=False)
    if not made:
        raise ValidationError({"units": _("Hãy chọn ít nhất một xã, phường.")})
    AreaStatus.objects.bulk_create(made)
    audit.record([audit.Change("draft", one, None, audit.snapshot(one)) for one in made])
    return made


def _names(statuses: Iterable[AreaStatus]) -> str:
    return ", ".join(sorted({one.unit.name for one in statuses}))


def _code(record: Rule) -> str:
    """A code of its own for a new rule: people never see it, but it orders and names the rule in the trail."""
    stem = slugify(f"{record.kind}-{record.valid_from:%Y}-{fold(record.name)}")[:50].strip("-")
    taken = set(type(record)._base_manager.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if code not in taken)
