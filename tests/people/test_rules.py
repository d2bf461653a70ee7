"""The table of roles as laws: what separates duties holds in every line of it, whoever holds whatever."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuyencong.people.rules import ANYWHERE, PROVINCE_ONLY, TABLE, Access, Grant, Permission, Reach, Role, ScopeKind

pytestmark = pytest.mark.database_free

GRANTS = st.lists(
    st.builds(Grant, st.sampled_from(Role), st.sampled_from(ScopeKind), st.integers(1, 3)), max_size=5
).map(tuple)
PERMISSIONS = st.sampled_from(Permission)
# Who writes the first does not do the second: what is drafted is decided by others, money is not inspected by its own.
APART = [
    (Permission.LAW_DRAFT, Permission.LAW_ADOPT),
    (Permission.PROJECTS_EDIT, Permission.PROJECTS_DECIDE),
    (Permission.PLAN_DRAFT, Permission.PLAN_EDIT),
    (Permission.REPORTS_DRAFT, Permission.REPORTS_SIGN),
    (Permission.SUPERVISION_EDIT, Permission.SUPERVISION_APPROVE),
    (Permission.SUPERVISION_EDIT, Permission.PROJECTS_DRAFT),
    (Permission.SUPERVISION_EDIT, Permission.PROJECTS_EDIT),
]


def test_every_permission_has_its_line_and_somebody_who_holds_it():
    assert set(TABLE) == set(Permission)
    assert all(TABLE.values())


def test_a_role_counts_everywhere_or_over_a_province():
    assert {scopes for line in TABLE.values() for scopes in line.values()} == {ANYWHERE, PROVINCE_ONLY}


@pytest.mark.parametrize(("first", "second"), APART)
def test_no_role_does_both(first, second):
    assert not set(TABLE[first]) & set(TABLE[second])


def test_the_administrator_touches_no_data_of_the_programme():
    held = {one for one, line in TABLE.items() if Role.ADMINISTRATOR in line}
    assert held == {
        Permission.HOME_VIEW, Permission.LAW_VIEW, Permission.WORK_HAND_OVER, Permission.AUDIT_VERIFY,
        Permission.JOBS_WATCH, Permission.KIT_VIEW,
    }  # fmt: skip


def test_whoever_only_looks_writes_nothing():
    held = {one.value.split(".")[1] for one, line in TABLE.items() if Role.VIEWER in line}
    assert held == {"view"}


@given(PERMISSIONS)
def test_without_a_grant_nothing(permission):
    assert not Access(()).may(permission)


@given(GRANTS, GRANTS, PERMISSIONS)
def test_one_more_role_never_takes_anything_away(held, more, permission):
    before, after = Access(held).reach(permission), Access(held + more).reach(permission)
    assert before.provinces <= after.provinces and before.communes <= after.communes


@given(GRANTS, PERMISSIONS)
def test_a_permission_reaches_where_a_role_of_its_line_is_held_and_nowhere_else(held, permission):
    reach = Access(held).reach(permission)
    for kind, units in ((ScopeKind.PROVINCE, reach.provinces), (ScopeKind.COMMUNE, reach.communes)):
        for unit in (1, 2, 3):
            gives = [one for one in held if (one.kind, one.unit) == (kind, unit)]
            assert (unit in units) == any(kind in TABLE[permission].get(one.role, ()) for one in gives)
    assert Access(held).may(permission) == bool(reach)


@settings(max_examples=30)
@given(GRANTS, st.sampled_from([one for one, line in TABLE.items() if set(line.values()) == {PROVINCE_ONLY}]))
def test_what_is_for_the_province_is_not_had_through_a_commune(held, permission):
    communes = tuple(one for one in held if one.kind is ScopeKind.COMMUNE)
    assert not Access(communes).may(permission)


NUMBERS = st.frozensets(st.integers(1, 4))


@given(NUMBERS, NUMBERS, st.none() | st.integers(1, 4), st.none() | st.integers(1, 4))
def test_a_reach_covers_a_place_through_its_province_or_itself(provinces, communes, commune, province):
    assert Reach(provinces, communes).covers(commune, province) == (province in provinces or commune in communes)
