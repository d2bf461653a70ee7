"""The pages of plans: what is typed is kept when it is refused, drafts change, adopted plans do not."""

import pytest

from khuyencong.core import clock
from khuyencong.planning.models import AnnualPlan, Goal, PeriodPlan, PlanAdjustment, PlanLine, PlanVersion
from tests.conftest import PASSWORD
from tests.factories.planning import make_plan_samples
from tests.factories.plans import make_line, make_plan, set_budget

pytestmark = [pytest.mark.django_db, pytest.mark.clock]
YEAR = clock.today().year


@pytest.fixture
def leader_client(client, person, province):
    """A browser session of a leader."""
    leader = person("leader", province)
    client.login(username=leader.username, password=PASSWORD)
    return client


def test_an_empty_list_offers_the_first_step(officer_client):
    page = officer_client.get("/plan/").content.decode()
    assert "Chưa có kế hoạch năm nào" in page
    assert "Lập kế hoạch đầu tiên" in page
    assert "Chưa có kế hoạch giai đoạn nào" in officer_client.get("/plan/periods/").content.decode()
    assert "Chưa có kế hoạch nào được ban hành" in officer_client.get("/plan/execution/").content.decode()


def test_a_plan_is_begun_with_its_usual_basis_and_refused_without_losing_what_was_typed(officer_client):
    form = {"year": "2031", "money_local": "1,5 tỷ", "money_national": "", "programme_0": "", "note": "Ghi chú"}
    refused = officer_client.post("/plan/new/", form | {"programme_money_0": "5.000.000"})
    assert "Cần chọn chương trình" in refused.content.decode()
    assert "1,5 tỷ" in refused.content.decode()
    done = officer_client.post("/plan/new/", form | {"programme_0": "ocop", "programme_money_0": "5.000.000"})
    assert done.url == "/plan/2031/"
    plan = AnnualPlan.objects.get()
    assert {one.source: one.amount for one in plan.budgets.all()} == {"local": 1_500_000_000, "blended": 5_000_000}
    assert "45/2012/NĐ-CP" in officer_client.get("/plan/new/").content.decode()
    again = officer_client.post("/plan/new/", form)
    assert "đã có kế hoạch" in again.content.decode()


def test_a_line_and_a_goal_of_a_draft(officer_client):
    make_plan(2031, "draft")
    done = officer_client.post("/plan/2031/lines/add/", {"fund": "local", "name": "Hội chợ", "amount": "20 triệu"})
    assert done.url == "/plan/2031/"
    line = PlanLine.objects.get()
    assert line.amount == 20_000_000
    twice = officer_client.post("/plan/2031/lines/add/", {"fund": "local", "name": "Hội chợ", "amount": "1"})
    assert "Đã có dòng" in twice.content.decode()
    goal = {"indicator": "leverage", "value_2031": "2,5", "baseline": "2,1", "baseline_year": "2030"}
    assert officer_client.post("/plan/2031/goals/add/", goal).url == "/plan/2031/"
    assert str(Goal.objects.get().targets.get().value) == "2.50"
    wrong = officer_client.post("/plan/2031/goals/add/", {"indicator": "disbursed", "value_2031": "nhiều"})
    assert "cần một số" in wrong.content.decode()
    officer_client.post(f"/plan/lines/{line.pk}/remove/")
    officer_client.post(f"/plan/goals/{Goal.objects.get().pk}/remove/")
    assert not PlanLine.objects.exists()
    assert not Goal.objects.exists()


def test_an_adopted_plan_is_not_edited_on_any_page(officer_client):
    line = make_line(2031, name="Máy móc", amount=5)
    for address in ("/plan/2031/edit/", "/plan/2031/lines/add/", f"/plan/lines/{line.pk}/", "/plan/2031/goals/add/"):
        assert officer_client.get(address).url == "/plan/2031/"
        assert officer_client.post(address, {"fund": "local", "name": "Khác", "amount": "9"}).url == "/plan/2031/"
    officer_client.post(f"/plan/lines/{line.pk}/remove/")
    assert PlanLine.objects.get().amount == 5


def test_an_adjustment_is_drafted_by_one_and_adopted_by_another(officer, officer_client, leader_client):
    line = make_line(YEAR, name="Máy móc", amount=500)
    set_budget(line.plan, local=500)
    officer_client.force_login(officer)
    form = {"reason": "Giảm kinh phí", "budget_local": "500", "budget_national": "0", f"line_{line.pk}": "600"}
    refused = officer_client.post(f"/plan/{YEAR}/adjustments/add/", form)
    assert "vượt kinh phí" in refused.content.decode()
    assert "Giảm kinh phí" in refused.content.decode()
    made = officer_client.post(f"/plan/{YEAR}/adjustments/add/", form | {f"line_{line.pk}": "400"})
    one = PlanAdjustment.objects.get()
    assert made.url == f"/plan/adjustments/{one.pk}/"
    page = officer_client.get(made.url).content.decode()
    assert "500 ₫" in page
    assert "400 ₫" in page
    assert 'name="decided_on"' not in page, "the officer does not decide"


def test_the_leader_adopts_an_adjustment_and_sees_what_differs(leader_client, officer):
    made = make_plan_samples(officer)
    one = PlanAdjustment.objects.get()
    day = clock.today().strftime("%d/%m/%Y")
    done = leader_client.post(f"/plan/adjustments/{one.pk}/", {"decision": "87/QĐ", "decided_on": day})
    assert done.url == f"/plan/{made['plan_year']}/"
    page = leader_client.get(f"/plan/{made['plan_year']}/versions/2/").content.decode()
    assert "Những gì khác bản 1" in page
    assert "+10.000.000 ₫" in page
    assert "không khớp dấu kiểm tra" not in page
    PlanVersion.objects.filter(number=2).update(decision="88/QĐ", content={"lines": []})
    page = leader_client.get(f"/plan/{made['plan_year']}/versions/2/").content.decode()
    assert "không khớp dấu kiểm tra" in page


def test_a_period_is_drafted_and_adopted(officer, officer_client, person, province):
    form = {
        "name": "Giai đoạn thử", "first_year": "2026", "last_year": "2030", "money_local": "2 tỷ", "areas": "Xã A",
        "basis": [str(one) for one in _basis()], "fund_0": "local", "projects_0": "5", "amount_0": "1 tỷ",
    }  # fmt: skip
    wrong = officer_client.post("/plan/periods/add/", form)
    assert "Cần chọn nội dung" in wrong.content.decode()
    form["activity_0"] = str(_machinery())
    plan = PeriodPlan.objects.get(pk=int(officer_client.post("/plan/periods/add/", form).url.split("/")[-2]))
    assert plan.contents.get().projects == 5
    assert "Xã A" in officer_client.get(f"/plan/periods/{plan.pk}/").content.decode()
    leader = person("leader", province)
    officer_client.force_login(leader)
    day = clock.today().strftime("%d/%m/%Y")
    officer_client.post(f"/plan/periods/{plan.pk}/adopt/", {"decision": "1/KH", "decided_on": day})
    plan.refresh_from_db()
    assert plan.adopted
    assert officer_client.get(f"/plan/periods/{plan.pk}/edit/").url == f"/plan/periods/{plan.pk}/"


def test_what_waits_for_the_leader_is_told(officer, person, province):
    from khuyencong.planning.work import waiting

    make_plan_samples(officer)
    leader = person("leader", province)
    today = clock.today()
    assert [item.verb for item in waiting(leader, today)] == ["Ban hành điều chỉnh"]
    assert list(waiting(officer, today)) == []


def test_what_was_drafted_before_seven_in_the_morning_waits_since_that_day(officer, person, province):
    from khuyencong.planning.work import waiting

    make_plan_samples(officer)
    night = clock.at(clock.today(), 3, 30)
    PlanAdjustment.objects.update(drafted_at=night)
    (item,) = waiting(person("leader", province), clock.today())
    assert item.since == clock.today() == clock.day_of(night)


def _basis():
    from khuyencong.law.models import LegalDocument

    return LegalDocument.objects.filter(code="45-2012-nd-cp").values_list("pk", flat=True)


def _machinery():
    from khuyencong.law.models import ActivityType

    return ActivityType.objects.get(code="machinery").pk
