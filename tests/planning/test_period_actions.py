"""The plan of a period as a draft, and the copy that is to take its place."""

from decimal import Decimal

import pytest

from khuyencong.core import audit
from khuyencong.planning.actions.adopt import Decision, adopt_period
from khuyencong.planning.actions.goals import save_goal
from khuyencong.planning.actions.periods import Content, Expected, adjust_period, save_period
from khuyencong.planning.actions.plans import Money
from khuyencong.planning.queries.content import content_of_period
from tests.factories.plans import DAY, basis, machinery, period_content
from tests.trail import length, refused, trail, who_may

pytestmark = pytest.mark.django_db

PREPARING = {"officer", "leader", "other_leader"}


def test_an_officer_begins_it_and_leaders_put_their_hand_to_it(people, period):
    assert who_may(people, lambda user: save_period(user, None, period_content())) == {"officer"}
    assert who_may(people, lambda user: save_period(user, period.pk, period_content())) == PREPARING


def test_whoever_prepares_plans_adjusts(people, adopted_period):
    assert who_may(people, lambda user: adjust_period(user, adopted_period.pk, "Lý do")) == PREPARING


@pytest.mark.parametrize(
    ("values", "field"),
    [({"name": ""}, "name"), ({"first_year": 1999}, "first_year"), ({"last_year": 2025}, "__all__")],
)
def test_what_cannot_be_is_refused(people, values, field):
    with refused(field=field):
        save_period(people.officer, None, period_content(**values))


def test_contents_are_changed_in_their_place_added_and_taken_away(people, period):
    begun = length()
    said = period_content(local=10**9)
    save_period(people.officer, period.pk, said)
    assert trail(begun) == []
    more = (Expected(machinery(), "local", 9, 10**9), Expected(machinery(), "national", 1, 5))
    save_period(people.officer, period.pk, Content(said.values, budgets=said.budgets, basis=basis(), expected=more))
    assert {one.fund: one.projects for one in period.contents.all()} == {"local": 9, "national": 1}
    save_period(people.officer, period.pk, Content(said.values, basis=basis(), expected=more[1:]))
    assert {one.fund: one.projects for one in period.contents.all()} == {"national": 1}
    assert trail(begun) == [
        "update periodcontent", "create periodcontent", "delete planbudget", "delete periodcontent",
    ]  # fmt: skip


def test_beginning_it_is_recorded_with_all_it_says(people):
    period = save_period(people.officer, None, period_content())
    assert trail() == ["draft periodplan", "create planbudget", "create periodcontent"]
    assert audit.history(period).count() == 3
    assert (period.drafted_by, period.adopted) == (people.officer, False)


@pytest.mark.parametrize(("projects", "amount"), [(-1, 5), (1, -5)])
def test_less_than_nothing_is_not_expected(people, projects, amount):
    said = Content(period_content().values, expected=(Expected(machinery(), "local", projects, amount),))
    with refused(field="projects" if projects < 0 else "amount"):
        save_period(people.officer, None, said)


def test_a_plan_in_force_is_not_edited(people, adopted_period):
    with refused("chỉ sửa bằng quyết định điều chỉnh"):
        save_period(people.leader, adopted_period.pk, period_content(1))


def test_only_a_plan_in_force_is_adjusted_once_and_with_a_reason(people, period, adopted_period):
    with refused("lý do", "reason"):
        adjust_period(people.officer, adopted_period.pk, " ")
    new = adjust_period(people.officer, adopted_period.pk, "Lý do")
    with refused("đã có bản điều chỉnh"):
        adjust_period(people.officer, adopted_period.pk, "Lý do")
    with refused("dự thảo thì sửa thẳng"):
        adjust_period(people.officer, new.pk, "Lý do")


def test_the_copy_says_the_same_of_its_own(people, period):
    save_goal(people.officer, period, "disbursed", {2026: Decimal(4), 2030: Decimal(9)}, (Decimal(1), 2025))
    save_period(people.officer, period.pk, Content(
        period_content().values, budgets=(Money("local", 5), Money("blended", 6, "ocop")), basis=basis(),
    ))  # fmt: skip
    adopt_period(people.leader, period.pk, Decision("1/KH", DAY))
    begun = length()
    new = adjust_period(people.officer, period.pk, " Ngân sách tăng. ")
    assert content_of_period(new) == content_of_period(period)
    assert (new.reason, new.replaces, new.drafted_by) == ("Ngân sách tăng.", period, people.officer)
    assert trail(begun) == ["draft periodplan", "create planbudget", "create planbudget", "create goal"]
    assert not {one.pk for one in new.goals.all()} & {one.pk for one in period.goals.all()}
