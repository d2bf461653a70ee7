"""The plan of a period is adjusted by a plan that takes its place: copied, changed, adopted, told side by side."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from khuyencong.core import clock
from khuyencong.core.audit import verify
from khuyencong.law.models import ActivityType, LegalDocument
from khuyencong.planning.actions.adopt import Decision, adopt_period
from khuyencong.planning.actions.periods import Content, Expected, adjust_period, save_period
from khuyencong.planning.actions.plans import Money
from khuyencong.planning.models import Goal, GoalTarget, PeriodPlan
from khuyencong.planning.queries.plans import adjusted_by
from tests.factories.plans import make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.clock]
DAY = dt.date(2026, 2, 1)


@pytest.fixture
def leader(person, province):
    return person("leader", province)


def content(local, projects):
    """A period plan with this much local money and so many projects."""
    return Content(
        {"name": "Giai đoạn thử", "first_year": 2026, "last_year": 2030, "areas": "Xã A"},
        budgets=(Money("local", local),),
        basis=tuple(LegalDocument.objects.filter(code="45-2012-nd-cp")),
        expected=(Expected(ActivityType.objects.get(code="machinery"), "local", projects, local),),
    )


@pytest.fixture
def adopted(officer, leader):
    plan = save_period(officer, None, content(10**9, 5))
    goal = Goal.objects.create(period=plan, indicator="projects_accepted")
    GoalTarget.objects.create(goal=goal, year=2026, value=Decimal(4))
    return adopt_period(leader, plan.pk, Decision("1/KH", DAY))


def test_the_copy_says_the_same_until_it_is_changed(adopted, officer):
    new = adjust_period(officer, adopted.pk, "Ngân sách tăng.")
    assert adjusted_by(new) == []
    assert new.goals.get().targets.get().value == 4
    assert adopted.goals.get().pk != new.goals.get().pk
    save_period(officer, new.pk, content(2 * 10**9, 8))
    told = {(one["what"], one["old"], one["new"]) for one in adjusted_by(new)}
    assert ("Khuyến công địa phương", "1.000.000.000 ₫", "2.000.000.000 ₫") in told
    assert adopted.budgets.get().amount == 10**9


def test_the_years_go_over_once_it_is_adopted(adopted, officer, leader):
    year = make_plan(2026, period=adopted)
    new = adjust_period(officer, adopted.pk, "Ngân sách tăng.")
    year.refresh_from_db()
    assert year.period == adopted and not adopted.outdated
    adopt_period(leader, new.pk, Decision("9/KH", clock.today()))
    year.refresh_from_db()
    assert year.period == new
    assert PeriodPlan.objects.get(pk=adopted.pk).outdated
    assert verify().broken is None


def test_only_an_adopted_plan_once_with_a_reason_by_who_prepares(adopted, officer, leader):
    with pytest.raises(ValidationError, match="lý do"):
        adjust_period(officer, adopted.pk, " ")
    new = adjust_period(officer, adopted.pk, "Ngân sách tăng.")
    with pytest.raises(ValidationError, match="dự thảo"):
        adjust_period(officer, new.pk, "Nữa.")
    with pytest.raises(ValidationError, match="đã có bản điều chỉnh"):
        adjust_period(officer, adopted.pk, "Nữa.")


def test_who_only_looks_may_not(adopted, person, province):
    with pytest.raises(PermissionDenied):
        adjust_period(person("viewer", province), adopted.pk, "Muốn thế.")


def test_on_the_pages(adopted, officer_client):
    page = officer_client.get(reverse("planning:period", args=[adopted.pk])).content.decode()
    assert "Soạn điều chỉnh" in page
    answer = officer_client.post(reverse("planning:period_adjust", args=[adopted.pk]), {"reason": "Ngân sách tăng."})
    new = PeriodPlan.objects.get(replaces=adopted)
    assert answer.url == reverse("planning:period_edit", args=[new.pk])
    page = officer_client.get(reverse("planning:period", args=[new.pk])).content.decode()
    assert "Không có gì khác." in page and "Ngân sách tăng." in page
    old = officer_client.get(reverse("planning:period", args=[adopted.pk])).content.decode()
    assert "Đang có dự thảo điều chỉnh." in old
