"""Next year's plan in the browser: proposals chosen, the plan adopted, its execution looked at."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from khuyencong.core import clock
from khuyencong.law.models import LegalDocument
from khuyencong.planning.actions.plans import Content, Money, draft_plan
from khuyencong.planning.models import AnnualPlan
from khuyencong.projects.models import Project
from tests.e2e.conftest import let_in
from tests.e2e.swaps import swapped
from tests.factories.live import SUPPORT, make_live

TODAY = clock.today()


@pytest.fixture
def draft(officer, commune):
    """A draft with money for two of the three proposals that wait."""
    basis = tuple(LegalDocument.objects.filter(code="45-2012-nd-cp"))
    plan = draft_plan(officer, TODAY.year, Content(budgets=(Money("local", 2 * SUPPORT),), basis=basis))
    for number in (1, 2, 3):
        make_live(commune, "approved", f"DA-2026-000{number}")
    Project.objects.update(state_since=TODAY - dt.timedelta(days=9))
    return plan


def test_a_plan_is_chosen_adopted_and_carried_out(page, sign_in, officer, person, province, draft, live_server):
    sign_in(officer)
    page.goto(f"/plan/{draft.year}/")
    page.get_by_role("link", name="Chọn đề án vào kế hoạch").click()
    boxes = page.locator("input[name=pick]")
    expect(boxes).to_have_count(3)
    expect(page.locator("input[name=pick]:checked")).to_have_count(2)
    expect(page.get_by_text("còn thiếu")).to_be_visible()

    # One is taken out by hand: the sums follow, and the third finds room.
    first = page.locator("input[name=pick]:checked").first.get_attribute("value")
    with swapped(page):  # a click, not uncheck(): that would look again while the form is swapped
        page.locator(f"input[name=pick][value='{first}']").click()
    expect(page.locator("input[name=pick]:checked")).to_have_count(1)
    expect(page.get_by_text("còn thiếu")).to_have_count(0)
    with swapped(page):
        page.get_by_label("Chọn Đề án thử DA-2026-0003").click()
    expect(page.locator("input[name=pick]:checked")).to_have_count(2)
    page.get_by_role("button", name="Lưu vào dự thảo kế hoạch").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu các đề án được chọn")
    expect(page.locator("tfoot").first).to_contain_text("200.000.000 ₫")

    page.context.clear_cookies()
    let_in(page.context, person("leader", province), live_server.url)
    page.goto(f"/plan/{draft.year}/")
    page.get_by_role("link", name="Ban hành kế hoạch").click()
    expect(page.get_by_text("Đề án thử DA-2026-0003")).to_be_visible()
    page.get_by_label("Số quyết định").fill("12/QĐ-UBND")
    page.get_by_role("button", name="Ban hành kế hoạch").click()
    expect(page.get_by_role("status")).to_contain_text("các đề án trong kế hoạch đã được giao")
    assert AnnualPlan.objects.get().state == "adopted"
    assert Project.objects.filter(state="planned").count() == 2

    page.get_by_role("link", name="Xem thực hiện").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Thực hiện kế hoạch năm {draft.year}")
    page.get_by_role("link", name="Theo xã, phường").click()
    expect(page.get_by_role("link", name="Xã Trùng Khánh")).to_be_visible()
    page.get_by_role("cell", name="200.000.000 ₫").first.get_by_role("link").click()
    expect(page.locator("tbody tr")).to_have_count(2)
