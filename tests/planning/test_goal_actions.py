"""Goals of a draft: of the catalogue, with values that can be; the trail tells the values by year."""

import json
from decimal import Decimal

import pytest

from khuyencong.core import audit
from khuyencong.planning.actions.goals import remove_goal, save_goal
from khuyencong.planning.models import Goal
from tests.trail import length, refused, trail, who_may

pytestmark = pytest.mark.django_db

PREPARING = {"officer", "leader", "other_leader"}
FOUR = {2026: Decimal(4)}


def values(goal):
    return {one.year: one.value for one in goal.targets.all()}


def test_officers_and_leaders_of_the_province_set_and_remove_goals(people, draft):
    assert who_may(people, lambda user: save_goal(user, draft, "leverage", FOUR)) == PREPARING
    assert who_may(people, lambda user: remove_goal(user, draft.goals.get().pk)) == PREPARING


def test_a_goal_is_set_anew_in_its_place(people, draft):
    goal = save_goal(people.officer, draft, "disbursed", {2026: Decimal(7)}, (Decimal("1.5"), 2025))
    goal = Goal.objects.get(annual=draft)
    assert (goal.baseline, goal.baseline_year, values(goal)) == (Decimal("1.5"), 2025, {2026: 7})


def test_years_that_are_no_longer_told_go(people, period):
    save_goal(people.officer, period, "disbursed", {2026: Decimal(1), 2027: Decimal(2)})
    goal = save_goal(people.officer, period, "disbursed", {2027: Decimal(3), 2028: Decimal(4)})
    assert values(goal) == {2027: 3, 2028: 4}
    assert goal.plan == period


@pytest.mark.parametrize(
    ("indicator", "targets", "baseline", "field"),
    [
        ("happiness", FOUR, None, "indicator"),
        ("leverage", {2026: Decimal(-1)}, None, "value"),
        ("leverage", {2026: Decimal(10) ** 19}, None, "value"),
        ("leverage", {1999: Decimal(1)}, None, "year"),
        ("leverage", FOUR, (Decimal(1), 1999), "baseline_year"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(people, draft, indicator, targets, baseline, field):
    with refused(field=field):
        save_goal(people.officer, draft, indicator, targets, baseline)


def test_a_goal_needs_a_year(people, draft):
    with refused("ít nhất một năm"):
        save_goal(people.officer, draft, "leverage", {})


def test_the_trail_tells_the_values_by_year(people, period):
    begun = length()
    goal = save_goal(people.officer, period, "disbursed", {2026: Decimal("1.50"), 2027: Decimal(2)})
    save_goal(people.officer, period, "disbursed", {2026: Decimal("1.50"), 2027: Decimal(2)})
    remove_goal(people.leader, goal.pk)
    assert trail(begun) == ["create goal", "delete goal"], "what did not change is not told"
    gone, made = audit.history(period)[:2]
    assert json.loads(made.after)["mức phải đạt"] == json.loads(gone.before)["mức phải đạt"] == "2026: 1.5; 2027: 2"


def test_a_goal_of_a_plan_in_force_stays(people, adopted, adopted_period):
    for plan in (adopted, adopted_period):
        with refused("chỉ sửa bằng quyết định điều chỉnh"):
            save_goal(people.officer, plan, "leverage", FOUR)
    with refused("chỉ sửa bằng quyết định điều chỉnh"):
        remove_goal(people.leader, adopted.goals.get().pk)
