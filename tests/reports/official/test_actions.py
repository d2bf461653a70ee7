"""Drafting, sending, signing, correcting: who may, in which order, and what is frozen."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from khuyencong.core import clock
from khuyencong.core.audit import verify
from khuyencong.core.models import AuditRecord
from khuyencong.core.periods import Kind, Period, last_ended
from khuyencong.reports.official import actions, queries, snapshot
from khuyencong.reports.official.models import Report
from tests.factories.reports import ahead, drafted, records, signed

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def leader(person, province):
    return person("leader", province)


def value(filled, form, label, column=0):
    (table,) = (one for one in filled if one.form.code == form)
    return next(row.values[column] for row in table.rows if row.label == label)


def test_a_draft_counts_and_proposes_its_words(officer, province, commune):
    records(commune)
    report = drafted(officer, province)
    assert report.state == Report.State.DRAFT
    assert value(queries.filled(officer, report), "overview", "Đề án đã nghiệm thu") == 1
    assert value(queries.filled(officer, report), "overview", "Kinh phí đã nghiệm thu") == 100_000_000
    assert "1 đề án" in report.sections["results"]
    assert "100 triệu" in report.sections["results"]
    assert set(report.sections) == {"situation", "results", "difficulties", "proposals", "next"}


def test_the_same_report_is_not_begun_twice(officer, province):
    drafted(officer, province)
    with pytest.raises(ValidationError, match="Đã có báo cáo này"):
        drafted(officer, province)


def test_not_for_a_period_ahead_nor_one_the_kind_does_not_know(officer, province):
    with pytest.raises(ValidationError, match="chưa bắt đầu"):
        drafted(officer, province, ahead())
    with pytest.raises(ValidationError, match="không lập theo kỳ"):
        drafted(officer, province, Period(Kind.MONTH, 2024, 3), "ministry")
    assert not Report.objects.exists()


def test_a_period_under_way_is_not_sent(officer, province):
    today = clock.today()
    report = drafted(officer, province, Period(Kind.YEAR, today.year))
    with pytest.raises(ValidationError, match="chưa kết thúc"):
        actions.send(officer, report.pk)


def test_signing_freezes_figures_and_words(officer, leader, province, commune):
    _establishment, project, _result = records(commune)
    report = signed(officer, leader, province)
    assert (report.state, report.sign, report.signed_by) == ("signed", "12/BC-SCT", leader)
    assert report.sha256 == snapshot.hash_of(report.snapshot)
    project.support_amount, project.counterpart = 60_000_000, 140_000_000
    project.save()
    again = Report.objects.get(pk=report.pk)
    assert value(queries.filled(officer, again), "overview", "Kinh phí đã nghiệm thu") == 100_000_000
    assert verify().broken is None


def test_what_changed_after_signing_is_told_cell_by_cell(officer, leader, province, commune):
    _establishment, _project, result = records(commune)
    report = signed(officer, leader, province)
    assert queries.corrections(officer, report) == []
    result.workers = 8
    result.save()
    found = [(one.form.code, one.label, one.signed, one.now) for one in queries.corrections(officer, report)]
    assert ("results", "Lao động", 5, 8) in found
    assert ("results-by-place", "Xã Trùng Khánh", 5, 8) in found
    assert all("Lao động" in label or form.endswith("place") or now != told for form, label, told, now in found)


def test_a_row_that_is_gone_is_told_too(officer, leader, province, commune):
    _establishment, project, _result = records(commune)
    report = signed(officer, leader, province)
    project.delete()
    found = [(one.form.code, one.label, one.now) for one in queries.corrections(officer, report)]
    assert ("by-place", "Xã Trùng Khánh", None) in found


def test_the_correction_is_a_version_of_its_own(officer, leader, province, commune):
    records(commune)
    report = signed(officer, leader, province)
    actions.correct(officer, report.pk)
    with pytest.raises(ValidationError, match="mới hơn"):
        actions.correct(officer, report.pk)
    newest = Report.objects.get(version=2)
    assert newest.sections == report.sections
    assert list(queries.latest(officer)) == [newest]
    assert "điều chỉnh lần 1" in str(newest)


def test_who_wrote_it_does_not_sign_it(person, province, officer):
    both = person("officer", province, username="both")
    both.role_grants.create(role="leader", unit=province, valid_from=dt.date(2020, 1, 1))
    report = drafted(both, province)
    actions.send(both, report.pk)
    with pytest.raises(PermissionDenied, match="không tự ký"):
        actions.sign(both, report.pk, "1/BC")


def test_going_back_needs_a_reason_and_opens_it_again(officer, leader, province):
    report = drafted(officer, province)
    actions.send(officer, report.pk)
    with pytest.raises(ValidationError, match="lý do"):
        actions.send_back(leader, report.pk, "  ")
    with pytest.raises(ValidationError, match="Chờ ký"):
        actions.write(officer, report.pk, {"situation": "x"})
    actions.send_back(leader, report.pk, "Thiếu phần khó khăn.")
    report = actions.write(officer, report.pk, report.sections | {"difficulties": "Đường xa."})
    assert (report.state, report.returned) == ("draft", "Thiếu phần khó khăn.")


def test_each_by_whose_it_is(officer, leader, commune_officer, person, province, commune):
    viewer = person("viewer", province)
    for user in (viewer, leader, commune_officer):
        with pytest.raises(PermissionDenied):
            drafted(user, province)
    with pytest.raises(PermissionDenied):  # the province does not write the commune's report
        drafted(officer, commune, code="commune")
    report = drafted(officer, province)
    actions.send(officer, report.pk)
    for user in (officer, viewer, commune_officer):
        with pytest.raises(PermissionDenied):
            actions.sign(user, report.pk, "1/BC")
    assert Report.objects.get().state == "sent"


def test_a_commune_writes_and_signs_its_own(commune_officer, person, commune, other_commune):
    records(commune)
    head = person("leader", commune)
    period = last_ended(Kind.QUARTER, clock.today())
    report = signed(commune_officer, head, commune, period, "commune")
    assert report.unit == commune
    outsider = person("officer", other_commune)
    with pytest.raises(PermissionDenied):
        queries.get(outsider, report.pk)


def test_every_step_leaves_its_record(officer, leader, province):
    report = signed(officer, leader, province)
    told = AuditRecord.objects.filter(object_type="reports.report", object_id=str(report.pk))
    assert list(told.order_by("seq").values_list("action", flat=True)) == ["create", "send", "sign"]


def test_the_database_keeps_a_signed_report_frozen(officer, leader, province):
    report = signed(officer, leader, province)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(snapshot="")
