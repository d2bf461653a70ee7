"""A year in the browser: the plan built from proposals, adopted, carried out, reported, signed, and corrected after."""

import datetime as dt
import uuid

import pytest
from playwright.sync_api import expect

from khuyencong.core import clock
from khuyencong.law.models import LegalDocument
from khuyencong.planning.actions.plans import Content, Money, draft_plan
from khuyencong.projects.models import Project
from khuyencong.projects.money import actions as money
from tests.e2e.conftest import let_in
from tests.factories.live import SUPPORT, make_live

# The month that is over is the one reported; the plan is decided within it.
DAY = clock.today().replace(day=1) - dt.timedelta(days=1)


@pytest.fixture
def draft(officer, commune):
    """A draft with money for one of the two proposals that wait."""
    basis = tuple(LegalDocument.objects.filter(code="45-2012-nd-cp"))
    plan = draft_plan(officer, DAY.year, Content(budgets=(Money("local", SUPPORT),), basis=basis))
    for number in (1, 2):
        make_live(commune, "approved", f"DA-2026-000{number}")
    Project.objects.update(state_since=DAY - dt.timedelta(days=9))
    return plan


def test_from_the_plan_to_the_corrected_report(page, sign_in, officer, person, province, draft, live_server):
    leader = person("leader", province)

    def change_to(user):
        page.context.clear_cookies()
        let_in(page.context, user, live_server.url)

    sign_in(officer)
    page.goto(f"/plan/{draft.year}/build/")
    expect(page.get_by_text("còn thiếu")).to_be_visible()
    page.get_by_role("button", name="Lưu vào dự thảo kế hoạch").click()
    change_to(leader)
    page.goto(f"/plan/{draft.year}/adopt/")
    page.get_by_label("Số quyết định").fill("12/QĐ-UBND")
    page.locator("#id_decided_on").fill(DAY.strftime("%d/%m/%Y"))
    page.get_by_role("button", name="Ban hành kế hoạch").click()
    expect(page.get_by_role("status")).to_contain_text("đã được giao")

    project = carried_out(officer)
    page.goto(f"/plan/{draft.year}/execution/")
    expect(page.get_by_role("link", name="60.000.000 ₫").first).to_be_visible()

    change_to(officer)
    page.goto("/reports/official/add/")
    page.get_by_label("Loại báo cáo").select_option(label="Báo cáo của Sở gửi Ủy ban nhân dân tỉnh")
    page.get_by_label("Kỳ báo cáo").select_option("month")
    page.locator("#id_number").fill(str(DAY.month))
    page.locator("#id_year").fill(str(DAY.year))
    page.get_by_role("button", name="Lập báo cáo").click()
    spent = page.locator("#form-overview tr", has_text="Kinh phí đã giải ngân")
    expect(spent).to_contain_text("60")  # million, so much per cent of the plan
    spent.get_by_role("link", name="60", exact=True).first.click()
    expect(page.get_by_role("link", name=f"{project.code}. {project.title}")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Trình ký").click()

    change_to(leader)
    page.reload()
    page.get_by_label("Số, ký hiệu").fill("15/BC-SCT")
    page.get_by_role("button", name="Ký báo cáo").click()
    expect(page.get_by_text("Hồ sơ hiện nay vẫn cho đúng số đã ký.")).to_be_visible()

    money.pay(officer, project.pk, "advance", 10_000_000, DAY, uuid.uuid4(), "UNC 02")
    page.reload()
    late = page.locator("tr", has_text="Kinh phí đã giải ngân, Trong kỳ")
    expect(late).to_contain_text("60")
    expect(late).to_contain_text("70")
    late.get_by_role("link", name="70").click()
    expect(page.get_by_text("Trong báo cáo đã ký: 60.000.000 ₫")).to_be_visible()


def carried_out(officer):
    """The project under contract and its advance paid: the pages for that have tests of their own."""
    project = Project.objects.get(state="planned")
    Project.objects.filter(pk=project.pk).update(state="in-progress", ceiling=SUPPORT)
    values = {"number": "05/HĐKC", "signed_on": DAY, "amount": SUPPORT, "advance_percent": 70}
    money.record_contract(officer, project.pk, values)
    money.pay(officer, project.pk, "advance", 60_000_000, DAY, uuid.uuid4(), "UNC 01")
    return project
