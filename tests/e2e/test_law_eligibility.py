"""From the card of an establishment to what it may get; a list of communes drafted, adopted and counted."""

import re

from khuyencong.law.models import AreaStatus
from tests.factories.establishments import make_establishment


def test_what_is_missing_is_filled_in_and_the_answer_settles(page, sign_in, officer, commune):
    establishment = make_establishment(commune)
    sign_in(officer)
    page.goto(f"/establishments/{establishment.pk}/")
    page.get_by_role("link", name="Được hỗ trợ những gì?").click()
    machinery = page.locator("#machinery")
    assert "Hồ sơ chưa ghi nhóm ngành được hưởng" in machinery.inner_text()
    machinery.locator("summary").click()
    machinery.get_by_role("link", name="Điền vào hồ sơ").first.click()
    page.locator("#id_eligible_group").select_option(label="Chế biến nông, lâm, thủy sản và thực phẩm")
    page.locator("#id_local_material").select_option(label="Có")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Được hỗ trợ những gì?").click()
    section = page.locator("section", has=page.locator("#machinery"))
    assert "Đủ điều kiện" in section.locator("h2").inner_text()
    assert re.search(r"Điểm ưu tiên: 35/100", page.locator("main").inner_text())
    page.locator("#machinery").get_by_role("link", name="Tối đa bao nhiêu?").click()
    page.wait_for_url(re.compile(r"/ceiling/\?content=machinery"))


def test_a_pasted_list_is_drafted_by_one_and_adopted_by_another(page, sign_in, officer, person, province, commune):
    sign_in(officer)
    page.goto("/law/areas/add/")
    page.locator("#id_kind").select_option(label="Đặc biệt khó khăn")
    page.get_by_role("textbox", name="Từ ngày").fill("01/01/2026")
    page.get_by_label("Dán danh sách tên").fill("TT. Trùng Khánh, huyện Trùng Khánh\nxa bao lac")
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.get_by_text("Đã soạn 2 dòng, chờ lãnh đạo duyệt.").wait_for()
    assert page.get_by_role("button", name="Duyệt các dòng đã chọn").count() == 0
    page.get_by_role("button", name="Tài khoản").click()
    page.get_by_role("button", name="Đăng xuất").click()
    sign_in(person("leader", province))
    page.goto("/law/areas/")
    page.locator("[data-all]").uncheck()
    page.get_by_label("Xã Trùng Khánh: đặc biệt khó khăn").check()
    page.get_by_role("button", name="Duyệt các dòng đã chọn").click()
    page.get_by_text("Đã duyệt 1 dòng.").wait_for()
    assert [one.unit for one in AreaStatus.objects.filter(state="adopted")] == [commune]
