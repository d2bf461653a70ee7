"""The plan of a year as a draft: who begins it, what is refused, what the trail says."""

import pytest

from khuyencong.core import audit
from khuyencong.planning.actions.plans import Content, Money, change_plan, draft_plan
from khuyencong.planning.models import AnnualPlan
from tests.factories.plans import MILLION, basis
from tests.trail import length, refused, trail, who_may

pytestmark = pytest.mark.django_db

MONEY = (Money("local", 500 * MILLION), Money("blended", 10 * MILLION, "ocop"))


def budgets(plan):
    return {one.programme_id or one.source: one.amount for one in plan.budgets.all()}


def test_only_an_officer_of_the_province_begins_a_plan(people):
    assert who_may(people, lambda user: draft_plan(user, 2031, Content())) == {"officer"}


def test_officers_and_leaders_of_the_province_change_a_draft(people, draft):
    assert who_may(people, lambda user: change_plan(user, draft.pk, Content())) == {"officer", "leader", "other_leader"}


def test_it_says_what_was_given_and_who_began_it(people, period):
    plan = draft_plan(people.officer, 2031, Content(period, MONEY, basis(), "Ghi chú"))
    plan = AnnualPlan.objects.get(pk=plan.pk)
    assert (plan.state, plan.period, plan.note, plan.drafted_by) == ("draft", period, "Ghi chú", people.officer)
    assert budgets(plan) == {"local": 500 * MILLION, "ocop": 10 * MILLION}
    assert tuple(plan.legal_basis.all()) == basis()


def test_a_year_has_one_plan(people, draft):
    with refused("Năm 2026 đã có kế hoạch", "year"):
        draft_plan(people.officer, 2026, Content())


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_out_of_sight_is_refused(people, year):
    with refused(field="year"):
        draft_plan(people.officer, year, Content())


@pytest.mark.parametrize(
    ("money", "field"),
    [(Money("local", -1), "amount"), (Money("blended", 5, "khong-co"), "programme"), (Money("loan", 5), "source")],
)
def test_money_that_cannot_be_is_refused_and_the_plan_with_it(people, money, field):
    with refused(field=field):
        draft_plan(people.officer, 2031, Content(budgets=(Money("local", 5), money)))


def test_beginning_it_is_recorded_with_its_money(people):
    plan = draft_plan(people.officer, 2031, Content(budgets=MONEY))
    assert trail() == ["draft annualplan", "create planbudget", "create planbudget"]
    assert {one.actor_id for one in audit.history(plan)} == {people.officer.pk}
    assert audit.history(plan).count() == 3


def test_a_change_records_what_is_other_and_nothing_else(people, draft):
    begun = length()
    change_plan(people.officer, draft.pk, Content(budgets=MONEY, basis=basis()))
    assert trail(begun) == []
    change_plan(people.leader, draft.pk, Content(budgets=(Money("local", 1), Money("national", 2)), basis=basis()))
    assert trail(begun) == ["update planbudget", "create planbudget", "delete planbudget"]
    assert budgets(draft) == {"local": 1, "national": 2}


def test_an_amount_of_nothing_takes_the_budget_away(people, draft):
    change_plan(people.officer, draft.pk, Content(budgets=(Money("local", 0),), basis=basis()))
    assert budgets(draft) == {}


def test_a_draft_that_was_adopted_meanwhile_does_not_change(people, adopted):
    for user in (people.officer, people.leader):
        with refused("chỉ sửa bằng quyết định điều chỉnh"):
            change_plan(user, adopted.pk, Content())
