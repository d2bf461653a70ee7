"""Who is put in charge of a commune, by whom, from which day to which; whatever is tried, nobody is twice."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.core import audit
from khuyencong.people.actions import assignments
from khuyencong.people.actions.accounts import grant
from khuyencong.people.assignments import assigned_on, officers
from khuyencong.people.assignments import in_charge as charge_of
from khuyencong.people.models import OfficerAssignment, RoleGrant
from khuyencong.people.rules import Role
from tests.trail import length, refused, trail, who_may

pytestmark = pytest.mark.django_db

START, TURN = dt.date(2026, 1, 1), dt.date(2026, 6, 1)
ONE = dt.timedelta(days=1)
CHIEFS = {"leader", "other_leader", "administrator"}


@pytest.fixture
def in_charge(people, commune):
    """The officer of the province, from the start on."""
    return assignments.assign(people.leader, people.officer, commune, START)


def days(user, unit):
    found = OfficerAssignment.objects.filter(user=user, unit=unit).order_by("valid_from")
    return [(one.valid_from, one.valid_to) for one in found]


def test_leaders_and_administrators_of_the_province_assign_and_end(people, commune, in_charge):
    def act(user):
        return assignments.assign(user, people.commune_officer, commune, TURN)

    assert who_may(people, act) == CHIEFS
    assert who_may(people, lambda user: assignments.end(user, in_charge.pk, TURN)) == CHIEFS


def test_a_leader_of_another_province_has_no_say(people, other_province, person, commune, in_charge):
    stranger = person("leader", other_province)
    with refused("Xã Trùng Khánh", kind=PermissionDenied):
        assignments.assign(stranger, people.commune_officer, commune, TURN)
    with refused("Xã Trùng Khánh", kind=PermissionDenied):
        assignments.end(stranger, in_charge.pk, TURN)


@pytest.mark.parametrize("who", ["viewer", "leader", "inspector", "elsewhere"])
def test_only_an_officer_whose_role_reaches_the_commune_is_put_in_charge(people, commune, who):
    with refused("không có vai trò cán bộ khuyến công ở Xã Trùng Khánh"):
        assignments.assign(people.leader, getattr(people, who), commune, START)


def test_an_officer_for_a_term_is_put_in_charge_within_it(people, person, commune, other_commune):
    user = person("viewer", other_commune, "co-han")
    grant(None, user, Role.OFFICER, commune, START, TURN)
    assert assignments.assign(people.leader, user, commune, START).user == user
    assert user in officers(TURN) and user not in officers(TURN + ONE)
    assignments.end(people.leader, OfficerAssignment.objects.get().pk, START - ONE)
    with refused("không có vai trò"):
        assignments.assign(people.leader, user, commune, TURN + ONE)


def test_a_locked_account_is_not_put_in_charge(people, commune):
    people.commune_officer.is_active = False
    people.commune_officer.save()
    with refused("không có vai trò"):
        assignments.assign(people.leader, people.commune_officer, commune, START)


@pytest.mark.parametrize("first", [START, TURN, START - dt.timedelta(days=400)])
@pytest.mark.parametrize("alone", [True, False])
def test_nobody_is_in_charge_twice_not_even_later(people, commune, in_charge, first, alone):
    with refused("đang phụ trách Xã Trùng Khánh rồi"):
        assignments.assign(people.leader, people.officer, commune, first, alone)


def test_who_takes_over_is_recorded_after_who_was_before(people, commune, in_charge):
    begun = length()
    assignments.assign(people.leader, people.commune_officer, commune, TURN)
    assert trail(begun) == ["update officerassignment", "create officerassignment"]
    assert days(people.officer, commune) == [(START, TURN - ONE)]
    assert [one.action for one in audit.history(people.officer)] == ["update", "create"]


def test_ending_is_recorded_on_the_persons_card(people, commune, in_charge):
    begun = length()
    assert assignments.end(people.leader, in_charge.pk, TURN).valid_to == TURN
    assert trail(begun) == ["update officerassignment"]
    assert audit.history(people.officer).first().actor_id == people.leader.pk


def test_what_ended_before_is_not_prolonged_by_ending_it_again(people, commune, in_charge):
    assignments.end(people.leader, in_charge.pk, TURN)
    begun = length()
    for last in (TURN, TURN + ONE):
        assert assignments.end(people.leader, in_charge.pk, last).valid_to == TURN
    assert trail(begun) == []
    assert assignments.end(people.leader, in_charge.pk, TURN - ONE).valid_to == TURN - ONE


def test_what_ends_before_it_began_never_was(people, in_charge):
    assignments.end(people.leader, in_charge.pk, START - ONE)
    assert not OfficerAssignment.objects.exists()
    assert trail()[-1] == "delete officerassignment"


def move(people, day, new=None):
    with transaction.atomic():
        return assignments.move(people.leader, people.officer, new or people.commune_officer, day)


def test_all_communes_of_a_person_go_to_another_from_a_day_on(people, commune, in_charge):
    begun = length()
    assert move(people, TURN) == ["Phụ trách Xã Trùng Khánh"]
    assert days(people.officer, commune) == [(START, TURN - ONE)]
    assert days(people.commune_officer, commune) == [(TURN, None)]
    assert trail(begun) == ["update officerassignment", "create officerassignment"]


def test_what_was_to_end_still_ends_then(people, commune, in_charge):
    assignments.end(people.leader, in_charge.pk, TURN + 30 * ONE)
    move(people, TURN)
    assert days(people.commune_officer, commune) == [(TURN, TURN + 30 * ONE)]


def test_what_was_to_begin_goes_along(people, commune, in_charge):
    move(people, START - 30 * ONE)
    assert days(people.officer, commune) == []
    assert days(people.commune_officer, commune) == [(START, None)]


def test_what_is_past_stays_with_who_it_was(people, commune, in_charge):
    assignments.end(people.leader, in_charge.pk, TURN - ONE)
    assert move(people, TURN) == []
    assert days(people.officer, commune) == [(START, TURN - ONE)]


def test_a_place_out_of_the_new_persons_reach_is_left_without_anybody(people, commune, in_charge):
    assert move(people, TURN, people.elsewhere) == ["Phụ trách Xã Trùng Khánh"]
    assert charge_of([commune.pk], TURN) == {}


def test_who_is_in_charge_already_is_not_so_twice(people, commune, in_charge):
    assignments.assign(people.leader, people.commune_officer, commune, TURN, alone=False)
    move(people, TURN)
    assert days(people.commune_officer, commune) == [(TURN, None)]


DAYS = st.integers(0, 5).map(lambda number: START + number * ONE)
MOVES = st.lists(
    st.tuples(st.sampled_from(["assign", "beside", "end", "move"]), st.booleans(), st.booleans(), DAYS),
    min_size=3,
    max_size=8,
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_whatever_is_tried_nobody_is_in_charge_of_a_place_twice_on_a_day(people, commune, other_commune, moves):
    with transaction.atomic():
        RoleGrant.objects.filter(user=people.commune_officer).update(unit=commune.parent)
        for what, first, here, day in moves:
            pair = (people.officer, people.commune_officer)
            user, other = pair if first else pair[::-1]
            unit = commune if here else other_commune
            try:
                if what in ("assign", "beside"):
                    assignments.assign(people.leader, user, unit, day, alone=what == "assign")
                elif what == "move":
                    assignments.move(people.leader, user, other, day)
                elif (one := OfficerAssignment.objects.filter(user=user).first()) is not None:
                    assignments.end(people.leader, one.pk, day)
            except ValidationError:
                continue
        for number in range(-1, 8):
            held = list(assigned_on(START + number * ONE).values_list("user", "unit"))
            assert len(held) == len(set(held))
        assert audit.verify().broken is None
        transaction.set_rollback(True)
