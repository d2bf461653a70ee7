"""The execution of a year's plan: its numbers agree with the records, its warnings name what is missing."""

import datetime as dt
from decimal import Decimal

import pytest

from khuyencong.core import clock
from khuyencong.planning.indicators import INDICATORS, Frequency
from khuyencong.planning.models import Goal, GoalTarget
from khuyencong.projects.models import Contract, Payment, Project
from khuyencong.projects.overview.listing import projects_list
from khuyencong.reports.execution.goals import standings
from khuyencong.reports.execution.queries import execution
from khuyencong.reports.execution.rules import Forecast
from tests.factories.live import SUPPORT, make_live, with_contract
from tests.factories.plans import make_line, make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.clock]
DAY = dt.date(2026, 7, 1)


def pay(contract, amount, day, kind="payment"):
    Payment.objects.create(
        contract=contract, kind=kind, fund=contract.project.fund, amount=amount, paid_on=day, made_at=clock.now(),
        reason="lý do" if kind == "recovery" else "",
    )  # fmt: skip
    if kind == "recovery":
        contract.recovered += amount
    else:
        contract.paid += amount
    contract.save()


@pytest.fixture
def year_of_two(commune, other_commune, officer):
    """Two projects: one half paid and due this year, one signed and due next year; a line without any."""
    one, two = make_live(commune, "in-progress"), make_live(other_commune, "contracted", "DA-2026-0002")
    first, second = with_contract(one, officer), with_contract(two, officer)
    Contract.objects.filter(pk=first.pk).update(ends_on=dt.date(2026, 11, 1))
    Contract.objects.filter(pk=second.pk).update(ends_on=dt.date(2027, 3, 1))
    first.refresh_from_db()
    pay(first, 60_000_000, dt.date(2026, 3, 5))
    pay(first, 10_000_000, dt.date(2026, 4, 5), "recovery")
    make_line(name="Hội chợ", amount=50_000_000)
    return make_plan(2026), one, two


def test_the_numbers_of_lines_funds_places_and_months_agree(year_of_two, officer):
    plan, _one, _two = year_of_two
    found = execution(officer, plan, DAY)
    assert found.total.planned == 10 * SUPPORT + 50_000_000
    assert (found.total.assigned, found.total.contracted, found.total.disbursed) == (
        2 * SUPPORT, 2 * SUPPORT, 50_000_000,
    )  # fmt: skip
    for rows in (found.lines, found.funds, found.contents, found.places):
        for name in ("assigned", "contracted", "disbursed", "accepted"):
            assert sum(getattr(row.money, name) for row in rows) == getattr(found.total, name)
    assert [(m.month, m.paid, m.so_far) for m in found.months][2:4] == [
        (3, 60_000_000, 60_000_000), (4, -10_000_000, 50_000_000),
    ]  # fmt: skip
    assert found.outside == 0
    # Without a past, all that is due within the year is taken to be paid: only the first project's rest.
    assert (found.forecast.paid, found.forecast.due, found.forecast.total) == (50_000_000, 50_000_000, SUPPORT)


def test_every_number_leads_to_its_projects(year_of_two, officer):
    plan, _one, _two = year_of_two
    found = execution(officer, plan, DAY)
    for row in (*found.lines, *found.funds, *found.contents, *found.places):
        if not row.query:
            assert not row.money.projects
            continue
        asked = dict(part.split("=") for part in row.query.removeprefix("?").split("&"))
        assert projects_list(officer).found(asked).count() == row.money.projects
        paid = projects_list(officer).found({**asked, "reached": "paid"})
        assert bool(paid) == bool(row.money.disbursed)
    assert projects_list(officer).found({"plan": "2026", "reached": "contracted"}).count() == 2
    assert projects_list(officer).found({"plan": "2026", "reached": "accepted"}).count() == 0


def test_a_project_of_two_firms_is_split_to_the_dong(year_of_two, officer, other_commune):
    plan, one, two = year_of_two
    one.establishments.add(two.establishments.get())
    found = {row.name: row.money for row in execution(officer, plan, DAY).places}
    assert found["Xã Trùng Khánh"].disbursed == 25_000_000
    assert sum(money.disbursed for money in found.values()) == 50_000_000


def test_past_projects_give_the_share(year_of_two, officer, commune):
    plan = year_of_two[0]
    old = make_live(commune, "settled", "DA-2025-0003")
    contract = with_contract(old, officer)
    Project.objects.filter(pk=old.pk).update(plan_line=make_line(2025, name="Cũ"))
    pay(contract, 40_000_000, dt.date(2025, 12, 1))
    pay(contract, 60_000_000, dt.date(2026, 2, 1))
    found = execution(officer, plan, DAY)
    assert found.shares["local"] == Decimal("0.4")
    assert found.shares["national"] is None
    assert found.forecast.expected == 20_000_000


def test_warnings_name_the_line_and_how_much_a_goal_lacks(year_of_two, officer):
    plan, one, _two = year_of_two
    goal = Goal.objects.create(annual=plan, indicator="projects_accepted")
    GoalTarget.objects.create(goal=goal, year=2026, value=3)
    told = {(one.what, one.about): one.why for one in execution(officer, plan, DAY).warnings}
    assert ("Dòng chưa có đề án", "Hội chợ") in told
    assert ("Chi chậm", f"Dòng {one.code}") in told
    assert "còn thiếu 2" in told["Khó đạt mục tiêu", "Đề án đã nghiệm thu"]
    later = execution(officer, plan, dt.date(2027, 2, 1)).warnings
    assert {"Chưa chi hết", "Không đạt mục tiêu"} <= {one.what for one in later}


def test_every_indicator_that_a_goal_may_have_is_counted_or_said_to_be_unknown(year_of_two, officer):
    plan = year_of_two[0]
    for code, meant in INDICATORS.items():
        if meant.frequency is not Frequency.NOW:
            goal = Goal.objects.create(annual=plan, indicator=code)
            GoalTarget.objects.create(goal=goal, year=2026, value=1)
    found = {
        one.target.goal.indicator: one for one in standings(officer, plan, [year_of_two[1].pk], Forecast(5, 10, 7))
    }
    assert found["disbursed"].so_far == 50_000_000
    assert found["disbursed"].foreseen == 50_000_007
    assert found["disbursed_share"].foreseen == Decimal("4.76")  # of 1,050 million
    assert found["projects_accepted"].foreseen == 1
    assert found["leverage"].foreseen == 3
    assert found["leverage"].so_far is None
    assert found["revenue"].foreseen is None


def test_a_commune_sees_its_own_projects_and_no_warnings_about_the_province(year_of_two, commune_officer):
    found = execution(commune_officer, year_of_two[0], DAY)
    assert found.total.projects == 1
    assert not found.whole
    assert found.warnings == ()


def test_the_pages(year_of_two, officer_client, django_assert_max_num_queries):
    assert officer_client.get("/plan/execution/").url == "/plan/2026/execution/"
    for by in ("lines", "contents", "places", "months"):
        with django_assert_max_num_queries(60):
            page = officer_client.get(f"/plan/2026/execution/?by={by}").content.decode()
        assert "Thực hiện kế hoạch năm 2026" in page
    assert officer_client.get("/plan/2019/execution/").status_code == 404
    make_plan(2030, "draft")
    assert officer_client.get("/plan/2030/execution/").url == "/plan/2030/"
