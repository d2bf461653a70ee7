"""Area statuses of communes: lists that follow one another without overlap, adopted all or none."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from khuyencong.core.refusals import ChangedMeanwhile
from khuyencong.law.eligibility import actions
from khuyencong.law.eligibility.queries import areas_on
from khuyencong.law.models import AreaStatus

pytestmark = pytest.mark.django_db

FIRST, SECOND = dt.date(2021, 6, 4), dt.date(2026, 1, 1)


@pytest.fixture
def listed(officer, leader, commune, other_commune):
    """Both communes are areas of difficulty from 4 June 2021."""
    made = actions.draft_areas(officer, "difficult", [commune, other_commune], FIRST)
    return actions.adopt_areas(leader, [one.pk for one in made])


def on(day, *communes):
    held = areas_on([one.pk for one in communes], day)
    return [sorted(held.get(one.pk, ())) for one in communes]


def test_a_list_counts_from_its_day_once_adopted(officer, leader, commune, other_commune):
    made = actions.draft_areas(officer, "difficult", [commune], FIRST, dt.date(2025, 12, 31))
    assert on(FIRST, commune) == [[]]
    actions.adopt_areas(leader, [one.pk for one in made])
    assert on(FIRST, commune, other_commune) == [["difficult"], []]
    assert on(dt.date(2025, 12, 31), commune) == [["difficult"]]
    assert on(SECOND, commune) == [[]]


def test_a_new_list_ends_the_old_one_of_its_communes(officer, leader, listed, commune, other_commune):
    made = actions.draft_areas(officer, "difficult", [commune], SECOND)
    actions.adopt_areas(leader, [one.pk for one in made])
    assert on(dt.date(2025, 12, 31), commune) == on(SECOND, commune) == [["difficult"]]
    spans = AreaStatus.objects.filter(unit=commune, state="adopted").values_list("valid_from", "valid_to")
    assert sorted(spans) == [(FIRST, dt.date(2025, 12, 31)), (SECOND, None)]
    assert on(SECOND, other_commune) == [["difficult"]]


def test_a_whole_list_also_ends_those_it_leaves_out(officer, leader, listed, commune, other_commune):
    made = actions.draft_areas(officer, "difficult", [commune], SECOND, whole_list=True)
    actions.adopt_areas(leader, [one.pk for one in made])
    assert on(dt.date(2025, 12, 31), other_commune) == [["difficult"]]
    assert on(SECOND, commune, other_commune) == [["difficult"], []]


def test_kinds_do_not_disturb_one_another(officer, leader, listed, commune):
    made = actions.draft_areas(officer, "new-rural", [commune], SECOND, whole_list=True)
    assert len(made) == 1
    actions.adopt_areas(leader, [made[0].pk])
    assert on(SECOND, commune) == [["difficult", "new-rural"]]


def test_a_second_draft_or_a_later_status_is_refused_by_name(officer, listed, commune, other_commune):
    with pytest.raises(ValidationError, match="Xã Trùng Khánh"):
        actions.draft_areas(officer, "difficult", [commune], dt.date(2020, 1, 1))
    actions.draft_areas(officer, "difficult", [commune], SECOND)
    with pytest.raises(ValidationError, match="dự thảo cùng diện"):
        actions.draft_areas(officer, "difficult", [commune, other_commune], SECOND)


def test_adopting_is_all_or_none(officer, leader, commune, other_commune):
    made = actions.draft_areas(officer, "difficult", [commune, other_commune], FIRST)
    pks = [one.pk for one in made]
    actions.adopt_areas(leader, pks[:1])
    with pytest.raises(ChangedMeanwhile):
        actions.adopt_areas(leader, [pks[1], pks[0]])
    assert AreaStatus.objects.get(pk=pks[1]).state == "draft"


def test_ending_is_drafted_and_adopted(officer, leader, listed, commune, other_commune):
    mine = AreaStatus.objects.get(unit=commune)
    with pytest.raises(ValidationError):
        actions.end_areas(officer, [mine.pk], FIRST - dt.timedelta(days=1))
    made = actions.end_areas(officer, [mine.pk], dt.date(2024, 12, 31))
    with pytest.raises(ChangedMeanwhile):
        actions.end_areas(officer, [mine.pk], dt.date(2023, 12, 31))
    assert on(dt.date(2025, 1, 1), commune) == [["difficult"]]
    actions.adopt_areas(leader, [made[0].pk])
    assert on(dt.date(2024, 12, 31), commune) == [["difficult"]]
    assert on(dt.date(2025, 1, 1), commune, other_commune) == [[], ["difficult"]]


def test_who_may(officer, leader, viewer, commune):
    for user in (leader, viewer):
        with pytest.raises(PermissionDenied):
            actions.draft_areas(user, "difficult", [commune], FIRST)
    made = actions.draft_areas(officer, "difficult", [commune], FIRST)
    with pytest.raises(PermissionDenied):
        actions.adopt_areas(officer, [made[0].pk])
    with pytest.raises(PermissionDenied):
        actions.verify_areas(officer, [made[0].pk])
    assert actions.discard_areas(officer, [made[0].pk]) == 1
    assert not AreaStatus.objects.exists()
