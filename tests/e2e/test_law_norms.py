"""A norm from draft to ceiling: an officer drafts and foresees, a leader adopts, an owner asks on the phone."""

import pytest

from khuyencong.law.models import SupportNorm
from tests.e2e.conftest import SIZES
from tests.e2e.swaps import swapped
from tests.factories.establishments import make_establishment
from tests.factories.projects import make_project


@pytest.fixture
def leader(person, province):
    """A leader of the province."""
    return person("leader", province)


def sign_out(page):
    page.context.clear_cookies()


def ask(page, cost, day):
    """What the ceiling page answers, typed as an owner would."""
    page.goto("/ceiling/")
    page.get_by_label("Hỗ trợ việc gì?").select_option("machinery")
    page.get_by_label("Chi phí dự kiến").press_sequentially(cost)
    page.get_by_text("Ngày và địa bàn").click()
    page.get_by_label("Vào ngày").fill(day)
    page.get_by_role("button", name="Tính").click()
    page.locator("#answer").get_by_text(f"Ngày {day[8:]}/{day[5:7]}/{day[:4]}").wait_for()
    return page.locator("#answer .amount").inner_text()


def test_from_draft_to_ceiling(page, sign_in, officer, leader, commune):
    establishment = make_establishment(commune)
    waits = make_project(establishment, code="ĐP-2026-01", year=None, support=300_000_000)
    waits.counterpart, waits.total_cost = 600_000_000, 900_000_000
    waits.save()
    old = SupportNorm.objects.get(content__code="machinery", valid_to=None, state="adopted")
    waits.activity = old.content
    waits.save()

    sign_in(officer)
    page.goto("/law/norms/?content=machinery")
    page.get_by_role("link", name="Ứng dụng máy móc").click()
    page.get_by_role("link", name="Soạn mức mới thay từ một ngày").click()
    cap = page.get_by_label("Mức tối đa (đồng)")
    cap.fill("")
    cap.press_sequentially("400000000")
    assert cap.input_value() == "400.000.000"
    page.get_by_label("Áp dụng từ").fill("2027-01-01")
    page.locator("aside").get_by_text("áp dụng đến hết 31/12/2026").wait_for()

    # Above the national norm: told while one types, before anything is saved.
    page.get_by_label("Cấp quy định").select_option("provincial")
    page.locator("aside").get_by_text("cao hơn mức của Trung ương là 300.000.000").wait_for()
    page.get_by_label("Cấp quy định").select_option("national")
    page.locator("aside").get_by_text("Mức này: 50 % chi phí, tối đa 400.000.000").wait_for()
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.get_by_text("Đã lưu dự thảo").wait_for()
    draft = page.url

    page.get_by_role("link", name="Nếu ban hành thì sao?").click()
    row = page.get_by_role("row").filter(has_text="Đề án thử ĐP-2026-01")
    assert "300.000.000" in row.inner_text() and "400.000.000" in row.inner_text()
    assert "+100 triệu" in row.inner_text()

    sign_out(page)
    assert ask(page, "900000000", "2027-01-01") == "300.000.000 ₫"  # nothing has changed yet

    sign_in(leader)
    page.goto("/law/norms/")
    page.get_by_role("link", name="Ứng dụng máy móc").first.click()
    assert page.url == draft
    assert "được ghi là áp dụng đến hết 31/12/2026" in page.locator("#adopt").inner_text()
    page.get_by_role("button", name="Duyệt mức này").click()
    page.get_by_text("Đã duyệt mức hỗ trợ này.").wait_for()

    sign_out(page)
    page.set_viewport_size(SIZES["phone"])
    assert ask(page, "900000000", "2027-01-01") == "400.000.000 ₫"
    assert "bốn trăm triệu đồng" in page.locator("#answer").inner_text().lower()
    assert ask(page, "900000000", "2026-12-31") == "300.000.000 ₫"


def test_the_answer_follows_what_one_types_and_the_address_keeps_it(page):
    page.goto("/ceiling/?content=machinery&cost=900000000&date=2023-06-01")
    assert page.locator("#answer .amount").inner_text() == "300.000.000 ₫"
    with swapped(page):
        page.get_by_label("cả dây chuyền công nghệ").click()
    page.locator("#answer .amount").get_by_text("450.000.000").wait_for()
    assert page.get_by_label("cả dây chuyền công nghệ").is_checked()
    cost = page.get_by_label("Chi phí dự kiến")
    cost.fill("")
    cost.press_sequentially("1,5 tỷ")
    page.locator("#answer").get_by_text("chi phí 1.500.000.000 ₫").wait_for()
    page.wait_for_url("**cost=1500000000**")
    page.reload()
    assert page.locator("#answer .amount").inner_text() == "450.000.000 ₫"
    assert page.get_by_label("cả dây chuyền công nghệ").is_checked()
    with swapped(page):
        page.get_by_label("Hỗ trợ việc gì?").select_option("demonstration-model")
    page.get_by_label("Trường hợp").wait_for()
    page.locator("#answer").get_by_text("khoản 2 Điều 8").first.wait_for()
    assert page.get_by_label("cả dây chuyền công nghệ").count() == 0


def test_it_works_without_scripts(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=SIZES["phone"])
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Được hỗ trợ tối đa bao nhiêu?").click()
    page.get_by_label("Hỗ trợ việc gì?").select_option("machinery")
    page.get_by_label("Chi phí dự kiến").fill("700 triệu")
    page.get_by_role("button", name="Tính").click()
    assert page.locator("#answer .amount").inner_text() == "300.000.000 ₫"
    page.get_by_label("cả dây chuyền công nghệ").check()
    page.get_by_role("button", name="Tính").click()
    assert page.locator("#answer .amount").inner_text() == "350.000.000 ₫"
    assert "condition=whole-line" in page.url
    context.close()
