"""Who is in charge where: from a day to a day, within reach of their role, all of a form or none of it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from khuyencong.core import audit, clock
from khuyencong.core.models import AuditRecord
from khuyencong.people.actions import assignments
from khuyencong.people.assignments import charges, in_charge
from khuyencong.people.models import OfficerAssignment

pytestmark = [pytest.mark.django_db, pytest.mark.clock]

START = dt.date(2026, 1, 1)


@pytest.fixture
def leader(person, province):
    return person("leader", province)


@pytest.fixture
def second(person, province):
    return person("officer", province, "can-bo-hai")


def holders(unit, day):
    return in_charge([unit.pk], day).get(unit.pk, set())


def test_whoever_was_in_charge_ends_the_day_before(leader, officer, second, commune):
    assignments.assign(leader, officer, commune, START)
    turn = dt.date(2026, 6, 1)
    assignments.assign(leader, second, commune, turn)
    assert holders(commune, START) == holders(commune, turn - dt.timedelta(days=1)) == {officer.pk}
    assert holders(commune, turn) == {second.pk}
    assert not holders(commune, START - dt.timedelta(days=1))
    assert [record.action for record in AuditRecord.objects.order_by("seq")] == ["create", "update", "create"]
    assert audit.verify().broken is None


def test_who_replaces_somebody_on_their_first_day_makes_them_never_have_been(leader, officer, second, commune):
    assignments.assign(leader, officer, commune, START)
    assignments.assign(leader, second, commune, START)
    assert list(OfficerAssignment.objects.values_list("user", flat=True)) == [second.pk]
    assert AuditRecord.objects.filter(action="delete").count() == 1


def test_two_may_be_in_charge_together_but_nobody_twice(leader, officer, second, commune):
    assignments.assign(leader, officer, commune, START)
    assignments.assign(leader, second, commune, START, alone=False)
    assert holders(commune, START) == {officer.pk, second.pk}
    with pytest.raises(ValidationError, match="đang phụ trách"):
        assignments.assign(leader, second, commune, START + dt.timedelta(days=3), alone=False)


def test_only_officers_whose_role_reaches_the_place_and_only_by_leaders(
    leader, officer, commune, other_commune, commune_officer, person, province
):
    for user in (person("viewer", province), person("officer", other_commune)):
        with pytest.raises(ValidationError, match="không có vai trò cán bộ khuyến công ở Xã Trùng Khánh"):
            assignments.assign(leader, user, commune, START)
    assignments.assign(leader, commune_officer, commune, START)
    with pytest.raises(PermissionDenied):
        assignments.assign(officer, officer, commune, START)
    with pytest.raises(PermissionDenied):
        assignments.end(officer, OfficerAssignment.objects.get().pk, START)


def test_a_form_with_one_place_out_of_reach_assigns_none(leader, commune_officer, commune, other_commune):
    with pytest.raises(ValidationError):
        assignments.assign_all(leader, commune_officer, [commune, other_commune], START)
    assert not OfficerAssignment.objects.exists() and not AuditRecord.objects.exists()


def test_communes_without_anybody_come_first_with_who_was_before(leader, officer, second, commune, other_commune):
    assignments.assign(leader, officer, commune, START)
    assignments.assign(leader, second, commune, dt.date(2026, 6, 1))
    found = charges(dt.date(2026, 7, 1))
    assert [bool(one.now) for one in found] == sorted(bool(one.now) for one in found)
    last = found[-1]
    assert (last.unit, [one.user for one in last.now], [one.user for one in last.before]) == (
        commune, [second], [officer],
    )  # fmt: skip
    assert len(found) == 56


def test_the_page_assigns_and_ends(leader, officer, commune, other_commune):
    client = Client()
    client.force_login(leader)
    address = reverse("people:assignments")
    today = clock.today()
    sent = {"user": officer.pk, "units": [commune.pk, other_commune.pk], "valid_from": "2026-01-01"}
    assert client.post(address, sent).status_code == 302
    page = client.get(address)
    assert page.context["without"] == 54
    one = OfficerAssignment.objects.get(unit=commune)
    client.post(reverse("people:end_assignment", args=[one.pk]))
    assert not holders(commune, today) and holders(other_commune, today) == {officer.pk}
    again = client.post(address, sent)
    assert again.status_code == 200 and "đang phụ trách" in again.content.decode()
    assert not holders(commune, today), "refused as a whole"
