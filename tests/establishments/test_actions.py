"""The writes of the registry: permission, rule, write and audit record stand or fall together."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from khuyencong.core import audit, clock
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.models import AuditHead, AuditRecord
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.establishments import actions
from khuyencong.establishments.models import Establishment, YearlyResult
from tests.factories.establishments import make_establishment, make_result

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

LAST_YEAR = clock.today().year - 1


@pytest.fixture
def values(commune):
    return {"name": "Cơ sở miến dong Bản Mẫu", "legal_form": "household", "commune": commune, "founded": 2015}


@pytest.fixture
def broken_trail():
    """An audit trail that takes no further record: the next number is taken already, unknown to the head."""

    def do():
        head = AuditHead.objects.filter(pk=1).first() or AuditHead()
        AuditRecord.objects.create(seq=head.seq + 1, at=clock.now(), previous_hash="x", hash="x")

    return do


def test_a_new_establishment_gets_a_number_and_a_record(officer, values):
    one = actions.add_establishment(officer, values)
    assert one.code == "CB-00001"
    assert (one.folded_name, one.status) == ("co so mien dong ban mau", "active")
    (entry,) = AuditRecord.objects.all()
    assert (entry.action, entry.actor_id, entry.subject_id, entry.before) == ("create", officer.pk, str(one.pk), "")
    after = json.loads(entry.after)
    assert after == json.loads(audit.canonical(audit.snapshot(Establishment.objects.get())))
    assert after["founded"] == 2015
    assert after["workers"] is None, "missing is missing, never 0"
    assert audit.verify().broken is None


def test_nothing_is_written_when_the_record_cannot_be(officer, values, broken_trail):
    broken_trail()
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_establishment(officer, values)
    assert not Establishment.objects.exists()


def test_a_change_and_a_result_fall_with_their_record_too(officer, values, broken_trail):
    one = actions.add_establishment(officer, values)
    broken_trail()
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.change_establishment(officer, one.pk, {**values, "name": "Khác"}, version_of(one))
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.save_result(officer, one, LAST_YEAR, {"revenue": 5, "source": "survey"}, "")
    assert Establishment.objects.get().name == values["name"]
    assert not YearlyResult.objects.exists()


@pytest.mark.parametrize("role", ["leader", "analyst", "viewer", "administrator"])
def test_only_officers_write(person, province, values, role):
    user = person(role, province)
    one = make_establishment(values["commune"])
    with pytest.raises(PermissionDenied):
        actions.add_establishment(user, values)
    with pytest.raises(PermissionDenied):
        actions.change_establishment(user, one.pk, values, version_of(one))
    with pytest.raises(PermissionDenied):
        actions.save_result(user, one, 2020, {"revenue": 5, "source": "survey"}, "")
    assert Establishment.objects.get().name == one.name
    assert not AuditRecord.objects.exists()


def test_a_commune_officer_writes_in_the_own_commune_only(commune_officer, values, other_commune):
    mine = actions.add_establishment(commune_officer, values)
    theirs = make_establishment(other_commune)
    refused = [
        lambda: actions.add_establishment(commune_officer, {**values, "commune": other_commune}),
        lambda: actions.change_establishment(commune_officer, theirs.pk, values, version_of(theirs)),
        lambda: actions.change_establishment(
            commune_officer, mine.pk, {**values, "commune": other_commune}, version_of(mine)
        ),
        lambda: actions.save_result(commune_officer, theirs, 2020, {"revenue": 5, "source": "survey"}, ""),
    ]
    for attempt in refused:
        with pytest.raises(PermissionDenied):
            attempt()
    assert Establishment.objects.count() == 2
    assert Establishment.objects.get(pk=mine.pk).commune_id == values["commune"].pk
    assert AuditRecord.objects.count() == 1


def test_a_role_that_has_ended_writes_no_more(commune_officer, values):
    commune_officer.role_grants.update(valid_to=dt.date(2020, 12, 31))
    with pytest.raises(PermissionDenied):
        actions.add_establishment(commune_officer, values)


def test_a_change_is_recorded_with_before_and_after(officer, values):
    one = actions.add_establishment(officer, values)
    actions.change_establishment(officer, one.pk, {**values, "name": "Miến dong Hồng Ngự"}, version_of(one))
    entry = AuditRecord.objects.last()
    assert (json.loads(entry.before)["name"], json.loads(entry.after)["name"]) == (values["name"], "Miến dong Hồng Ngự")
    assert Establishment.objects.get().folded_name == "mien dong hong ngu"


def test_who_comes_second_is_told_and_loses_nothing(officer, values):
    one = actions.add_establishment(officer, values)
    opened = version_of(one)
    actions.change_establishment(officer, one.pk, {**values, "workers": 8}, opened)
    with pytest.raises(ChangedMeanwhile):
        actions.change_establishment(officer, one.pk, {**values, "workers": 9}, opened)
    assert Establishment.objects.get().workers == 8
    assert AuditRecord.objects.count() == 2


def test_a_result_is_kept_with_who_when_and_from_where(officer, values):
    one = actions.add_establishment(officer, values)
    made = actions.save_result(officer, one, LAST_YEAR, {"revenue": 850_000_000, "workers": 0, "source": "tax"}, "")
    kept = YearlyResult.objects.get()
    assert (kept.revenue, kept.workers, kept.profit) == (850_000_000, 0, None)
    assert (kept.entered_by, kept.source) == (officer, "tax")
    assert abs((clock.now() - kept.entered_at).total_seconds()) < 60
    entry = AuditRecord.objects.last()
    assert (entry.object_id, entry.subject_id) == (str(made.pk), str(one.pk)), "on the card of its establishment"


def test_a_result_that_cannot_be_is_refused_by_field(officer, values):
    one = actions.add_establishment(officer, values)
    wrong = {"workers": 3, "women": 5, "revenue": -1, "source": "survey"}
    with pytest.raises(ValidationError) as refused:
        actions.save_result(officer, one, 2014, wrong, "")
    assert set(refused.value.message_dict) == {"women", "revenue", "year"}
    assert not YearlyResult.objects.exists()


def test_two_people_cannot_both_enter_the_first_result(officer, values):
    one = actions.add_establishment(officer, values)
    actions.save_result(officer, one, LAST_YEAR, {"revenue": 5, "source": "survey"}, "")
    with pytest.raises(ChangedMeanwhile):
        actions.save_result(officer, one, LAST_YEAR, {"revenue": 6, "source": "survey"}, "")
    assert YearlyResult.objects.get().revenue == 5


def test_a_result_can_be_changed_and_a_value_taken_back(officer, commune):
    one = make_establishment(commune)
    existing = make_result(one, 2023, revenue=5, workers=3)
    actions.save_result(officer, one, 2023, {"revenue": None, "source": "tax"}, version_of(existing))
    kept = YearlyResult.objects.get()
    assert (kept.revenue, kept.workers, kept.source) == (None, 3, "tax")


def test_the_database_itself_refuses_what_must_never_be(commune):
    make_establishment(commune, code="A", tax_code="0100109106")
    for wrong in (
        {"tax_code": "0100109106"},
        {"latitude": 22.8},
        {"latitude": 122.8, "longitude": 106.5},
        {"capital": -1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_establishment(commune, code="B", **wrong)
    make_establishment(commune, code="B")
    make_establishment(commune, code="C")
    one = Establishment.objects.get(code="A")
    make_result(one, 2020)
    for wrong in ({"year": 2020}, {"year": 2021, "revenue": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_result(one, **wrong)
