"""Drafting, sending, signing and correcting official reports."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import unchanged
from khuyencong.core.periods import Period, named
from khuyencong.core.validity import valid_on
from khuyencong.people.models import User
from khuyencong.people.rules import Permission
from khuyencong.places.models import Unit
from khuyencong.reports.official import decisions, narrative, queries, snapshot
from khuyencong.reports.official.definitions import Data, check
from khuyencong.reports.official.models import Report, ReportDefinition


def draft(user: User, kind: ReportDefinition, unit: Unit, period: Period) -> Report:
    """Begin a report, its words proposed from the figures. Refused when there is one, or the period lies ahead."""
    with audit.writing(user):
        _require(user, Permission.REPORTS_DRAFT, unit)
        if period.kind.value not in kind.kind().forms:
            raise ValidationError({"period_kind": _("Loại báo cáo này không lập theo kỳ đã chọn.")})
        if period.first_day > clock.today():
            raise ValidationError({"number": _("Kỳ này chưa bắt đầu.")})
        same = {"kind": kind, "unit": unit, "period_kind": period.kind.value, "year": period.year,
                "number": period.number}  # fmt: skip
        if Report.objects.filter(**same).exists():
            raise ValidationError(_("Đã có báo cáo này."))
        return _begin(user, Report(**same))


def correct(user: User, pk: int) -> Report:
    """Begin the next version of a signed report. Refused while a newer one is there."""
    with audit.writing(user):
        old = _locked(user, pk, Permission.REPORTS_DRAFT)
        if old.state != Report.State.SIGNED:
            raise ValidationError(_("Báo cáo chưa ký thì sửa thẳng, không cần lập báo cáo điều chỉnh."))
        same = {name: getattr(old, name) for name in ("kind", "unit", "period_kind", "year", "number")}
        if Report.objects.filter(**same, version__gt=old.version).exists():
            raise ValidationError(_("Đã có báo cáo điều chỉnh mới hơn."))
        return _begin(
            user, Report(**same, version=old.version + 1, sections=snapshot.facts_of(old.snapshot)["sections"])
        )


def write(user: User, pk: int, sections: Mapping[str, str], version: str | None = None) -> Report:
    """Change the words of a draft. Raises ValidationError, ChangedMeanwhile."""
    with audit.writing(user):
        report = _locked(user, pk, Permission.REPORTS_DRAFT)
        _must_be(report, Report.State.DRAFT)
        unchanged(report, version)
        before = audit.snapshot(report)
        report.sections = dict(sections)
        return _saved("update", report, before)


def send(user: User, pk: int) -> Report:
    """Put a draft before whoever signs. Not before the period is over: its figures would still move."""
    with audit.writing(user):
        report = _locked(user, pk, Permission.REPORTS_DRAFT)
        _must_be(report, Report.State.DRAFT)
        if report.period.last_day >= clock.today():
            raise ValidationError(_("Kỳ báo cáo chưa kết thúc: trình ký từ ngày %(day)s.") % {
                "day": (report.period.last_day).strftime("%d/%m/%Y")})  # fmt: skip
        before = audit.snapshot(report)
        report.state, report.sent_at, report.returned = Report.State.SENT, clock.now(), ""
        report.trail = audit.head()
        return _saved("send", report, before)


def send_back(user: User, pk: int, reason: str) -> Report:
    """Give it back to its author, with the reason."""
    with audit.writing(user):
        report = _locked(user, pk, Permission.REPORTS_SIGN)
        _must_be(report, Report.State.SENT)
        if not reason.strip():
            raise ValidationError({"reason": _("Cần ghi lý do trả lại.")})
        before = audit.snapshot(report)
        report.state, report.sent_at, report.returned = Report.State.DRAFT, None, reason.strip()
        return _saved("return", report, before)


def sign(user: User, pk: int, number: str) -> Report:
    """Sign it: figures and words are frozen as they stand this moment, with their hash. Never by a hand of it."""
    with audit.writing(user):
        report = _locked(user, pk, Permission.REPORTS_SIGN)
        _must_be(report, Report.State.SENT)
        decisions.SIGN.refuse(user, report)
        before = audit.snapshot(report)
        report.state, report.sign = Report.State.SIGNED, number.strip()
        report.signed_by, report.signed_at = user, clock.now()
        report.trail = audit.head()
        report.snapshot = snapshot.frozen(
            queries.computed(user, report, queries.forms_of(report)),
            {
                "kind": report.kind.code, "unit": report.unit.code, "period": named(report.period),
                "version": report.version, "sections": report.sections, "sign": report.sign,
                "signed_by": str(user), "signed_at": report.signed_at, "trail": report.trail,
            },
        )  # fmt: skip
        report.sha256 = snapshot.hash_of(report.snapshot)
        return _saved("sign", report, before)


def _begin(user: User, report: Report) -> Report:
    report.drafted_by, report.drafted_at = user, clock.now()
    if not report.sections:
        report.sections = narrative.proposed(user, report)
    return _saved("create", report, None)


def _saved(action: str, report: Report, before: Mapping[str, Any] | None) -> Report:
    report.full_clean()
    report.save()
    audit.record([audit.Change(action, report, before, audit.snapshot(report))])
    return report


def _locked(user: User, pk: int, permission: Permission) -> Report:
    report = Report.objects.select_for_update(of=("self",)).select_related("kind", "unit").get(pk=pk)
    _require(user, permission, report.unit)
    return report


def _require(user: User, permission: Permission, unit: Unit) -> None:
    if not queries.holds(user, permission, unit):
        raise PermissionDenied(_("Tài khoản của bạn không có quyền làm việc này (%(where)s).") % {"where": unit.name})


def _must_be(report: Report, state: str) -> None:
    if report.state != state:
        raise ValidationError(
            _("Báo cáo đang ở trạng thái “%(state)s”, không làm được việc này.") % {"state": report.get_state_display()}
        )


def replace_definitions(told: Mapping[str, Sequence[Data]], since: dt.date, source: str) -> list[ReportDefinition]:
    """Put these in force from a day on and return what is new; what is the same as before stays.

    Written from the console by whoever keeps the system. Raises ValidationError that names what cannot be used;
    then nothing is written.
    """
    check(told)
    made: list[ReportDefinition] = []
    with audit.writing(None):
        for sort, name in ((ReportDefinition.Sort.FORM, "forms"), (ReportDefinition.Sort.KIND, "kinds")):
            for position, data in enumerate(told.get(name, ())):
                old = ReportDefinition.objects.filter(valid_on(since), sort=sort, code=data["code"]).first()
                if old is None or old.data != data:
                    made.append(_put_definition(old, sort, data, since, source, position))
    return made


def _put_definition(
    old: ReportDefinition | None, sort: str, data: Data, since: dt.date, source: str, position: int
) -> ReportDefinition:
    changes = []
    if old is not None:
        before = audit.snapshot(old)
        if old.valid_from >= since:
            raise ValidationError(
                _("“%(name)s” đã áp dụng từ %(day)s; bản mới cần ngày muộn hơn.")
                % {"name": old, "day": old.valid_from.strftime("%d/%m/%Y")}
            )
        old.valid_to = since - dt.timedelta(days=1)
        old.save(update_fields=["valid_to"])
        changes.append(audit.Change("update", old, before, audit.snapshot(old)))
    new = ReportDefinition(
        sort=sort, code=data["code"], data=data, valid_from=since, source=source, verified=True,
        position=old.position if old else position,
    )  # fmt: skip
    new.full_clean()
    new.save()
    audit.record([*changes, audit.Change("create", new, None, audit.snapshot(new))])
    return new
