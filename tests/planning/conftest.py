"""A plan of a year and of a period, each as a draft and in force, made by the actions of the room."""

from decimal import Decimal

import pytest

from khuyencong.planning.actions import goals, lines, plans
from khuyencong.planning.actions.adopt import Decision, adopt_period, adopt_plan
from khuyencong.planning.actions.periods import save_period
from khuyencong.planning.actions.plans import Content, Money
from tests.factories.plans import DAY, MILLION, basis, period_content
from tests.factories.ready import People


@pytest.fixture
def people(province, commune, other_commune):
    return People.make(province, commune, other_commune)


@pytest.fixture
def draft(people):
    """500 million of local money, 400 of them in one line, and one goal."""
    content = Content(None, (Money("local", 500 * MILLION), Money("blended", 10 * MILLION, "ocop")), basis())
    plan = plans.draft_plan(people.officer, 2026, content)
    line = {"fund": "local", "activity": None, "name": "Máy móc", "amount": 400 * MILLION}
    lines.save_line(people.officer, plan.pk, None, line)
    goals.save_goal(people.officer, plan, "disbursed", {2026: Decimal(5)})
    return plan


@pytest.fixture
def adopted(draft, people):
    told = [{"code": "DA-1", "title": "Đề án", "support": 1}]
    return adopt_plan(people.leader, draft.pk, Decision("1/QĐ", DAY), told)


@pytest.fixture
def period(people):
    return save_period(people.officer, None, period_content())


@pytest.fixture
def adopted_period(period, people):
    return adopt_period(people.leader, period.pk, Decision("1/KH", DAY))
