"""What a person may do today: from the grants that hold today, in the places they were given for."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from khuyencong.establishments.models import Establishment
from khuyencong.people.actions.accounts import grant
from khuyencong.people.models import RoleGrant, User
from khuyencong.people.queries import access_of, current_grants, may, over_a_province, read_access, require, within
from khuyencong.people.rules import Permission, Role
from tests.factories.establishments import make_establishment

pytestmark = pytest.mark.django_db

EDIT = Permission.REGISTRY_EDIT
PAST, COMING = dt.date(2020, 1, 1), dt.date(2099, 1, 1)


@pytest.fixture
def newcomer():
    return User.objects.create(username="moi", full_name="Người mới")


def as_of_the_next_request(user):
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(PAST, None, True), (PAST, COMING, True), (PAST, dt.date(2021, 1, 1), False), (COMING, None, False)],
)
def test_a_role_holds_from_its_first_day_to_its_last(newcomer, commune, first, last, holds):
    grant(None, newcomer, Role.OFFICER, commune, first, last)
    assert may(newcomer, EDIT) == holds
    assert len(current_grants(newcomer)) == holds


def test_a_stranger_and_a_locked_account_may_nothing(newcomer, province):
    grant(None, newcomer, Role.OFFICER, province, PAST)
    newcomer.is_active = False
    for user in (AnonymousUser(), newcomer):
        assert not access_of(user).grants
        with pytest.raises(PermissionDenied):
            require(user, EDIT)


def test_a_request_reads_the_roles_once(newcomer, province, django_assert_num_queries):
    grant(None, newcomer, Role.OFFICER, province, PAST)
    with django_assert_num_queries(1):
        assert may(newcomer, EDIT) and over_a_province(newcomer, EDIT)


def test_many_are_read_at_once_each_as_alone(people, newcomer, django_assert_num_queries):
    everybody = [*people.everyone(), newcomer]
    users = [as_of_the_next_request(one) for one in everybody]
    with django_assert_num_queries(1):
        read_access(users)
        read_access(users)
        found = [access_of(one).grants for one in users]
    assert found == [access_of(as_of_the_next_request(one)).grants for one in everybody]


def test_a_commune_is_reached_through_itself_or_its_province(people, commune, other_commune):
    assert may(people.officer, EDIT, commune) and may(people.officer, EDIT, other_commune)
    assert may(people.commune_officer, EDIT, commune) and not may(people.commune_officer, EDIT, other_commune)
    assert not may(people.viewer, EDIT, commune)


def test_a_commune_of_another_province_is_out_of_reach(newcomer, other_province, commune):
    grant(None, newcomer, Role.OFFICER, other_province, PAST, elsewhere=True)
    user = as_of_the_next_request(newcomer)
    assert may(user, EDIT) and not may(user, EDIT, commune)


def test_only_a_role_in_the_province_is_over_a_province(people):
    assert over_a_province(people.officer, EDIT)
    assert not over_a_province(people.commune_officer, EDIT)
    assert not over_a_province(people.viewer, EDIT)


def test_a_refusal_names_the_commune(people, other_commune):
    with pytest.raises(PermissionDenied, match=r"không có quyền làm việc này \(Phường Thục Phán\)"):
        require(people.commune_officer, EDIT, other_commune)
    with pytest.raises(PermissionDenied, match=r"không có quyền làm việc này\.$"):
        require(people.viewer, EDIT)


def test_require_and_may_never_disagree(people, commune, other_commune):
    for user in people.everyone():
        for permission in Permission:
            for place in (None, commune, other_commune):
                try:
                    require(user, permission, place)
                    allowed = True
                except PermissionDenied:
                    allowed = False
                assert allowed == may(user, permission, place)


def test_lists_are_narrowed_to_what_may_be_reached_one_by_one(people, commune, other_commune):
    for number, place in enumerate((commune, other_commune)):
        make_establishment(place, code=f"THU-{number}")
    for user in people.everyone():
        listed = set(Establishment.objects.filter(within(user, EDIT)))
        assert listed == {one for one in Establishment.objects.all() if may(user, EDIT, one.commune)}


def test_a_role_is_told_with_its_place(newcomer, commune):
    assert str(grant(None, newcomer, Role.OFFICER, commune, PAST)) == "Cán bộ khuyến công, Xã Trùng Khánh"
    assert RoleGrant.objects.count() == 1
