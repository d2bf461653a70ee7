"""Find a decree, read it as of a day, correct it, adopt the correction: as people do it."""

from playwright.sync_api import expect

from khuyencong.law.models import Edition
from tests.e2e.swaps import swapped


def as_of(page, day):
    """Ask for the document as of a day, typed as people write it."""
    page.get_by_label("Hiệu lực vào ngày").fill(day)
    page.get_by_role("button", name="Xem", exact=True).click()


def test_a_decree_is_found_without_marks_and_read_as_of_a_day(page, sign_in, person, province):
    sign_in(person("viewer", province))
    page.get_by_role("link", name="Văn bản").first.click()
    page.get_by_label("Tìm trong danh sách").fill("nghi dinh 45/2012 khuyen cong")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="45/2012/NĐ-CP").first.click()
    expect(page.locator("h1")).to_have_text("Nghị định 45/2012/NĐ-CP")

    as_of(page, "01/06/2012")
    answer = page.locator(".as-of-answer")
    expect(answer).to_contain_text("01/06/2012 Chưa có hiệu lực")
    expect(page.locator(".law-text")).to_contain_text("nội dung khi văn bản bắt đầu có hiệu lực")
    as_of(page, "1/1/2026")
    expect(answer).to_contain_text("Hết hiệu lực một phần")
    expect(answer).to_contain_text("được sửa đổi, bổ sung bởi 235/2025/NĐ-CP từ 15/10/2025")
    page.locator(".moments").get_by_role("link", name="05/07/2012 Bắt đầu có hiệu lực").click()
    expect(answer).to_contain_text("05/07/2012 Còn hiệu lực")

    page.get_by_role("link", name="Quan hệ (").click()
    page.locator(".graph").get_by_role("link", name="235/2025/NĐ-CP").click()
    expect(page.locator("h1")).to_have_text("Nghị định 235/2025/NĐ-CP")
    expect(answer).to_contain_text("05/07/2012 Chưa có hiệu lực")  # the day goes along


def test_a_day_that_is_none_is_not_sent(page, sign_in, officer):
    sign_in(officer)
    page.goto("/law/documents/45-2012-nd-cp/")
    as_of(page, "31/02/2026")
    said = page.get_by_label("Hiệu lực vào ngày").evaluate("(box) => box.validationMessage")
    assert said == "Cần một ngày dạng 15/10/2025."
    assert page.url.endswith("/law/documents/45-2012-nd-cp/")
    expect(page.get_by_label("Hiệu lực vào ngày")).to_have_value("31/02/2026")


def test_an_officer_corrects_and_a_leader_adopts(page, sign_in, officer, person, province, browser, live_server):
    sign_in(officer)
    page.goto("/law/documents/45-2012-nd-cp/")
    page.get_by_role("button", name="Soạn bản sửa").click()
    page.get_by_label("Trích yếu").fill("Về khuyến công")
    page.get_by_role("button", name="Lưu dự thảo").click()
    expect(page.get_by_text("Đã lưu dự thảo.")).to_be_visible()

    page.get_by_role("link", name="Điều khoản (3)").click()
    page.get_by_role("button", name="Việc khác với Điều 4").click()
    page.get_by_role("button", name="Nhập nội dung sửa đổi").locator("visible=true").click()
    page.get_by_label("Nội dung mới áp dụng từ").fill("15/10/2025")
    page.get_by_label("Theo văn bản").press_sequentially("sua doi 45/2012")
    expect(page.locator("#documents option[value='235/2025/NĐ-CP']")).to_be_attached()
    page.get_by_label("Theo văn bản").fill("235/2025/NĐ-CP")
    page.get_by_role("textbox", name="Nội dung mới", exact=True).fill("Mười một nhóm nội dung.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".outline-row").nth(1)).to_contain_text("từ 15/10/2025, theo 235/2025/NĐ-CP")

    page.get_by_role("button", name="Việc khác với Điều 5").click()
    page.get_by_role("button", name="Thêm điều khoản bên trong").locator("visible=true").click()
    page.get_by_label("Số thứ tự").fill("một")
    with swapped(page):
        page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".provision-form .field-error").first).to_contain_text("Hãy ghi tên điều khoản hoặc nội dung")
    page.get_by_role("textbox", name="Nội dung", exact=True).fill("Chế biến nông sản.")
    with swapped(page):
        page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".provision-form .field-error").first).to_contain_text("Đọc được “một”, cần một số")
    page.get_by_label("Số thứ tự").fill("1")
    with swapped(page):
        page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".outline-told")).to_contain_text("Đã lưu khoản 1 Điều 5.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Việc khác với khoản 1 Điều 5").click()
    page.get_by_role("button", name="Xóa", exact=True).locator("visible=true").click()
    expect(page.locator(".outline-row")).to_have_count(4)

    draft = Edition.objects.get(state="draft")
    context = browser.new_context(base_url=live_server.url, locale="vi-VN", viewport={"width": 1366, "height": 768})
    theirs = context.new_page()
    leader = person("leader", province)
    theirs.goto("/account/login/")
    theirs.locator("#id_login").fill(leader.username)
    theirs.locator("#id_password").fill("mat-khau-thu-nghiem")
    theirs.locator("main form button[type=submit]").click()
    theirs.wait_for_url("**/home/")
    theirs.goto("/law/")
    theirs.get_by_role("link", name="Nghị định 45/2012/NĐ-CP").click()
    changed = theirs.locator(".beside .changed")
    expect(changed).to_have_count(1)
    expect(changed).to_contain_text("Về khuyến công")
    expect(theirs.locator(".pair-added")).to_contain_text("Mười một nhóm nội dung.")
    theirs.get_by_role("button", name="Duyệt").click()
    expect(theirs.get_by_text("Đã duyệt. Từ bây giờ hệ thống dùng bản này")).to_be_visible()
    context.close()

    states = dict(Edition.objects.filter(document=draft.document).values_list("version", "state"))
    assert states == {1: "superseded", 2: "adopted"}
    page.goto("/law/documents/45-2012-nd-cp/?day=2026-01-01")
    expect(page.locator("#d4")).to_contain_text("Mười một nhóm nội dung.")
    page.get_by_role("link", name="Xem nội dung trước đó").click()
    expect(page.locator("#d4")).to_contain_text("Chín nhóm")
    told = page.locator(".history")
    expect(told).to_contain_text(f"{officer} đã soạn dự thảo Nghị định 45/2012/NĐ-CP")
    expect(told).to_contain_text(f"{leader} đã duyệt Nghị định 45/2012/NĐ-CP")
    expect(told).to_contain_text("Trích yếu: từ “Khuyến công” thành “Về khuyến công”")
