"""The writes of projects: permission, rule, write and audit record stand or fall together."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from khuyencong.core import clock
from khuyencong.core.changed_meanwhile import version_of
from khuyencong.core.models import AuditHead, AuditRecord
from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.models import ActivityType
from khuyencong.places.models import Unit
from khuyencong.projects.models import Project
from khuyencong.projects.past.actions import records as actions
from tests.factories.establishments import make_establishment

pytestmark = [pytest.mark.django_db, pytest.mark.clock]


@pytest.fixture
def values():
    return {
        "code": "DA-2021-01",
        "title": "Hỗ trợ máy sấy miến dong",
        "activity": ActivityType.objects.get(code="machinery"),
        "fund": "local",
        "accepted_year": 2021,
        "support_amount": 150_000_000,
        "counterpart": 250_000_000,
        "total_cost": 400_000_000,
    }


@pytest.fixture
def two(commune, other_commune):
    return [make_establishment(commune, "A", "CB-00001"), make_establishment(other_commune, "B", "CB-00002")]


def subjects():
    return [(entry.action, entry.subject_type.split(".")[1], entry.subject_id) for entry in AuditRecord.objects.all()]


def test_a_project_is_told_on_its_card_and_on_those_of_its_establishments(officer, values, two):
    made = actions.add_project(officer, values, two)
    assert set(made.establishments.all()) == set(two)
    assert subjects() == [
        ("create", "project", str(made.pk)),
        ("create", "establishment", str(two[0].pk)),
        ("create", "establishment", str(two[1].pk)),
    ]
    after = json.loads(AuditRecord.objects.first().after)
    assert after["establishments"] == sorted(one.pk for one in two)
    assert after["support_amount"] == 150_000_000


def test_who_leaves_a_project_sees_it_on_the_own_card(officer, values, two):
    made = actions.add_project(officer, values, two)
    AuditRecord.objects.all().delete()
    AuditHead.objects.all().delete()
    actions.change_project(officer, made.pk, values, two[:1], version_of(made))
    assert set(made.establishments.all()) == {two[0]}
    assert sorted(subject[1:] for subject in subjects()) == [
        ("establishment", str(two[0].pk)),
        ("establishment", str(two[1].pk)),
        ("project", str(made.pk)),
    ]
    entry = AuditRecord.objects.first()
    assert json.loads(entry.before)["establishments"] == sorted(one.pk for one in two)
    assert json.loads(entry.after)["establishments"] == [two[0].pk]


def test_nothing_is_written_when_the_record_cannot_be(officer, values, two):
    AuditRecord.objects.create(seq=1, at=clock.now(), previous_hash="x", hash="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_project(officer, values, two)
    assert not Project.objects.exists()
    assert not Project.establishments.through.objects.exists()


@pytest.mark.parametrize("role", ["leader", "analyst", "viewer", "administrator"])
def test_only_officers_of_the_province_write(person, province, values, two, role):
    made = actions.add_project(person("officer", province), values, two)
    user = person(role, province, "other")
    with pytest.raises(PermissionDenied):
        actions.add_project(user, values | {"code": "X"}, two)
    with pytest.raises(PermissionDenied):
        actions.change_project(user, made.pk, values | {"title": "Khác"}, two, version_of(made))
    assert Project.objects.get().title == values["title"]


def test_a_commune_officer_writes_no_project_even_for_the_own_commune(commune_officer, values, two):
    with pytest.raises(PermissionDenied):
        actions.add_project(commune_officer, values, two[:1])
    with pytest.raises(PermissionDenied):
        actions.add_project(commune_officer, values, [])


def test_an_establishment_out_of_reach_can_neither_join_nor_be_dropped(person, officer, values, two):
    elsewhere = Unit.objects.filter(kind="commune", valid_to=None, parent__code="01").first()
    far = make_establishment(elsewhere, "Xa", "HN-00001")
    with pytest.raises(PermissionDenied):
        actions.add_project(officer, values, [two[0], far])
    made = actions.add_project(officer, values, two[:1])
    made.establishments.add(far)
    with pytest.raises(PermissionDenied):
        actions.change_project(officer, made.pk, values, two[:1], version_of(made))
    assert far in made.establishments.all()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"total_cost": 399_999_999}, "total_cost"),
        ({"accepted_year": clock.today().year + 1}, "accepted_year"),
        ({"accepted_year": 1989}, "accepted_year"),
    ],
)
def test_what_the_rules_refuse_is_refused_by_field(officer, values, two, changes, field):
    with pytest.raises(ValidationError) as refused:
        actions.add_project(officer, values | changes, two)
    assert set(refused.value.message_dict) == {field}
    made = actions.add_project(officer, values, two)
    with pytest.raises(ValidationError):
        actions.change_project(officer, made.pk, values | changes, two, version_of(made))


def test_a_project_supports_somebody(officer, values, two):
    with pytest.raises(ValidationError, match="ít nhất một cơ sở"):
        actions.add_project(officer, values, [])
    made = actions.add_project(officer, values, two)
    with pytest.raises(ValidationError, match="ít nhất một cơ sở"):
        actions.change_project(officer, made.pk, values, [], version_of(made))
    assert made.establishments.count() == 2


def test_who_comes_second_is_told(officer, values, two):
    made = actions.add_project(officer, values, two)
    opened = version_of(made)
    actions.change_project(officer, made.pk, values, two[:1], opened)
    with pytest.raises(ChangedMeanwhile):
        actions.change_project(officer, made.pk, values | {"title": "Khác"}, two, opened)
    assert Project.objects.get().title == values["title"]


def test_the_database_itself_refuses_a_total_below_its_parts(officer, values, two):
    made = actions.add_project(officer, values, two)
    for wrong in ({"total_cost": 1}, {"support_amount": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.filter(pk=made.pk).update(**wrong)
